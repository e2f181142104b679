package usher.testkit.contract;

import static usher.session.Step.Kind.ASYNC;
import static usher.session.Step.Kind.BLOCKING;
import static usher.session.Step.Kind.INLINE;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import usher.server.Drained;
import usher.session.Capability;
import usher.session.Cause;
import usher.session.Step;
import usher.testkit.Await;

/// Calls of user code: in place, where they may block, and in their own time.
final class Calling {
  private Calling() {}

  static List<Behaviour> all() {
    return List.of(
        Behaviour.of("a call of each kind is answered", Calling::kinds),
        Behaviour.of("answers keep the order of their requests", Calling::order),
        Behaviour.of("an async call that fails is told as a failure", Calling::failedStage),
        Behaviour.of("an async call wakes a connection that hears nothing", Calling::wakes),
        Behaviour.of(
            "a call that ends while the channel is full is answered", Calling::fullChannel),
        Behaviour.of("a call that ends after its connection is forgotten", Calling::tooLate),
        Behaviour.of("a client that goes while a call runs harms nobody", Calling::clientGoes),
        Behaviour.of("what was said before a blocking call is not held back", Calling::saidBefore),
        Behaviour.of("a handler that blocks holds up its own client only", Calling::blocksAlone)
            .needs(Capability.BLOCKING_ALONE),
        Behaviour.of("a handler that holds its loop is reported", Calling::holdsLoop)
            .notUnder(
                model -> !model.name().equals("event-loop") && !model.name().equals("event-loops"),
                "no handler runs on a loop here"));
  }

  private static void kinds(Trial trial) throws Exception {
    trial.serve(
        new Lines(
            line ->
                List.of(
                    switch (line) {
                      case "inline" -> Lines.call(INLINE, () -> "1");
                      case "blocking" -> Lines.call(BLOCKING, () -> "2");
                      case "done" -> Lines.async(() -> CompletableFuture.completedStage("3"));
                      default -> Lines.async(() -> CompletableFuture.supplyAsync(() -> "4"));
                    })));
    try (Client client = trial.client()) {
      for (int round = 0; round < 20; round++) {
        Expect.equal("inline", "1", client.ask("inline"));
        Expect.equal("blocking", "2", client.ask("blocking"));
        Expect.equal("async, done at once", "3", client.ask("done"));
        Expect.equal("async, done later", "4", client.ask("later"));
      }
    }
  }

  private static void order(Trial trial) throws Exception {
    trial.serve(
        new Lines(
            line ->
                List.of(
                    switch (line.charAt(0)) {
                      case 'i' -> Lines.call(INLINE, () -> line);
                      case 'b' -> Lines.call(BLOCKING, () -> line);
                      case 'a' -> Lines.async(() -> CompletableFuture.supplyAsync(() -> line));
                      default -> Lines.say(line);
                    })));
    List<String> lines =
        IntStream.range(0, 400).mapToObj(i -> "baisbsia".charAt(i % 8) + "" + i).toList();
    try (Client client = trial.client()) {
      client.send(String.join("\n", lines) + "\n");
      for (String line : lines) {
        Expect.equal("answer", line, client.line());
      }
    }
  }

  private static void failedStage(Trial trial) throws Exception {
    List<Step> calls =
        List.of(
            Lines.async(() -> CompletableFuture.failedStage(new IllegalStateException("at once"))),
            Lines.async(
                () ->
                    CompletableFuture.runAsync(
                        () -> {
                          throw new IllegalStateException("later");
                        })),
            Lines.async(
                () -> {
                  CompletableFuture<String> cancelled = new CompletableFuture<>();
                  cancelled.cancel(false);
                  return cancelled;
                }),
            Lines.call(ASYNC, () -> "no stage at all"));
    trial.serve(
        new Lines(
            line ->
                line.equals("hello")
                    ? List.of(Lines.say(line))
                    : List.of(calls.get(Integer.parseInt(line)))));
    for (int i = 0; i < calls.size(); i++) {
      try (Client client = trial.client()) {
        client.send(i + "\n");
        client.expectGone();
      }
      trial.witness().awaitClosed(2 * i + 1);
      trial.servesOthers();
      trial.witness().awaitClosed(2 * i + 2);
      Expect.equal("failures told", i + 1, trial.witness().failures().size());
    }
  }

  private static void wakes(Trial trial) throws Exception {
    Board.Questions asked = trial.board().questions();
    trial.serve(new Lines(_ -> List.of(Lines.async(() -> asked.ask()))));
    try (Client client = trial.client()) {
      for (int i = 0; i < 50; i++) {
        client.send("ask\n");
        asked.next().say("answer " + i);
        Expect.equal("answer", "answer " + i, client.line());
      }
    }
  }

  private static void fullChannel(Trial trial) throws Exception {
    Board.Questions asked = trial.board().questions();
    byte[] block = new byte[32 << 10];
    block[block.length - 1] = '\n';
    trial.serve(
        new Lines(
            _ -> List.of(new Step.Write(ByteBuffer.wrap(block)), Lines.async(() -> asked.ask()))));
    int rounds = 400;
    AtomicInteger completed = new AtomicInteger();
    try (Client client = trial.client()) {
      client.send("ask\n".repeat(rounds));
      Trial.Task completer =
          trial.start(
              () -> {
                for (int i = 0; i < rounds; i++) {
                  asked.next().say("done");
                  completed.incrementAndGet();
                }
              });
      // Nothing is read before the server has come to a halt. When that is, is a guess, but one
      // that
      // decides only how hard the trial is.
      Await.until("the server waits", Trial.LONG, new Steady(completed));
      for (int i = 0; i < rounds; i++) {
        Expect.equal("block", block.length, client.take(block.length).length);
        Expect.equal("answer", "done", client.line());
      }
      completer.join();
    }
  }

  /// Holds when a number has not changed for a few looks in a row.
  private static final class Steady implements Await.Condition {
    private static final int CALM = 8;

    private final AtomicInteger number;
    private int last = -1;
    private int calm;

    Steady(AtomicInteger number) {
      this.number = number;
    }

    @Override
    public boolean holds() {
      int now = number.get();
      calm = now == last && now > 0 ? calm + 1 : 0;
      last = now;
      return calm >= CALM;
    }
  }

  private static void tooLate(Trial trial) throws Exception {
    Board.Questions asked = trial.board().questions();
    trial.serve(
        new Lines(
            line ->
                line.equals("hello")
                    ? List.of(Lines.say(line))
                    : List.of(Lines.async(() -> asked.ask()))));
    Client client = trial.client();
    client.send("ask\n");
    Board.Word pending = asked.next();
    trial.witness().awaitAccepted(1);
    Drained drained = trial.server().drain(Duration.ofMillis(50));
    Expect.equal("cut", 1, drained.cut());
    pending.say("nobody waits for this");
    Expect.equal("ends", List.of(Cause.Kind.CUT), trial.witness().awaitClosed(1));
    Expect.equal("failures", List.of(), trial.witness().failures());
  }

  private static void clientGoes(Trial trial) throws Exception {
    Board.Questions asked = trial.board().questions();
    trial.serve(
        new Lines(
            line ->
                line.equals("hello")
                    ? List.of(Lines.say(line))
                    : List.of(Lines.async(() -> asked.ask()))));
    for (int i = 0; i < 3; i++) {
      Client client = trial.client();
      client.send("ask\n");
      Board.Word pending = asked.next();
      client.reset();
      pending.say("nobody reads this");
      trial.witness().awaitClosed(2 * i + 1);
      trial.servesOthers();
      trial.witness().awaitClosed(2 * i + 2);
    }
    Expect.equal("failures of ours", List.of(), trial.witness().failures());
  }

  private static void saidBefore(Trial trial) throws Exception {
    CountDownLatch latch = trial.latch();
    trial.serve(
        new Lines(
            _ ->
                List.of(
                    Lines.say("wait"),
                    Lines.call(
                        BLOCKING,
                        () -> {
                          Trial.await(latch);
                          return "done";
                        }))));
    try (Client client = trial.client()) {
      Expect.equal("said before", "wait", client.ask("go"));
      latch.countDown();
      Expect.equal("said after", "done", client.line());
    }
  }

  private static void blocksAlone(Trial trial) throws Exception {
    CountDownLatch latch = trial.latch();
    trial.serve(blocking(latch));
    try (Client client = trial.client()) {
      client.send("block\n");
      for (int i = 0; i < 3; i++) {
        trial.servesOthers();
      }
      latch.countDown();
      Expect.equal("answer", "done", client.line());
    }
  }

  private static void holdsLoop(Trial trial) throws Exception {
    CountDownLatch latch = trial.latch();
    trial.serve(blocking(latch));
    try (Client client = trial.client()) {
      client.send("block\n");
      latch.countDown();
      Expect.equal("answer", "done", client.line());
    }
    Expect.equal("held loops", 1, trial.witness().holds());
  }

  /// Lines that block on `block` and repeat the rest.
  static Lines blocking(CountDownLatch latch) {
    return new Lines(
        line ->
            List.of(
                line.equals("block")
                    ? Lines.call(
                        BLOCKING,
                        () -> {
                          Trial.await(latch);
                          return "done";
                        })
                    : Lines.say(line)));
  }
}
