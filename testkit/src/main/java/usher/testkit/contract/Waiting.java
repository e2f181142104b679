package usher.testkit.contract;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import usher.session.Capability;
import usher.session.Cause;
import usher.session.Outcome;
import usher.session.Protocol;
import usher.session.Step;
import usher.session.Timeouts;

/// Deadlines and back-pressure: nobody waits for ever, and nothing grows without bound.
final class Waiting {
  /// More than the kernel keeps for one connection in both directions, with room to spare.
  private static final long KERNEL = 48L << 20;

  /// Times for clients that do not hang up when they are told to.
  static final Timeouts LINGER = Timeouts.DEFAULT.withLinger(Duration.ofMillis(60));

  private Waiting() {}

  static List<Behaviour> all() {
    return List.of(
        Behaviour.of("an idle client is let go", Waiting::idle),
        Behaviour.of("a slow drip does not outlive the head's deadline", Waiting::drip),
        Behaviour.of("a deadline is delivered, and the session may go on", Waiting::ticks),
        Behaviour.of("a deadline is delivered while a call runs", Waiting::expiresInCall),
        Behaviour.of("a deadline that moves earlier is kept", Waiting::earlier),
        Behaviour.of("time goes on while a handler blocks", Waiting::timeGoesOn),
        Behaviour.of(
            "a client that does not read is cut, and little is held for it", Waiting::stall),
        Behaviour.of("a client that does not read its last answer is cut", Waiting::stallAtEnd),
        Behaviour.of("a session that never parks is not told of a deadline", Waiting::neverParks),
        Behaviour.of("a client that does not read holds up nobody else", Waiting::stallsAlone)
            .needs(Capability.CONCURRENT_CLIENTS),
        Behaviour.of("a client that sends more than is wanted has to wait", Waiting::backPressure));
  }

  private static void idle(Trial trial) throws Exception {
    trial.serve(Lines.echo(), server -> server.timeouts(Timeouts.DEFAULT.withIdle(trial.soon())));
    long start = System.nanoTime();
    try (Client client = trial.client()) {
      client.expectEnd();
    }
    Expect.atLeast("idle for, in ns", 60_000_000, System.nanoTime() - start);
    Expect.equal("ends", List.of(Cause.Kind.FINISHED), trial.witness().awaitClosed(1));
  }

  private static void drip(Trial trial) throws Exception {
    trial.serve(Lines.echo(), server -> server.timeouts(Timeouts.DEFAULT.withHead(trial.soon())));
    Client client = trial.client();
    Trial.Task dripper =
        trial.start(
            () -> {
              try {
                for (int i = 0; i < 10_000; i++) {
                  client.send("x");
                  Thread.sleep(2);
                }
                throw new AssertionError("the drip outlived its deadline");
              } catch (IOException cut) {
                // As it should be.
              }
            });
    Expect.equal("answer", "late", client.line());
    client.close();
    dripper.join();
    trial.witness().awaitClosed(1);
    trial.servesOthers();
  }

  /// Ticks so many times, at its deadlines, and repeats nothing.
  private static class Ticker extends Plain {
    static final long PERIOD = 15_000_000;

    private long at = -1;
    private boolean ticks;

    @Override
    public void expire(long now) {
      ticks = true;
      at = now + PERIOD;
    }

    @Override
    public Step next(long now) {
      if (over) {
        return Step.LINGER;
      }
      if (at < 0) {
        at = now + PERIOD;
      }
      if (ticks) {
        ticks = false;
        return Lines.say("tick");
      }
      return Step.INPUT;
    }

    @Override
    public long deadline() {
      return at;
    }
  }

  private static void ticks(Trial trial) throws Exception {
    trial.serve(Plain.protocol(_ -> new Ticker()));
    long start = System.nanoTime();
    try (Client client = trial.client()) {
      for (int i = 0; i < 4; i++) {
        Expect.equal("answer to nothing", "tick", client.line());
      }
      Expect.atLeast("four ticks took, in ns", 4 * Ticker.PERIOD, System.nanoTime() - start);
      client.end();
      client.expectGone();
    }
    Expect.equal("ends", List.of(Cause.Kind.FINISHED), trial.witness().awaitClosed(1));
  }

  private static void expiresInCall(Trial trial) throws Exception {
    trial.serve(
        Plain.protocol(
            _ ->
                new Ticker() {
                  private boolean called;

                  @Override
                  public Step next(long now) {
                    if (!called) {
                      called = true;
                      return Lines.async(CompletableFuture<String>::new);
                    }
                    Step step = super.next(now);
                    return step.equals(Step.INPUT) ? Step.QUIET : step;
                  }
                }));
    try (Client client = trial.client()) {
      Expect.equal("answer to nothing", "tick", client.line());
      Expect.equal("answer to nothing", "tick", client.line());
    }
    trial.server().close();
    trial.witness().awaitClosed(1);
  }

  private static void earlier(Trial trial) throws Exception {
    // The first deadline is far; a byte brings it near. Nobody looks before the far one by himself.
    trial.serve(
        Plain.protocol(
            _ ->
                new Plain() {
                  private boolean near;
                  private long now;

                  @Override
                  public void receive(ByteBuffer in) {
                    super.receive(in);
                    near = true;
                  }

                  @Override
                  public Step next(long at) {
                    now = at;
                    return super.next(at);
                  }

                  @Override
                  public long deadline() {
                    return now + (near ? 20_000_000L : 3_600_000_000_000L);
                  }
                }));
    try (Client client = trial.client()) {
      client.send("x");
      client.expectEnd();
    }
    Expect.equal("ends", List.of(Cause.Kind.FINISHED), trial.witness().awaitClosed(1));
  }

  private static void timeGoesOn(Trial trial) throws Exception {
    long pause = 30_000_000;
    trial.serve(
        Plain.protocol(
            _ ->
                new Plain() {
                  private long asked = -1;
                  private boolean told;

                  @Override
                  public Step next(long now) {
                    if (asked < 0) {
                      asked = now;
                      return Lines.call(
                          Step.Kind.BLOCKING,
                          () -> {
                            long start = System.nanoTime();
                            while (System.nanoTime() - start < pause) {
                              LockSupport.parkNanos(pause);
                            }
                            return "";
                          });
                    }
                    if (told) {
                      return super.next(now);
                    }
                    return now - asked < pause ? Step.QUIET : tell(now - asked);
                  }

                  private Step tell(long passed) {
                    told = true;
                    return Lines.say(String.valueOf(passed));
                  }
                }));
    try (Client client = trial.client()) {
      Expect.atLeast("passed while a handler blocked", pause, Long.parseLong(client.line()));
    }
  }

  private static void stall(Trial trial) throws Exception {
    Board.Counter said = trial.board().counter();
    trial.serve(
        endless(said),
        server -> server.timeouts(Timeouts.DEFAULT.withStall(Duration.ofMillis(60))));
    try (Client client = trial.client()) {
      client.send("x");
      Expect.equal("ends", List.of(Cause.Kind.OVERDUE), trial.witness().awaitClosed(1));
    }
    Expect.atMost("bytes taken for a client that reads none", KERNEL, said.value());
  }

  private static void stallAtEnd(Trial trial) throws Exception {
    byte[] much = new byte[(int) KERNEL];
    trial.serve(
        new Lines(_ -> List.of(new Step.Write(ByteBuffer.wrap(much)), Step.LINGER)),
        server -> server.timeouts(Timeouts.DEFAULT.withStall(Duration.ofMillis(60))));
    try (Client client = trial.client()) {
      client.send("go\n");
      Expect.equal("ends", List.of(Cause.Kind.OVERDUE), trial.witness().awaitClosed(1));
    }
  }

  private static void neverParks(Trial trial) throws Exception {
    // So long does not even a busy machine keep a client from reading.
    Duration stall = Duration.ofSeconds(1);
    byte[] block = new byte[1 << 10];
    trial.serve(
        Plain.protocol(
            _ ->
                new Plain() {
                  @Override
                  public void expire(long now) {
                    throw new AssertionError("it has no deadline, and has not parked");
                  }

                  @Override
                  public Step next(long now) {
                    return over ? Step.LINGER : new Step.Write(ByteBuffer.wrap(block));
                  }
                }),
        server -> server.timeouts(Timeouts.DEFAULT.withStall(stall)));
    try (Client client = trial.client()) {
      // For longer than a stall may last, so that its time must start anew with what leaves.
      for (long start = System.nanoTime(); System.nanoTime() - start < 2 * stall.toNanos(); ) {
        byte[] _ = client.take(1 << 18);
      }
      client.reset();
    }
    Expect.equal("ends", List.of(Cause.Kind.PEER_GONE), trial.witness().awaitClosed(1));
  }

  private static void stallsAlone(Trial trial) throws Exception {
    Board.Counter said = trial.board().counter();
    Lines lines = Lines.echo();
    trial.serve(
        Plain.protocol(
            opening -> said.value() == 0 ? endless(said).open(opening) : lines.open(opening)));
    try (Client greedy = trial.client()) {
      byte[] _ = greedy.take(1);
      for (int i = 0; i < 5; i++) {
        trial.servesOthers();
      }
      greedy.reset();
    }
    trial.witness().awaitClosed(6);
  }

  private static void backPressure(Trial trial) throws Exception {
    // A session that takes little at a time and waits in between, and a client with a lot.
    Board.Counter most = trial.board().counter();
    long all = 4 << 20;
    trial.serve(
        Plain.protocol(
            _ ->
                new Plain() {
                  private static final int PART = 16 << 10;
                  private long taken;
                  private boolean wait;
                  private boolean calling;
                  private boolean said;

                  @Override
                  public void receive(ByteBuffer in) {
                    most.raise(in.remaining());
                    int part = Math.min(PART, in.remaining());
                    taken += part;
                    in.position(in.position() + part);
                    wait = true;
                  }

                  @Override
                  public void complete(long key, Outcome outcome) {
                    calling = false;
                  }

                  @Override
                  public Step next(long now) {
                    if (calling) {
                      return Step.QUIET;
                    }
                    if (wait) {
                      wait = false;
                      calling = true;
                      return Lines.async(() -> CompletableFuture.supplyAsync(() -> ""));
                    }
                    if (over && !said) {
                      said = true;
                      return Lines.say(String.valueOf(taken));
                    }
                    return over ? Step.CLOSE : Step.INPUT;
                  }
                }));
    try (Client client = trial.client()) {
      client.send(new byte[(int) all]);
      client.end();
      Expect.equal("bytes heard", String.valueOf(all), client.line());
      client.expectGone();
    }
    Expect.atMost("bytes offered at once", 128 << 10, most.value());
  }

  /// Says something for ever, and counts it.
  private static Protocol endless(Board.Counter said) {
    byte[] block = new byte[8 << 10];
    return Plain.protocol(
        _ ->
            new Plain() {
              @Override
              public Step next(long now) {
                if (over) {
                  return Step.LINGER;
                }
                long _ = said.add(block.length);
                return new Step.Write(ByteBuffer.wrap(block));
              }
            });
  }
}
