package usher.testkit.contract;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import usher.server.Drained;
import usher.server.Server;
import usher.server.StreamHandler;
import usher.session.Capability;
import usher.session.Cause;
import usher.session.Timeouts;

/// Blocking code over two streams, which holds a conversation in its own order and at its own pace.
final class Streaming {
  private static final int LARGE = 2 << 20;
  private static final long KERNEL = 48L << 20;

  private Streaming() {}

  static List<Behaviour> all() {
    return List.of(
        Behaviour.of("a stream handler echoes", Streaming::echo),
        Behaviour.of("a stream handler moves megabytes both ways", Streaming::bothWays),
        Behaviour.of("what a stream handler wrote is sent when it returns", Streaming::flushes),
        Behaviour.of("a stream handler hears the end of the input", Streaming::hearsEnd),
        Behaviour.of("the last words of a stream handler are not destroyed", Streaming::lastWords),
        Behaviour.of("a stream handler that throws ends its own connection", Streaming::throwing),
        Behaviour.of("a stream handler is told that its client has gone", Streaming::clientGone),
        Behaviour.of(
            "a read of a stream handler waits no longer than the idle time", Streaming::idle),
        Behaviour.of("a stream handler may take longer than the idle time", Streaming::ponders),
        Behaviour.of(
            "a write of a stream handler waits no longer than the stall time", Streaming::stall),
        Behaviour.of("a stream handler that waits holds up nobody else", Streaming::alone)
            .needs(Capability.CONCURRENT_CLIENTS),
        Behaviour.of("a drain waits for a stream handler", Streaming::drains),
        Behaviour.of("a drain cuts a stream handler that never ends, and says so", Streaming::cut));
  }

  private static void copy(InputStream in, OutputStream out) throws IOException {
    byte[] some = new byte[8 << 10];
    for (int count = in.read(some); count >= 0; count = in.read(some)) {
      out.write(some, 0, count);
      out.flush();
    }
  }

  /// Repeats lines, and does what the handler does at its own word. Takes no byte beyond a line:
  /// what follows belongs to that handler.
  private static StreamHandler words(String word, StreamHandler handler) {
    return (in, out, peer) -> {
      for (String line = line(in); line != null; line = line(in)) {
        if (line.equals(word)) {
          handler.handle(in, out, peer);
          return;
        }
        out.write((line + "\n").getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
      }
    };
  }

  private static @Nullable String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next >= 0; next = in.read()) {
      if (next == '\n') {
        return line.toString();
      }
      line.append((char) next);
    }
    return null;
  }

  private static void echo(Trial trial) throws Exception {
    StreamHandler echo = (in, out, _) -> copy(in, out);
    trial.serve(echo.protocol("echo"));
    try (Client client = trial.client()) {
      for (String word : List.of("one\n", "two\n", "three\n")) {
        client.drip(word);
        Expect.equal("echo", word.strip(), client.line());
      }
      client.end();
      client.expectEnd();
    }
    Expect.equal("ends", List.of(Cause.Kind.FINISHED), trial.witness().awaitClosed(1));
  }

  private static void bothWays(Trial trial) throws Exception {
    StreamHandler echo = (in, out, _) -> copy(in, out);
    trial.serve(echo.protocol("echo"));
    byte[] bytes = new byte[LARGE];
    new Random(LARGE).nextBytes(bytes);
    try (Client client = trial.client()) {
      Trial.Task sender =
          trial.start(
              () -> {
                client.send(bytes);
                client.end();
              });
      Expect.that("all bytes come back", Arrays.equals(bytes, client.rest()));
      sender.join();
    }
  }

  private static void flushes(Trial trial) throws Exception {
    StreamHandler handler =
        (_, out, _) -> {
          for (int i = 0; i < 1000; i++) {
            out.write(("line " + i + "\n").getBytes(StandardCharsets.US_ASCII));
          }
        };
    trial.serve(handler.protocol("thousand"));
    try (Client client = trial.client()) {
      for (int i = 0; i < 1000; i++) {
        Expect.equal("line", "line " + i, client.line());
      }
      client.expectEnd();
    }
    Expect.equal("ends", List.of(Cause.Kind.FINISHED), trial.witness().awaitClosed(1));
  }

  private static void hearsEnd(Trial trial) throws Exception {
    StreamHandler handler =
        (in, out, _) -> {
          int count = in.readAllBytes().length;
          Expect.equal("a read after the end", -1, in.read());
          out.write((count + "\n").getBytes(StandardCharsets.US_ASCII));
        };
    trial.serve(handler.protocol("count"));
    try (Client client = trial.client()) {
      client.send("x".repeat(100_000));
      client.end();
      Expect.equal("answer after the end", "100000", client.line());
      client.expectEnd();
    }
    Expect.equal("ends", List.of(Cause.Kind.FINISHED), trial.witness().awaitClosed(1));
  }

  private static void lastWords(Trial trial) throws Exception {
    StreamHandler handler =
        (in, out, _) -> {
          int _ = in.read();
          out.write("x".repeat(100_000).getBytes(StandardCharsets.US_ASCII));
        };
    trial.serve(handler.protocol("curt"));
    try (Client client = trial.client()) {
      Trial.Task sender = trial.start(() -> client.send("y".repeat(1_000_000)));
      Expect.equal("last words", 100_000, client.rest().length);
      sender.join();
    }
    Expect.equal("ends", List.of(Cause.Kind.FINISHED), trial.witness().awaitClosed(1));
  }

  private static void throwing(Trial trial) throws Exception {
    List<Throwable> thrown =
        List.of(
            new IOException("made for this trial"),
            new StackOverflowError("made for this trial"),
            new OutOfMemoryError("made for this trial"));
    Board.Counter next = trial.board().counter();
    StreamHandler handler =
        words(
            "throw",
            (_, _, _) -> {
              switch (thrown.get((int) next.add(1) - 1)) {
                case Exception exception -> throw exception;
                case Error error -> throw error;
                case Throwable other -> throw new AssertionError(other);
              }
            });
    trial.serve(handler.protocol("words"));
    for (int i = 0; i < thrown.size(); i++) {
      try (Client client = trial.client()) {
        client.send("throw\n");
        if (trial.transport() == Transport.UNIX) {
          client.expectGone();
        } else {
          client.expectReset();
        }
      }
      Expect.equal("end", Cause.Kind.FAILED, trial.witness().awaitClosed(2 * i + 1).getLast());
      trial.servesOthers();
      trial.witness().awaitClosed(2 * i + 2);
      Expect.equal("failures told", i + 1, trial.witness().failures().size());
    }
  }

  private static void clientGone(Trial trial) throws Exception {
    Board.Word heard = trial.board().word();
    StreamHandler handler =
        words(
            "wait",
            (in, out, _) -> {
              try {
                while (true) {
                  out.write('x');
                  out.flush();
                }
              } catch (IOException gone) {
                heard.say(gone.toString());
                throw gone;
              }
            });
    trial.serve(handler.protocol("words"));
    Client client = trial.client();
    client.send("wait\n");
    byte[] _ = client.take(10);
    client.reset();
    String _ = heard.await();
    trial.witness().awaitClosed(1);
    trial.servesOthers();
  }

  private static void idle(Trial trial) throws Exception {
    Board.Word heard = trial.board().word();
    StreamHandler handler =
        (in, _, _) -> {
          try {
            int _ = in.read();
            heard.say("a byte");
          } catch (IOException thrown) {
            heard.say("a failure");
            throw thrown;
          }
        };
    trial.serve(
        handler.protocol("idle"),
        server -> server.timeouts(Timeouts.DEFAULT.withIdle(trial.soon())));
    long start = System.nanoTime();
    try (Client client = trial.client()) {
      client.expectGone();
    }
    Expect.atLeast("waited for, in ns", 60_000_000, System.nanoTime() - start);
    Expect.equal("heard", "a failure", heard.await());
    Expect.equal("ends", List.of(Cause.Kind.OVERDUE), trial.witness().awaitClosed(1));
  }

  private static void ponders(Trial trial) throws Exception {
    Duration idle = trial.soon().multipliedBy(4);
    StreamHandler handler =
        words(
            "ponder",
            (in, out, _) -> {
              Thread.sleep(idle.plusMillis(50));
              out.write("ready\n".getBytes(StandardCharsets.US_ASCII));
              out.flush();
              copy(in, out);
            });
    trial.serve(
        handler.protocol("words"), server -> server.timeouts(Timeouts.DEFAULT.withIdle(idle)));
    try (Client client = trial.client()) {
      Expect.equal("answer", "ready", client.ask("ponder"));
      Expect.equal("answer", "hello", client.ask("hello"));
    }
  }

  private static void stall(Trial trial) throws Exception {
    Board.Counter wrote = trial.board().counter();
    byte[] block = new byte[8 << 10];
    StreamHandler handler =
        (_, out, _) -> {
          while (true) {
            out.write(block);
            long _ = wrote.add(block.length);
          }
        };
    trial.serve(
        handler.protocol("endless"),
        server -> server.timeouts(Timeouts.DEFAULT.withStall(Duration.ofMillis(60))));
    try (Client _ = trial.client()) {
      Expect.equal("ends", List.of(Cause.Kind.OVERDUE), trial.witness().awaitClosed(1));
    }
    Expect.atMost("bytes taken for a client that reads none", KERNEL, wrote.value());
  }

  private static void alone(Trial trial) throws Exception {
    StreamHandler handler = words("wait", (in, out, _) -> copy(in, out));
    trial.serve(handler.protocol("words"));
    try (Client waiting = trial.client()) {
      waiting.send("wait\n");
      for (int i = 0; i < 5; i++) {
        trial.servesOthers();
      }
      Expect.equal("answer", "still here", waiting.ask("still here"));
    }
  }

  private static void drains(Trial trial) throws Exception {
    CountDownLatch running = trial.latch();
    CountDownLatch latch = trial.latch();
    StreamHandler handler =
        words(
            "wait",
            (_, out, _) -> {
              running.countDown();
              Trial.await(latch);
              out.write("done\n".getBytes(StandardCharsets.US_ASCII));
            });
    Server server = trial.serve(handler.protocol("words"));
    try (Client client = trial.client()) {
      client.send("wait\n");
      Trial.await(running);
      Drained drained =
          trial.drain(
              server,
              () -> {
                latch.countDown();
                Expect.equal("answer", "done", client.line());
                client.expectEnd();
              });
      Expect.equal("cut", 0, drained.cut());
    }
  }

  private static void cut(Trial trial) throws Exception {
    StreamHandler handler = words("never", (in, out, _) -> copy(in, out));
    Server server = trial.serve(handler.protocol("words"));
    try (Client client = trial.client()) {
      Expect.equal("answer", "hello", client.ask("hello"));
      trial.witness().awaitAccepted(1);
      Expect.equal("drained", new Drained(0, 1), server.drain(Duration.ofMillis(60)));
      client.expectGone();
    }
    Expect.equal("ends", List.of(Cause.Kind.CUT), trial.witness().awaitClosed(1));
  }
}
