package usher.testkit.memory;

import static usher.testkit.memory.Row.row;

import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.util.List;

/// What ends a call that blocks. The thread that blocks is of the mode's kind.
final class BlockingRows {
  private BlockingRows() {}

  static List<Row> rows() {
    return List.of(
        row(
            "bytes end a blocked read",
            s -> {
              Worker<String> reader = blockedRead(s);
              s.b.write("x");
              s.say(reader.result());
            },
            "'x'"),
        row(
            "the peer's end ends a blocked read",
            s -> {
              Worker<String> reader = blockedRead(s);
              s.b.channel.shutdownOutput();
              s.say(reader.result());
            },
            "end"),
        row(
            "a reset ends a blocked read",
            s -> {
              Worker<String> reader = blockedRead(s);
              s.b.reset();
              s.say(reader.result());
            },
            "SocketException: Connection reset"),
        row(
            "closing ends a blocked read",
            s -> {
              Worker<String> reader = blockedRead(s);
              s.a.close();
              s.say(reader.result(), s.b.read());
            },
            "AsynchronousCloseException end"),
        row(
            "shutting input ends a blocked read",
            s -> {
              Worker<String> reader = blockedRead(s);
              s.a.channel.shutdownInput();
              s.say(reader.result(), s.a.channel.isOpen());
            },
            "end true"),
        row(
            "an interrupt closes the channel of a blocked read",
            s -> {
              s.a.channel.configureBlocking(true);
              Worker<String> reader =
                  s.start(() -> s.a.read() + " " + Thread.currentThread().isInterrupted())
                      .awaitBlocked();
              reader.thread().interrupt();
              s.say(reader.result(), s.a.channel.isOpen(), s.b.read());
            },
            "ClosedByInterruptException true false end"),
        row(
            "a thread that is interrupted already closes the channel",
            s -> {
              s.a.channel.configureBlocking(true);
              s.b.write("x");
              s.a.awaitArrival();
              Worker<String> reader =
                  s.start(
                      () -> {
                        Thread.currentThread().interrupt();
                        return s.a.read() + " " + s.a.channel.isOpen();
                      });
              s.say(reader.result());
            },
            "ClosedByInterruptException false"),
        row(
            "in non-blocking mode an interrupt does nothing",
            s -> {
              s.a.channel.configureBlocking(false);
              s.b.write("x");
              s.a.awaitArrival();
              Worker<String> reader =
                  s.start(
                      () -> {
                        Thread.currentThread().interrupt();
                        return s.a.readNow() + " " + s.a.write("y");
                      });
              s.say(reader.result(), s.a.channel.isOpen());
            },
            "'x' 1 written true"),
        row(
            "reading ends a blocked write",
            s -> {
              long sum = fill(s);
              Worker<String> writer = s.startBlocked(() -> s.a.write("x"));
              s.b.drain(sum);
              s.say(writer.result(), s.b.read());
            },
            "1 written 'x'"),
        row(
            "a reset ends a blocked write",
            s -> {
              Worker<String> writer = blockedWrite(s);
              s.b.reset();
              s.say(writer.result());
            },
            "IOException: Connection reset by peer"),
        row(
            "closing ends a blocked write",
            s -> {
              Worker<String> writer = blockedWrite(s);
              s.a.close();
              // A real socket may take a part before it blocks; then the next write finds it
              // closed.
              s.say(writer.result().contains("Clos"), s.a.channel.isOpen());
            },
            "true false"),
        row(
            "shutting output ends a blocked write",
            s -> {
              Worker<String> writer = blockedWrite(s);
              s.a.channel.shutdownOutput();
              s.say(writer.result(), s.a.channel.isOpen());
            },
            "AsynchronousCloseException true"),
        row(
            "an interrupt closes the channel of a blocked write",
            s -> {
              Worker<String> writer = blockedWrite(s);
              writer.thread().interrupt();
              s.say(writer.result(), s.a.channel.isOpen());
            },
            "ClosedByInterruptException false"),
        row(
            "a connection ends a blocked accept",
            s -> {
              ServerSocketChannel listener = s.listen();
              Worker<String> acceptor =
                  s.startBlocked(() -> "" + s.open(listener.accept()).isConnected());
              s.connect(listener);
              s.say(acceptor.result());
            },
            "true"),
        row(
            "closing ends a blocked accept",
            s -> {
              ServerSocketChannel listener = s.listen();
              Worker<String> acceptor = s.startBlocked(() -> "" + listener.accept());
              listener.close();
              s.say(acceptor.result());
            },
            "AsynchronousCloseException"),
        row(
            "an interrupt closes the listener of a blocked accept",
            s -> {
              ServerSocketChannel listener = s.listen();
              Worker<String> acceptor = s.startBlocked(() -> "" + listener.accept());
              acceptor.thread().interrupt();
              s.say(acceptor.result(), listener.isOpen());
            },
            "ClosedByInterruptException false"),
        row(
            "the other direction goes on while one blocks",
            s -> {
              Worker<String> reader = blockedRead(s);
              s.say(s.a.write("ping"), s.b.read());
              s.b.write("pong");
              s.say(reader.result());
            },
            "4 written 'ping'",
            "'pong'"),
        row(
            "closing wakes all that block on a channel",
            s -> {
              Worker<String> writer = blockedWrite(s);
              Worker<String> reader = s.startBlocked(s.a::readNow);
              Worker<String> second = s.start(() -> End.outcome(s.a::readNow));
              s.a.close();
              s.say(
                  reader.result(),
                  writer.result().contains("Clos"),
                  second.result().contains("Clos"));
            },
            "AsynchronousCloseException true true"));
  }

  private static Worker<String> blockedRead(Stage stage) throws IOException {
    stage.a.channel.configureBlocking(true);
    return stage.startBlocked(stage.a::read);
  }

  /// Writes byte after byte: a socket that was full may find some room after all.
  private static Worker<String> blockedWrite(Stage stage) throws IOException {
    fill(stage);
    return stage.startBlocked(stage.a::writeUntilFailure);
  }

  /// Fills what `a` can send and leaves it in blocking mode.
  private static long fill(Stage stage) throws IOException {
    stage.a.channel.configureBlocking(false);
    long sum = stage.a.fill();
    stage.a.channel.configureBlocking(true);
    return sum;
  }
}
