package usher.testkit.memory;

import static usher.testkit.memory.Row.row;

import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.util.List;

/// How bytes, ends and resets go from one side to the other, in every mode and both ways.
final class StreamRows {
  private StreamRows() {}

  static List<Row> rows() {
    return List.of(
        row(
            "what is written is read, in order",
            s -> {
              s.say(s.a.write("one"), s.b.read(), s.a.write("two"), s.b.read());
              s.say(s.b.write("three"), s.a.read());
            },
            "3 written 'one' 3 written 'two'",
            "5 written 'three'"),
        row(
            "half-close: the other direction goes on",
            s -> {
              s.a.write("question");
              s.a.channel.shutdownOutput();
              s.say(s.b.read(), s.b.read(), s.b.read());
              s.say(s.b.write("answer"), s.a.read());
              s.b.close();
              s.say(s.a.read(), s.a.read());
            },
            "'question' end end",
            "6 written 'answer'",
            "end end"),
        row(
            "own output shut: writing is a closed channel",
            s -> {
              s.a.channel.shutdownOutput();
              s.say(s.a.write("late"), s.a.channel.isOpen());
              s.say(s.a.write(""));
              s.a.channel.shutdownOutput();
              s.say(s.b.read());
            },
            "AsynchronousCloseException true",
            "AsynchronousCloseException",
            "end"),
        row(
            "own input shut: reading is at its end, the peer does not notice",
            s -> {
              s.b.write("unseen");
              s.a.awaitArrival();
              s.a.channel.shutdownInput();
              s.say(s.a.readNow(), s.b.write("more"), s.a.readNow());
              s.say(s.a.write("back"), s.b.read());
            },
            "end 4 written end",
            "4 written 'back'"),
        row(
            "peer closed: end of input, and after one lost write a broken pipe",
            s -> {
              s.b.close();
              s.say(s.a.read());
              s.say(s.a.write("lost"));
              s.a.awaitHangUp();
              s.say(s.a.write("x"), s.a.write("x"));
              s.say(s.a.readNow(), s.a.readNow());
            },
            "end",
            "4 written",
            "IOException: Broken pipe IOException: Broken pipe",
            "end end"),
        row(
            "bytes, then close: they are read before the end",
            s -> {
              s.b.write("last words");
              s.b.close();
              s.say(s.a.read(), s.a.read());
            },
            "'last words' end"),
        row(
            "reset, found by reading",
            s -> {
              s.b.reset();
              s.a.awaitHangUp();
              s.say(s.a.readNow(), s.a.readNow());
              s.say(s.a.write("x"), s.a.write("x"));
              s.say(s.a.readNow());
            },
            "SocketException: Connection reset SocketException: Connection reset",
            "IOException: Broken pipe IOException: Broken pipe",
            "SocketException: Connection reset"),
        row(
            "reset, found by writing",
            s -> {
              s.b.reset();
              s.a.awaitHangUp();
              s.say(s.a.write("x"), s.a.write("x"));
              s.say(s.a.readNow(), s.a.readNow());
            },
            "IOException: Connection reset by peer IOException: Broken pipe",
            "end end"),
        row(
            "bytes, then reset",
            s -> {
              s.b.write("last words");
              s.a.awaitArrival();
              s.b.reset();
              s.a.awaitHangUp();
              s.say(s.a.readNow(), s.a.readNow(), s.a.readNow());
            },
            "'last words' SocketException: Connection reset SocketException: Connection reset"),
        row(
            "closing with unread input resets",
            s -> {
              s.a.write("unread");
              s.b.awaitArrival();
              s.b.close();
              s.a.awaitHangUp();
              s.say(s.a.readNow());
            },
            "SocketException: Connection reset"),
        row(
            "closing with unread input after an answer",
            s -> {
              s.a.write("unread");
              s.b.awaitArrival();
              s.b.write("answer");
              s.a.awaitArrival();
              s.b.close();
              s.a.awaitHangUp();
              s.say(s.a.readNow(), s.a.readNow());
            },
            "'answer' SocketException: Connection reset"),
        row(
            "closing with input shut and unread",
            s -> {
              s.a.write("unread");
              s.b.awaitArrival();
              s.b.channel.shutdownInput();
              s.b.close();
              s.a.awaitHangUp();
              s.say(s.a.readNow());
            },
            "SocketException: Connection reset"),
        row(
            "reset after the end",
            s -> {
              s.b.channel.shutdownOutput();
              s.say(s.a.read());
              s.b.reset();
              s.a.awaitHangUp();
              s.say(s.a.readNow(), s.a.write("x"), s.a.write("x"), s.a.readNow());
            },
            "end",
            "end IOException: Broken pipe IOException: Broken pipe end"),
        row(
            "both sides shut: over, and still open",
            s -> {
              s.a.channel.shutdownOutput();
              s.b.channel.shutdownOutput();
              s.a.awaitHangUp();
              s.say(s.a.readNow(), s.b.read(), s.a.channel.isOpen());
            },
            "end end true"),
        row(
            "empty buffers move nothing",
            s -> {
              ByteBuffer empty = ByteBuffer.allocate(0);
              s.say(s.a.channel.read(empty), s.a.channel.write(empty));
              s.b.write("x");
              s.a.awaitArrival();
              s.say(s.a.channel.read(empty));
              s.a.read();
              s.b.close();
              s.a.awaitArrival();
              s.say(s.a.channel.read(empty));
              s.say(End.outcome(() -> "" + s.a.channel.read(empty.asReadOnlyBuffer())));
            },
            "0 0",
            "0",
            "0",
            "IllegalArgumentException"),
        row(
            "several buffers fill and empty in order",
            s -> {
              ByteBuffer[] sources = {
                Stage.bytes("skip"), Stage.bytes("ab"), Stage.bytes(""), Stage.bytes("cde")
              };
              s.say(s.a.channel.write(sources, 1, 3));
              s.b.awaitArrival();
              ByteBuffer[] targets = {
                ByteBuffer.allocate(1), ByteBuffer.allocate(3), ByteBuffer.allocate(9)
              };
              s.say(s.b.channel.read(targets));
              s.say(targets[0].position(), targets[1].position(), targets[2].position());
              s.say(End.outcome(() -> "" + s.a.channel.write(sources, 3, 2)));
            },
            "5",
            "5",
            "1 3 1",
            "IndexOutOfBoundsException"),
        row(
            "readiness: fresh, with bytes, at the end, over",
            s -> {
              s.say(s.a.ready(Ops.STREAM), "|", s.a.ready(SelectionKey.OP_READ));
              s.b.write("x");
              s.a.awaitArrival();
              s.say(s.a.ready(Ops.STREAM), "|", s.a.ready(SelectionKey.OP_WRITE));
              s.a.read();
              s.say(s.a.ready(Ops.STREAM));
              s.b.channel.shutdownOutput();
              s.a.awaitArrival();
              s.say(s.a.ready(Ops.STREAM));
              s.a.read();
              s.say(s.a.ready(Ops.STREAM));
              s.a.channel.shutdownOutput();
              s.say(s.a.ready(Ops.STREAM), "|", s.a.ready(0));
            },
            "write | nothing",
            "read write | write",
            "write",
            "read write",
            "read write",
            "connect read write | nothing"),
        row(
            "readiness: own output shut, own input shut",
            s -> {
              s.a.channel.shutdownOutput();
              s.say(s.a.ready(Ops.STREAM));
              s.a.channel.shutdownInput();
              s.say(s.a.ready(Ops.STREAM));
              s.b.channel.shutdownInput();
              s.say(s.b.ready(Ops.STREAM));
            },
            "write",
            "connect read write",
            "read write"),
        row(
            "readiness: after a reset, read or not",
            s -> {
              s.b.reset();
              s.a.awaitHangUp();
              s.say(s.a.ready(Ops.STREAM));
              s.a.readNow();
              s.say(s.a.ready(Ops.STREAM));
            },
            "connect read write",
            "connect read write"),
        row(
            "a full buffer: no room, not writable, until the peer reads",
            s -> {
              s.a.channel.configureBlocking(false);
              long sum = s.a.fill();
              while (!s.a.ready(Ops.STREAM).equals("nothing")) {
                sum += s.a.fill();
              }
              s.say(sum > 0);
              s.b.drain(sum);
              s.a.awaitReady(SelectionKey.OP_WRITE);
              s.say(s.a.write("x"), s.b.read());
            },
            "true",
            "1 written 'x'"),
        row(
            "a full buffer: the peer's close with unread bytes breaks the writer",
            s -> {
              s.a.channel.configureBlocking(false);
              s.a.fill();
              s.b.close();
              s.a.awaitHangUp();
              s.say(s.a.write("x"), s.a.write("x"));
            },
            "IOException: Connection reset by peer IOException: Broken pipe"));
  }
}
