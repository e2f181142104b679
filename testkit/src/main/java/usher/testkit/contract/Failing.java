package usher.testkit.contract;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import usher.session.Cause;
import usher.session.Limits;
import usher.session.Opening;
import usher.session.Outcome;
import usher.session.Protocol;
import usher.session.ProtocolException;
import usher.session.Session;
import usher.session.Step;

/// Whatever is thrown ends one connection, is told once, and harms nobody else.
final class Failing {
  /// The usual, the deep, and the one that many a catch forgets. They are thrown, not run into.
  private static final List<Supplier<Throwable>> THROWABLES =
      List.of(
          () -> new Exception("made for this trial"),
          () -> new StackOverflowError("made for this trial"),
          () -> new OutOfMemoryError("made for this trial"));

  private Failing() {}

  static List<Behaviour> all() {
    return List.of(
        Behaviour.of("a handler that throws ends its own connection", Failing::handlers),
        Behaviour.of("a session that throws ends its own connection", Failing::sessions),
        Behaviour.of("a session that throws when it is lost harms nobody", Failing::whenLost),
        Behaviour.of("a protocol that cannot open a session harms nobody", Failing::opening),
        Behaviour.of("a peer that breaks the protocol is told apart from us", Failing::guilty),
        Behaviour.of("a session that writes nothing is ended", Failing::writesNothing),
        Behaviour.of("a session that leaves a full buffer is ended", Failing::overflow),
        Behaviour.of("a session that waits for nothing is ended", Failing::waitsForNothing));
  }

  /// How many of them are thrown.
  private static int kinds(Trial trial) {
    return trial.costly() ? 1 : THROWABLES.size();
  }

  private static void handlers(Trial trial) throws Exception {
    trial.serve(
        new Lines(
            line -> {
              if (line.equals("hello")) {
                return List.of(Lines.say(line));
              }
              String[] words = line.split(" ", 2);
              Supplier<Throwable> thrown = THROWABLES.get(Integer.parseInt(words[1]));
              return List.of(
                  Lines.call(
                      Step.Kind.valueOf(words[0]),
                      () -> {
                        throw sneaky(thrown.get());
                      }));
            }));
    int failures = 0;
    for (Step.Kind kind : Step.Kind.values()) {
      for (int i = 0; i < kinds(trial); i++) {
        try (Client client = trial.client()) {
          client.send(kind + " " + i + "\n");
          client.expectGone();
        }
        trial.witness().awaitClosed(2 * failures + 1);
        trial.servesOthers();
        failures++;
        trial.witness().awaitClosed(2 * failures);
        Expect.equal("failures told", failures, trial.witness().failures().size());
      }
    }
  }

  private static void sessions(Trial trial) throws Exception {
    List<String> places =
        List.of("receive", "next", "complete", "receiveEnd", "expire", "deadline");
    List<String> told = new ArrayList<>();
    trial.serve(Plain.protocol(Faulty::new));
    int closed = 0;
    for (String place : places) {
      for (int i = 0; i < kinds(trial); i++) {
        try (Client client = trial.client()) {
          client.send(place + " " + i + "\n");
          if (place.equals("receiveEnd")) {
            client.end();
          }
          client.expectGone();
        }
        told.add(THROWABLES.get(i).get().getClass().getSimpleName());
        List<Cause.Kind> causes = trial.witness().awaitClosed(++closed);
        Expect.equal("cause after a throw in " + place, Cause.Kind.FAILED, causes.getLast());
        trial.servesOthers();
        trial.witness().awaitClosed(++closed);
        Expect.equal(
            "failures told after a throw in " + place, told, trial.witness().failureNames());
      }
    }
  }

  private static void whenLost(Trial trial) throws Exception {
    trial.serve(Plain.protocol(Faulty::new));
    for (int i = 0; i < THROWABLES.size(); i++) {
      try (Client client = trial.client()) {
        client.send("lost " + i + "\n");
        client.end();
        client.expectGone();
      }
      trial.witness().awaitClosed(2 * i + 1);
      trial.servesOthers();
      trial.witness().awaitClosed(2 * i + 2);
      Expect.equal("failures told", i + 1, trial.witness().failures().size());
    }
  }

  private static void opening(Trial trial) throws Exception {
    trial.mayBreak();
    Protocol lines = Lines.echo();
    Board.Counter opened = trial.board().counter();
    trial.serve(
        Plain.protocol(
            opening -> {
              long number = opened.add(1);
              if (number > THROWABLES.size()) {
                return lines.open(opening);
              }
              throw sneaky(THROWABLES.get((int) number - 1).get());
            }),
        server -> server.limits(Limits.DEFAULT.withConnections(1)));
    for (int i = 0; i < THROWABLES.size(); i++) {
      try (Client client = trial.client()) {
        client.expectGone();
      }
    }
    trial.servesOthers();
    Expect.equal("defects told", THROWABLES.size(), trial.witness().broken().size());
  }

  private static void guilty(Trial trial) throws Exception {
    trial.serve(Lines.echo(), server -> server.limits(Limits.DEFAULT.withHeadBytes(100)));
    try (Client client = trial.client()) {
      client.send("x".repeat(101));
      client.expectGone();
    }
    trial.witness().awaitClosed(1);
    trial.servesOthers();
    Expect.equal("failures told", 1, trial.witness().failures().size());
    Expect.that(
        "the peer is guilty",
        trial.witness().failures().getFirst() instanceof ProtocolException broken
            && broken.guilty() == ProtocolException.Side.PEER);
  }

  private static void writesNothing(Trial trial) throws Exception {
    trial.serve(
        new Lines(
            line ->
                List.of(
                    line.equals("hello")
                        ? Lines.say(line)
                        : new Step.Write(ByteBuffer.allocate(0)))));
    endsByDefect(trial, "nothing\n");
  }

  private static void overflow(Trial trial) throws Exception {
    trial.serve(
        Plain.protocol(
            opening ->
                new Faulty(opening) {
                  @Override
                  public void receive(ByteBuffer in) {
                    if (in.get(in.position()) == 'h') {
                      super.receive(in);
                    }
                  }
                }));
    endsByDefect(trial, "x".repeat(256 << 10));
  }

  private static void waitsForNothing(Trial trial) throws Exception {
    trial.serve(
        Plain.protocol(
            opening ->
                new Faulty(opening) {
                  @Override
                  public void receiveEnd() {}
                }));
    try (Client client = trial.client()) {
      client.end();
      client.expectGone();
    }
    expectDefect(trial);
  }

  private static void endsByDefect(Trial trial, String text) throws Exception {
    try (Client client = trial.client()) {
      Trial.Task sender =
          trial.start(
              () -> {
                try {
                  client.send(text);
                } catch (IOException cut) {
                  // The server has had enough before all was sent.
                }
              });
      client.expectGone();
      sender.join();
    }
    expectDefect(trial);
  }

  private static void expectDefect(Trial trial) throws Exception {
    Expect.equal("ends", List.of(Cause.Kind.FAILED), trial.witness().awaitClosed(1));
    Expect.equal("failures told", 1, trial.witness().failures().size());
    Expect.that(
        "we are guilty",
        trial.witness().failures().getFirst() instanceof ProtocolException broken
            && broken.guilty() == ProtocolException.Side.OURS);
    // Last, because a client that leaves can be the session's next undoing.
    trial.servesOthers();
  }

  /// Has the compiler believe that anything may be thrown anywhere, as a user's code may.
  @SuppressWarnings("unchecked")
  private static <T extends Throwable> RuntimeException sneaky(Throwable thrown) throws T {
    throw (T) thrown;
  }

  /// A session that throws where its first line says, and repeats any other line.
  private static class Faulty extends Plain {
    private String place = "";
    private int which;
    private boolean answered = true;
    private boolean called;
    private long now;

    Faulty(Opening opening) {}

    private void at(String here) {
      if (place.equals(here)) {
        place = "";
        throw sneaky(THROWABLES.get(which).get());
      }
    }

    @Override
    public void receive(ByteBuffer in) {
      byte[] bytes = new byte[in.remaining()];
      in.get(bytes);
      String line = new String(bytes, StandardCharsets.US_ASCII).strip();
      if (line.equals("hello")) {
        answered = false;
        return;
      }
      place = line.split(" ", 2)[0];
      which = Integer.parseInt(line.split(" ", 2)[1]);
      at("receive");
    }

    @Override
    public void receiveEnd() {
      at("receiveEnd");
      over = true;
    }

    @Override
    public void complete(long key, Outcome outcome) {
      at("complete");
    }

    @Override
    public void expire(long now) {
      at("expire");
    }

    @Override
    public void lost(Cause cause) {
      at("lost");
    }

    @Override
    public Step next(long now) {
      this.now = now;
      at("next");
      if (!answered) {
        answered = true;
        return Lines.say("hello");
      }
      if (place.equals("complete") && !called) {
        called = true;
        return Lines.async(() -> CompletableFuture.supplyAsync(() -> ""));
      }
      return super.next(now);
    }

    @Override
    public long deadline() {
      at("deadline");
      return place.equals("expire") ? now + 1_000_000 : Session.NEVER;
    }
  }
}
