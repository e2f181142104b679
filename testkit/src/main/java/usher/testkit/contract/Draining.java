package usher.testkit.contract;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import usher.server.Drained;
import usher.server.Model;
import usher.server.Server;
import usher.service.Chargen;
import usher.session.Capability;
import usher.session.Cause;
import usher.session.Step;
import usher.testkit.Await;

/// The end of a server: polite, in time, and complete.
final class Draining {
  private static final Duration SOON = Duration.ofMillis(60);

  private Draining() {}

  static List<Behaviour> all() {
    return List.of(
        Behaviour.of("a drain lets an idle client go", Draining::idle),
        Behaviour.of("a drain waits for the answer in flight", Draining::inFlight),
        Behaviour.of("a drain waits for a handler that blocks", Draining::blocked),
        Behaviour.of(
            "a request that comes while its client is let go is answered", Draining::arriving),
        Behaviour.of("a drain reaches a session that never stops talking", Draining::talking),
        Behaviour.of(
            "a drain that comes while the channel is full is not forgotten", Draining::full),
        Behaviour.of(
            "a drain cuts an async call that never ends, and says so", Draining::neverAsync),
        Behaviour.of(
            "a drain cuts a handler that never ends, and says so", Draining::neverBlocking),
        Behaviour.of("a drain is told to clients that came just before it", Draining::justBefore),
        Behaviour.of("nobody is let in after a drain has begun", Draining::closedDoor)
            .notUnder(
                Model::processes,
                "a child hears of the drain a moment later; whom it lets in till then it lets go"),
        Behaviour.of("a close cuts a drain short", Draining::cutShort),
        Behaviour.of("a close cuts all clients at once", Draining::close),
        Behaviour.of("a close reaches clients that wait for their turn", Draining::closeWaiting));
  }

  private static void idle(Trial trial) throws Exception {
    Server server = trial.serve(Lines.echo());
    try (Client client = trial.client()) {
      Expect.equal("answer", "hello", client.ask("hello"));
      Expect.equal("drained", new Drained(1, 0), trial.drain(server, client::expectEnd));
    }
    Expect.equal("ends", List.of(Cause.Kind.FINISHED), trial.witness().causes());
  }

  private static void inFlight(Trial trial) throws Exception {
    Board.Questions asked = trial.board().questions();
    CountDownLatch told = trial.latch();
    Server server =
        trial.serve(
            new Lines(_ -> List.of(Lines.async(() -> asked.ask())))
                .whenDrained(Duration.ZERO, told::countDown));
    try (Client client = trial.client()) {
      client.send("ask\n");
      Board.Word pending = asked.next();
      Drained drained =
          trial.drain(
              server,
              () -> {
                Trial.await(told);
                pending.say("in time");
                Expect.equal("answer", "in time", client.line());
                client.expectEnd();
              });
      Expect.equal("drained", new Drained(1, 0), drained);
    }
  }

  private static void blocked(Trial trial) throws Exception {
    CountDownLatch running = trial.latch();
    CountDownLatch latch = trial.latch();
    Server server =
        trial.serve(
            new Lines(
                _ ->
                    List.of(
                        Lines.call(
                            Step.Kind.BLOCKING,
                            () -> {
                              running.countDown();
                              Trial.await(latch);
                              return "in time";
                            }))));
    try (Client client = trial.client()) {
      client.send("block\n");
      Trial.await(running);
      Drained drained =
          trial.drain(
              server,
              () -> {
                latch.countDown();
                Expect.equal("answer", "in time", client.line());
                client.expectEnd();
              });
      Expect.equal("cut", 0, drained.cut());
    }
  }

  private static void arriving(Trial trial) throws Exception {
    CountDownLatch told = trial.latch();
    Server server = trial.serve(Lines.echo().whenDrained(Duration.ofSeconds(5), told::countDown));
    try (Client client = trial.client()) {
      Expect.equal("answer", "early", client.ask("early"));
      Drained drained =
          trial.drain(
              server,
              () -> {
                Trial.await(told);
                Expect.equal("answer", "late", client.ask("late"));
                client.end();
                client.expectEnd();
              });
      Expect.equal("drained", new Drained(1, 0), drained);
    }
  }

  private static void talking(Trial trial) throws Exception {
    Server server = trial.serve(new Chargen());
    try (Client client = trial.client()) {
      byte[] _ = client.take(100_000);
      Drained drained = trial.drain(server, () -> Expect.that("an end", client.count() >= 0));
      Expect.equal("drained", new Drained(1, 0), drained);
    }
    Expect.equal("ends", List.of(Cause.Kind.FINISHED), trial.witness().causes());
  }

  private static void full(Trial trial) throws Exception {
    byte[] block = new byte[32 << 10];
    CountDownLatch told = trial.latch();
    Server server =
        trial.serve(
            new Lines(line -> List.of(new Step.Write(ByteBuffer.wrap(block)), Lines.say(line)))
                .whenDrained(Duration.ZERO, told::countDown));
    try (Client client = trial.client()) {
      int rounds = 500;
      client.send("ask\n".repeat(rounds));
      byte[] _ = client.take(1);
      AtomicLong count = new AtomicLong();
      Drained drained =
          trial.drain(
              server,
              () -> {
                count.set(1 + client.count());
              });
      Expect.equal("drained", new Drained(1, 0), drained);
      Expect.equal("bytes of whole answers", 0L, count.get() % (block.length + 4));
    }
    Trial.await(told);
  }

  private static void neverAsync(Trial trial) throws Exception {
    Board.Questions asked = trial.board().questions();
    Server server = trial.serve(new Lines(_ -> List.of(Lines.async(() -> asked.ask()))));
    try (Client client = trial.client()) {
      client.send("ask\n");
      Board.Word _ = asked.next();
      trial.witness().awaitAccepted(1);
      Expect.equal("drained", new Drained(0, 1), server.drain(SOON));
      client.expectGone();
    }
    Expect.equal("ends", List.of(Cause.Kind.CUT), trial.witness().awaitClosed(1));
  }

  private static void neverBlocking(Trial trial) throws Exception {
    CountDownLatch running = trial.latch();
    CountDownLatch never = trial.latch();
    Server server =
        trial.serve(
            new Lines(
                _ ->
                    List.of(
                        Lines.call(
                            Step.Kind.BLOCKING,
                            () -> {
                              running.countDown();
                              Trial.await(never);
                              return "too late";
                            }))));
    try (Client client = trial.client()) {
      client.send("block\n");
      Trial.await(running);
      trial.witness().awaitAccepted(1);
      Expect.equal("drained", new Drained(0, 1), server.drain(SOON));
      // Only now, so that the trial itself can end.
      never.countDown();
      client.expectGone();
    }
    Expect.equal("ends", List.of(Cause.Kind.CUT), trial.witness().awaitClosed(1));
  }

  private static void justBefore(Trial trial) throws Exception {
    Server server = trial.serve(Lines.echo());
    List<Client> clients = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      clients.add(trial.client());
    }
    // Some of them may not be accepted yet, or wait for their turn: they may be refused or be let
    // go,
    // but nobody keeps the server waiting.
    Drained drained =
        trial.drain(
            server,
            () -> {
              for (Client client : clients) {
                client.expectGone();
                client.close();
              }
            });
    Expect.equal("cut", 0, drained.cut());
  }

  private static void closedDoor(Trial trial) throws Exception {
    CountDownLatch told = trial.latch();
    Server server = trial.serve(Lines.echo().whenDrained(Duration.ofSeconds(5), told::countDown));
    try (Client client = trial.client()) {
      Expect.equal("answer", "hello", client.ask("hello"));
      Drained drained =
          trial.drain(
              server,
              () -> {
                Trial.await(told);
                knock(trial);
                client.end();
                client.expectEnd();
              });
      Expect.equal("drained", new Drained(1, 0), drained);
    }
    Expect.equal("accepted", 1, trial.witness().accepted());
  }

  // The kernel may let a client in for a moment longer, but then nobody serves it.
  private static void knock(Trial trial) {
    try (Client late = trial.client()) {
      late.expectGone();
    } catch (IOException refused) {
      // At once: better still.
    }
  }

  private static void cutShort(Trial trial) throws Exception {
    CountDownLatch told = trial.latch();
    Server server = trial.serve(Lines.echo().whenDrained(Trial.LONG, told::countDown));
    try (Client client = trial.client()) {
      Expect.equal("answer", "hello", client.ask("hello"));
      Drained _ =
          trial.drain(
              server,
              () -> {
                Trial.await(told);
                server.close();
                client.expectGone();
              });
    }
    Expect.equal("ends", List.of(Cause.Kind.CUT), trial.witness().awaitClosed(1));
    Expect.equal("a drain after the end", new Drained(0, 0), server.drain(SOON));
  }

  private static void close(Trial trial) throws Exception {
    Server server = trial.serve(Lines.echo());
    boolean alone = !server.model().capabilities().contains(Capability.CONCURRENT_CLIENTS);
    List<Client> clients = new ArrayList<>();
    for (int i = 0; i < (alone ? 1 : 4); i++) {
      Client client = trial.client();
      clients.add(client);
      Expect.equal("answer", "hello", client.ask("hello"));
    }
    server.close();
    for (Client client : clients) {
      client.expectGone();
    }
    List<Cause.Kind> causes = trial.witness().awaitClosed(clients.size());
    Expect.equal("ends", List.of(Cause.Kind.CUT), causes.stream().distinct().toList());
  }

  private static void closeWaiting(Trial trial) throws Exception {
    trial.model(trial.model().size().isPresent() ? trial.model().withThreads(1) : trial.model());
    CountDownLatch latch = trial.latch();
    Server server = trial.serve(Calling.blocking(latch));
    Client first = trial.client();
    Expect.equal("answer", "hello", first.ask("hello"));
    first.send("block\n");
    List<Client> clients = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Client client = trial.client();
      client.send("block\n");
      clients.add(client);
    }
    Trial.Task closing = trial.start(server::close);
    latch.countDown();
    closing.join();
    for (Client client : clients) {
      client.expectGone();
    }
    Await.until("no client is served", Trial.LONG, () -> server.active() == 0);
  }
}
