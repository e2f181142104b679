package usher.testkit.contract;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import usher.server.Blocked;
import usher.server.Model;
import usher.server.Patience;
import usher.server.StreamHandler;
import usher.session.Capability;
import usher.session.Step;
import usher.testkit.Await;

/// Handlers that hold their thread, and who is told of them.
final class Holding {
  private static final Patience SHORT =
      new Patience(Duration.ofMillis(200), Duration.ofMillis(200));

  private Holding() {}

  static List<Behaviour> streams() {
    return List.of(
        Behaviour.of(
            "a handler that holds its thread is reported once, with its stack", Holding::reported),
        Behaviour.of("an inline handler that holds its thread is reported", Holding::inline),
        Behaviour.of(
                "code over streams is reported for what it does, not for waiting", Holding::stream)
            .needs(Capability.CONCURRENT_CLIENTS)
            .notUnder(Model::processes, "what it counts is in other processes"),
        Behaviour.of("a patience without end reports nothing", Holding::never));
  }

  static List<Behaviour> datagrams() {
    return List.of(
        Behaviour.of(
            "a handler of a datagram that holds its thread is reported", Holding::datagram));
  }

  private static boolean loops(Trial trial) {
    Model model = trial.model() instanceof Model.Prefork(_, Model inner) ? inner : trial.model();
    return model instanceof Model.EventLoop || model instanceof Model.EventLoops;
  }

  private static void hold(CountDownLatch latch) throws InterruptedException {
    Trial.await(latch);
  }

  /// Those of [#hold]. Where the machine has other things to do, a thread that waits for a core is
  /// reported as well, and rightly.
  private static List<Blocked> reports(Trial trial) {
    return trial.witness().blocked().stream()
        .filter(
            blocked -> blocked.stack().stream().anyMatch(call -> call.contains("Holding.hold(")))
        .toList();
  }

  private static Blocked awaitReport(Trial trial, int count) {
    Await.until("it is reported", Trial.LONG, () -> reports(trial).size() >= count);
    Expect.equal("reports", count, reports(trial).size());
    return reports(trial).getLast();
  }

  private static void reported(Trial trial) throws Exception {
    List<CountDownLatch> latches = List.of(trial.latch(), trial.latch());
    trial.serve(
        new Lines(
            line ->
                List.of(
                    line.equals("hello")
                        ? Lines.say(line)
                        : Lines.call(
                            Step.Kind.BLOCKING,
                            () -> {
                              hold(latches.get(Integer.parseInt(line)));
                              return line;
                            }))),
        server -> server.patience(SHORT));
    try (Client client = trial.client()) {
      for (int i = 0; i < latches.size(); i++) {
        client.send(i + "\n");
        Blocked blocked = awaitReport(trial, i + 1);
        Expect.equal("task", "" + i, blocked.task());
        Expect.equal("on a loop", loops(trial), blocked.loop());
        Expect.atLeast("nanoseconds", SHORT.thread().toNanos(), blocked.nanos());
        if (!trial.model().processes()) {
          List<Blocked> now = trial.server().blocked();
          Expect.equal("held just now", List.of("" + i), now.stream().map(Blocked::task).toList());
        }
        latches.get(i).countDown();
        Expect.equal("answer", "" + i, client.line());
        Await.until(
            "nobody is held any more", Trial.LONG, () -> trial.server().blocked().isEmpty());
      }
    }
    trial.servesOthers();
    Expect.equal("reports", latches.size(), reports(trial).size());
  }

  private static void inline(Trial trial) throws Exception {
    CountDownLatch latch = trial.latch();
    trial.serve(
        new Lines(
            line ->
                List.of(
                    Lines.call(
                        Step.Kind.INLINE,
                        () -> {
                          hold(latch);
                          return line;
                        }))),
        server -> server.patience(SHORT));
    try (Client client = trial.client()) {
      client.send("hello\n");
      Blocked blocked = awaitReport(trial, 1);
      Expect.equal(
          "on a loop",
          loops(trial) || trial.model() instanceof Model.EventLoopWorkers,
          blocked.loop());
      latch.countDown();
      Expect.equal("answer", "hello", client.line());
    }
  }

  private static void stream(Trial trial) throws Exception {
    CountDownLatch latch = trial.latch();
    AtomicInteger waiting = new AtomicInteger();
    StreamHandler handler =
        (in, out, _) -> {
          waiting.incrementAndGet();
          if (in.read() == 'h') {
            hold(latch);
          }
          out.write('!');
        };
    trial.serve(handler.protocol("talk"), server -> server.patience(SHORT));
    Client quiet = trial.client();
    Await.until("it waits", Trial.LONG, () -> waiting.get() == 1);
    try (Client client = trial.client()) {
      // The first one waits for all the time that it takes to report the second one.
      client.send("h");
      Blocked blocked = awaitReport(trial, 1);
      Expect.equal("task", "talk", blocked.task());
      Expect.equal("on a loop", false, blocked.loop());
      latch.countDown();
      Expect.equal("answer", "!", new String(client.rest(), StandardCharsets.US_ASCII));
    }
    quiet.send("x");
    Expect.equal("answer", "!", new String(quiet.rest(), StandardCharsets.US_ASCII));
    Expect.equal("reports", 1, reports(trial).size());
  }

  private static void never(Trial trial) throws Exception {
    CountDownLatch latch = trial.latch();
    CountDownLatch holds = trial.latch();
    trial.serve(
        new Lines(
            line ->
                List.of(
                    Lines.call(
                        Step.Kind.BLOCKING,
                        () -> {
                          holds.countDown();
                          hold(latch);
                          return line;
                        }))),
        server -> server.patience(new Patience(Duration.ZERO, Duration.ZERO)));
    try (Client client = trial.client()) {
      client.send("hello\n");
      Trial.await(holds);
      Expect.equal("held just now", List.of(), trial.server().blocked());
      latch.countDown();
      Expect.equal("answer", "hello", client.line());
    }
    Expect.equal("reports", List.of(), trial.witness().blocked());
  }

  private static void datagram(Trial trial) throws Exception {
    CountDownLatch latch = trial.latch();
    trial.serve(
        in -> {
          hold(latch);
          in.reply(in.bytes());
        },
        server -> server.patience(SHORT));
    try (Caller caller = trial.caller()) {
      caller.send("hello");
      Blocked blocked = awaitReport(trial, 1);
      Expect.equal("task", "a datagram of 5 bytes", blocked.task());
      Expect.equal("on a loop", loops(trial), blocked.loop());
      latch.countDown();
      Expect.equal("answer", "hello", caller.hear());
    }
  }
}
