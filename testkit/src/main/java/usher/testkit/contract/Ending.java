package usher.testkit.contract;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import usher.service.Chargen;
import usher.service.Echo;
import usher.session.Cause;
import usher.session.Outcome;
import usher.session.Step;
import usher.session.Timeouts;

/// How conversations end: by halves, in order, lingering, or by a reset; and how they go on as
/// others.
final class Ending {
  private Ending() {}

  static List<Behaviour> all() {
    return List.of(
        Behaviour.of("a client that shuts its side still gets its answers", Ending::clientShuts),
        Behaviour.of("the end of the input waits for a call that runs", Ending::endAfterCall),
        Behaviour.of("a server that shuts its side still hears the client", Ending::serverShuts),
        Behaviour.of("the last answer reaches a client that is still sending", Ending::lingers),
        Behaviour.of("a client that never stops sending is left in the end", Ending::lingerEnds),
        Behaviour.of("an abort resets", Ending::aborts)
            .notOver(
                transport -> transport == Transport.UNIX,
                "Unix sockets know no reset: the client sees an end"),
        Behaviour.of("an abort ends the connection at once", Ending::abortEnds),
        Behaviour.of("a client that resets in mid-answer harms nobody", Ending::resetInAnswer),
        Behaviour.of("a client that resets in mid-request harms nobody", Ending::resetInRequest),
        Behaviour.of("a client that has gone before it is served harms nobody", Ending::goneAtOnce),
        Behaviour.of("another session goes on with the bytes that are unread", Ending::becomes),
        Behaviour.of(
            "another session is told of an end that came before it", Ending::becomesAfterEnd),
        Behaviour.of("a call of a session that was replaced is forgotten", Ending::replacedCall));
  }

  private static void clientShuts(Trial trial) throws Exception {
    trial.serve(Lines.echo());
    try (Client client = trial.client()) {
      client.send("one\ntwo\nthree\n");
      client.end();
      for (String line : List.of("one", "two", "three")) {
        Expect.equal("answer", line, client.line());
      }
      client.expectEnd();
    }
    Expect.equal("ends", List.of(Cause.Kind.FINISHED), trial.witness().awaitClosed(1));
  }

  private static void endAfterCall(Trial trial) throws Exception {
    Board.Questions asked = trial.board().questions();
    trial.serve(new Lines(_ -> List.of(Lines.async(() -> asked.ask()))));
    try (Client client = trial.client()) {
      client.send("one\ntwo\n");
      client.end();
      asked.next().say("1");
      Expect.equal("answer", "1", client.line());
      asked.next().say("2");
      Expect.equal("answer", "2", client.line());
      client.expectEnd();
    }
    Expect.equal("ends", List.of(Cause.Kind.FINISHED), trial.witness().awaitClosed(1));
  }

  private static void serverShuts(Trial trial) throws Exception {
    Board.Word heard = trial.board().word();
    trial.serve(
        Plain.protocol(
            _ ->
                new Plain() {
                  private final StringBuilder text = new StringBuilder();
                  private int said;

                  @Override
                  public void receive(ByteBuffer in) {
                    text.append(StandardCharsets.US_ASCII.decode(in));
                  }

                  @Override
                  public void receiveEnd() {
                    heard.say(text.toString());
                    over = true;
                  }

                  @Override
                  public Step next(long now) {
                    return switch (said++) {
                      case 0 -> Lines.say("that is all");
                      case 1 -> Step.SHUTDOWN_OUTPUT;
                      default -> over ? Step.CLOSE : Step.INPUT;
                    };
                  }
                }));
    try (Client client = trial.client()) {
      Expect.equal("last words", "that is all", client.line());
      client.expectEnd();
      client.send("and ");
      client.send("me?");
      client.end();
      Expect.equal("heard after the end", "and me?", heard.await());
    }
    Expect.equal("ends", List.of(Cause.Kind.FINISHED), trial.witness().awaitClosed(1));
  }

  private static void lingers(Trial trial) throws Exception {
    trial.serve(new Lines(_ -> List.of(Lines.say("x".repeat(100_000)), Step.LINGER)));
    for (int i = 0; i < 3; i++) {
      try (Client client = trial.client()) {
        // Far more than is read before the answer.
        Trial.Task sender = trial.start(() -> client.send("go\n" + "y".repeat(1_000_000)));
        Expect.equal("last answer", 100_000, client.line().length());
        client.expectEnd();
        sender.join();
      }
    }
    List<Cause.Kind> causes = trial.witness().awaitClosed(3);
    Expect.equal("ends", List.of(Cause.Kind.FINISHED), causes.stream().distinct().toList());
  }

  private static void lingerEnds(Trial trial) throws Exception {
    trial.serve(
        new Lines(_ -> List.of(Lines.say("bye"), Step.LINGER)),
        server -> server.timeouts(Timeouts.DEFAULT.withLinger(Duration.ofMillis(60))));
    long start = System.nanoTime();
    try (Client client = trial.client()) {
      Expect.equal("last answer", "bye", client.ask("go"));
      Expect.thrown(
          "sending for ever",
          IOException.class,
          () -> {
            while (true) {
              client.send("more\n");
            }
          });
    }
    Expect.atLeast("lingered for, in ns", 60_000_000, System.nanoTime() - start);
    Expect.equal("ends", List.of(Cause.Kind.FINISHED), trial.witness().awaitClosed(1));
  }

  private static void aborts(Trial trial) throws Exception {
    trial.serve(new Lines(_ -> List.of(Step.ABORT)));
    try (Client client = trial.client()) {
      client.send("go\n");
      client.expectReset();
    }
    Expect.equal("ends", List.of(Cause.Kind.ABORTED), trial.witness().awaitClosed(1));
  }

  private static void abortEnds(Trial trial) throws Exception {
    trial.serve(
        new Lines(line -> line.equals("go") ? List.of(Step.ABORT) : List.of(Lines.say(line))));
    try (Client client = trial.client()) {
      client.send("go\n");
      client.expectGone();
    }
    Expect.equal("ends", List.of(Cause.Kind.ABORTED), trial.witness().awaitClosed(1));
    trial.servesOthers();
  }

  private static void resetInAnswer(Trial trial) throws Exception {
    trial.serve(new Chargen());
    for (int i = 0; i < 3; i++) {
      Client client = trial.client();
      byte[] _ = client.take(100_000);
      client.reset();
      Expect.equal("end", Cause.Kind.PEER_GONE, trial.witness().awaitClosed(i + 1).getLast());
    }
    Expect.equal("failures of ours", List.of(), trial.witness().failures());
  }

  private static void resetInRequest(Trial trial) throws Exception {
    trial.serve(Lines.echo());
    for (int i = 0; i < 3; i++) {
      Client client = trial.client();
      client.send("half a li");
      client.reset();
      trial.servesOthers();
      trial.witness().awaitClosed(2 * i + 2);
    }
    Expect.equal("failures of ours", List.of(), trial.witness().failures());
  }

  private static void goneAtOnce(Trial trial) throws Exception {
    trial.serve(Lines.echo());
    for (int i = 0; i < (trial.costly() ? 5 : 20); i++) {
      trial.client().reset();
    }
    trial.servesOthers();
    Expect.equal("failures of ours", List.of(), trial.witness().failures());
  }

  private static void becomes(Trial trial) throws Exception {
    Echo echo = new Echo();
    trial.serve(
        Plain.protocol(
            opening ->
                new Lines(line -> List.of(Lines.say(line), new Step.Become(echo.open(opening))))
                    .open(opening)));
    try (Client client = trial.client()) {
      client.send("upgrade\nand this is ");
      Expect.equal("answer", "upgrade", client.line());
      Expect.equal("echo", "and this is ", new String(client.take(12), StandardCharsets.US_ASCII));
      client.send("raw");
      Expect.equal("echo", "raw", new String(client.take(3), StandardCharsets.US_ASCII));
      client.end();
      client.expectEnd();
    }
  }

  private static void becomesAfterEnd(Trial trial) throws Exception {
    Echo echo = new Echo();
    trial.serve(
        Plain.protocol(
            opening ->
                new Plain() {
                  @Override
                  public void receive(ByteBuffer in) {
                    // Leaves everything to its heir.
                  }

                  @Override
                  public Step next(long now) {
                    return over ? new Step.Become(echo.open(opening)) : Step.INPUT;
                  }
                }));
    try (Client client = trial.client()) {
      client.send("inherited");
      client.end();
      Expect.equal("echo", "inherited", new String(client.rest(), StandardCharsets.US_ASCII));
    }
    Expect.equal("ends", List.of(Cause.Kind.FINISHED), trial.witness().awaitClosed(1));
  }

  private static void replacedCall(Trial trial) throws Exception {
    Board.Word word = trial.board().word();
    Lines lines = Lines.echo();
    trial.serve(
        Plain.protocol(
            opening ->
                new Plain() {
                  private boolean called;

                  @Override
                  public void complete(long key, Outcome outcome) {
                    throw new AssertionError("this session was replaced");
                  }

                  @Override
                  public Step next(long now) {
                    if (called) {
                      return new Step.Become(lines.open(opening));
                    }
                    called = true;
                    return Lines.async(word::stage);
                  }
                }));
    try (Client client = trial.client()) {
      Expect.equal("answer", "before", client.ask("before"));
      word.say("stale");
      Expect.equal("answer", "after", client.ask("after"));
    }
    Expect.equal("failures", List.of(), trial.witness().failures());
  }
}
