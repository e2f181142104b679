package usher.testkit.contract;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import usher.server.Admission;
import usher.server.Model;
import usher.server.Probe;
import usher.server.Probe.Refusal;
import usher.session.Capability;
import usher.session.Peer;
import usher.session.Step;
import usher.testkit.Await;

/// More to do than can be done: who is turned away, what is refused, and who is told.
final class Shedding {
  /// Where the adaptive limit starts.
  private static final int FIRST = 16;

  private static final Duration BLINK = Duration.ofMillis(100);

  private Shedding() {}

  static List<Behaviour> all() {
    return List.of(
        Behaviour.of("a client too many of its address is turned away", Shedding::perAddress)
            .needs(Capability.CONCURRENT_CLIENTS)
            .notOver(
                transport -> transport == Transport.UNIX || transport == Transport.MEMORY,
                "its clients have no address")
            .notUnder(Model::processes, "each process counts its own clients"),
        Behaviour.of("clients that come too fast are turned away", Shedding::tooFast)
            .notUnder(Model::processes, "each process has a rate of its own"),
        Behaviour.of("a call that has waited for too long is refused", Shedding::waited),
        Behaviour.of("calls beyond the adaptive limit are refused", Shedding::adaptive)
            .needs(Capability.CONCURRENT_CLIENTS)
            .notUnder(Model::processes, "each process has a limit of its own"),
        Behaviour.of("a probe is told of each call, if it wants", Shedding::timed)
            .notUnder(Model::processes, "calls are timed in the children only"));
  }

  private static void perAddress(Trial trial) throws Exception {
    trial.serve(Lines.echo(), server -> server.admission(Admission.DEFAULT.withPerAddress(2)));
    Client first = trial.client();
    Client second = trial.client();
    Expect.equal("answer", "1", first.ask("1"));
    Expect.equal("answer", "2", second.ask("2"));
    try (Client third = trial.client()) {
      third.expectGone();
    }
    Await.until("it is told", Trial.LONG, () -> trial.witness().refusals() == 1);
    Expect.equal("why", List.of(Refusal.ADDRESS), trial.witness().whyRefused());
    first.close();
    trial.witness().awaitClosed(1);
    Await.until("one is let in again", Trial.LONG, () -> asks(trial));
  }

  private static boolean asks(Trial trial) throws Exception {
    try (Client client = trial.client()) {
      return client.ask("hello").equals("hello");
    } catch (java.io.IOException | AssertionError turnedAway) {
      return false;
    }
  }

  private static void tooFast(Trial trial) throws Exception {
    trial.serve(Lines.echo(), server -> server.admission(Admission.DEFAULT.withAcceptRate(1)));
    List<Client> clients = new ArrayList<>();
    // Who manages no more than one of these a second has met another limit.
    for (int i = 0; i < 40; i++) {
      clients.add(trial.client());
    }
    for (Client client : clients) {
      client.close();
    }
    Await.until("some are turned away", Trial.LONG, () -> trial.witness().refusals() > 0);
    Expect.equal("why", Refusal.RATE, trial.witness().whyRefused().getFirst());
    Await.until("one is let in again", Trial.LONG, () -> asks(trial));
  }

  private static void waited(Trial trial) throws Exception {
    // Where the machine has other things to do, the first of two may have waited for too long
    // itself: then both are refused, and it is asked once more.
    List<CountDownLatch> begun = List.of(trial.latch(), trial.latch(), trial.latch());
    List<CountDownLatch> latches = List.of(trial.latch(), trial.latch(), trial.latch());
    trial.serve(
        new Lines(
            line ->
                List.of(
                    Lines.call(
                        Step.Kind.BLOCKING,
                        () -> {
                          if (!line.equals("next")) {
                            begun.get(Integer.parseInt(line)).countDown();
                            Trial.await(latches.get(Integer.parseInt(line)));
                          }
                          return line;
                        }))),
        server -> server.admission(Admission.DEFAULT.withQueueTime(BLINK)));
    List<String> answers = new ArrayList<>();
    for (int i = 0; i < latches.size() && !answers.contains("" + (i - 1)); i++) {
      try (Client client = trial.client()) {
        CountDownLatch called = begun.get(i);
        int before = trial.witness().refusals();
        client.send(i + "\nnext\n");
        // From then on the next one waits: both came at once. A first one that is refused never
        // begins, and the next one is refused after it.
        Await.until(
            "the first is called or refused",
            Trial.LONG,
            () -> called.getCount() == 0 || trial.witness().refusals() > before);
        long start = System.nanoTime();
        Await.until(
            "the next one has waited",
            Trial.LONG,
            () -> System.nanoTime() - start > 5 * BLINK.toNanos());
        latches.get(i).countDown();
        answers.add(client.line());
        Expect.equal("answer to the next one", "busy", client.line());
      }
    }
    Expect.that("one was answered: " + answers, !answers.getLast().equals("busy"));
    Await.until("it is told", Trial.LONG, () -> trial.witness().refusals() >= answers.size());
    Expect.equal("why", Refusal.WAITED, trial.witness().whyRefused().getFirst());
  }

  private static void adaptive(Trial trial) throws Exception {
    if (trial.model() instanceof Model.ThreadPool) {
      trial.model(new Model.ThreadPool(2 * FIRST));
    }
    CompletableFuture<String> done = new CompletableFuture<>();
    trial.hold(() -> done.complete("done"));
    AtomicInteger begun = new AtomicInteger();
    trial.serve(
        new Lines(
            line ->
                List.of(
                    line.equals("hello")
                        ? Lines.say(line)
                        : Lines.async(
                            () -> {
                              begun.incrementAndGet();
                              return line.equals("wait")
                                  ? done
                                  : CompletableFuture.completedFuture(line);
                            }))),
        server -> server.admission(Admission.DEFAULT.withTarget(Trial.LONG)));
    List<Client> clients = new ArrayList<>();
    for (int i = 0; i < FIRST; i++) {
      Client client = trial.client();
      client.send("wait\n");
      clients.add(client);
    }
    Await.until("as many as may are under way", Trial.LONG, () -> begun.get() == FIRST);
    Expect.equal("limit", FIRST, trial.server().concurrencyLimit());
    Client late = trial.client();
    Expect.equal("answer", "busy", late.ask("now"));
    Expect.equal("why", List.of(Refusal.LIMIT), trial.witness().whyRefused());
    done.complete("done");
    for (Client client : clients) {
      Expect.equal("answer", "done", client.line());
    }
    Expect.equal("answer", "now", late.ask("now"));
    Expect.atLeast("limit", FIRST + 1, trial.server().concurrencyLimit());
  }

  private static void timed(Trial trial) throws Exception {
    AtomicInteger told = new AtomicInteger();
    AtomicLong longest = new AtomicLong();
    Probe clock =
        new Probe() {
          @Override
          public boolean timed() {
            return true;
          }

          @Override
          public void handled(Peer peer, long waited, long took) {
            told.incrementAndGet();
            longest.accumulateAndGet(Math.min(waited, took), Math::max);
          }
        };
    trial.serve(
        new Lines(
            line ->
                List.of(
                    switch (line) {
                      case "inline" -> Lines.call(Step.Kind.INLINE, () -> line);
                      case "blocking" -> Lines.call(Step.Kind.BLOCKING, () -> line);
                      case "done" -> Lines.async(() -> CompletableFuture.completedStage(line));
                      default -> Lines.async(() -> CompletableFuture.supplyAsync(() -> line));
                    })),
        server -> server.probe(trial.witness().and(clock)));
    try (Client client = trial.client()) {
      for (int i = 0; i < 5; i++) {
        for (String kind : List.of("inline", "blocking", "done", "later")) {
          Expect.equal("answer", kind, client.ask(kind));
        }
      }
    }
    trial.witness().awaitClosed(1);
    Await.until("all are told", Trial.LONG, () -> told.get() == 20);
    Expect.equal("connections", 1, trial.witness().accepted());
    Expect.equal("refusals", 0, trial.witness().refusals());
    Expect.that("times are never negative", longest.get() >= 0);
  }
}
