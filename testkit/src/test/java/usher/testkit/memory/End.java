package usher.testkit.memory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import usher.testkit.Await;

/// One side of a connection in a script: every operation gives its outcome as text.
final class End {
  private static final int LOOKS = 6;

  final SocketChannel channel;

  End(SocketChannel channel) {
    this.channel = channel;
  }

  /// Reads once: the text in quotes, `end`, or what was thrown. Waits for something to read in any
  /// mode.
  String read() throws IOException {
    if (!channel.isBlocking()) {
      awaitReady(SelectionKey.OP_READ);
    }
    return readNow();
  }

  /// The same, but does not wait in non-blocking mode: then `nothing`.
  String readNow() {
    ByteBuffer buffer = ByteBuffer.allocate(64);
    return outcome(
        () -> {
          int count = channel.read(buffer);
          return switch (count) {
            case -1 -> "end";
            case 0 -> "nothing";
            default -> "'" + new String(buffer.array(), 0, count, StandardCharsets.US_ASCII) + "'";
          };
        });
  }

  String write(String text) {
    ByteBuffer buffer = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    return outcome(() -> channel.write(buffer) + " written");
  }

  /// Writes a byte at a time until that fails, and says how.
  String writeUntilFailure() {
    String last = write("x");
    while (last.equals("1 written")) {
      last = write("x");
    }
    return last;
  }

  /// In non-blocking mode: writes until there is no room, and says how much. A real socket may find
  /// room once more when what was sent has moved on to the peer's buffer, so it looks several
  /// times.
  long fill() {
    ByteBuffer buffer = ByteBuffer.allocate(8192);
    long[] sum = new long[1];
    int[] full = new int[1];
    Await.until(
        "no room",
        Worker.BOUND,
        () -> {
          int count = channel.write(buffer.clear());
          while (count > 0) {
            full[0] = 0;
            sum[0] += count;
            count = channel.write(buffer.clear());
          }
          return ++full[0] == LOOKS;
        });
    return sum[0];
  }

  /// Reads and drops so many bytes, in any mode.
  void drain(long bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(8192);
    long left = bytes;
    while (left > 0) {
      if (!channel.isBlocking()) {
        awaitReady(SelectionKey.OP_READ);
      }
      int count = channel.read(buffer.clear().limit((int) Math.min(left, buffer.capacity())));
      if (count < 0) {
        throw new AssertionError("end of input, " + left + " bytes missing");
      }
      left -= count;
    }
  }

  void close() throws IOException {
    channel.close();
  }

  void reset() throws IOException {
    channel.setOption(java.net.StandardSocketOptions.SO_LINGER, 0);
    channel.close();
  }

  /// Waits until something has come: bytes, the end or a reset.
  void awaitArrival() throws IOException {
    awaitReady(SelectionKey.OP_READ);
  }

  /// Waits until the connection is broken, or over in both directions: then every operation is
  /// ready, even one that makes no sense.
  void awaitHangUp() throws IOException {
    awaitReady(SelectionKey.OP_CONNECT);
  }

  /// What of `ops` is ready just now.
  String ready(int ops) throws IOException {
    return Ops.text(poll(ops));
  }

  void awaitReady(int ops) throws IOException {
    Await.until("ready for " + Ops.text(ops), Worker.BOUND, () -> poll(ops) != 0);
  }

  // With a selector of its own, so that the channel is as before.
  private int poll(int ops) throws IOException {
    boolean blocking = channel.isBlocking();
    channel.configureBlocking(false);
    int ready;
    try (Selector selector = channel.provider().openSelector()) {
      SelectionKey key = channel.register(selector, ops);
      ready = selector.selectNow() == 0 ? 0 : key.readyOps();
    }
    channel.configureBlocking(blocking);
    return ready;
  }

  @FunctionalInterface
  interface Operation {
    String run() throws Exception;
  }

  /// What an operation gave, or what it threw: the class and, of I/O errors, the message.
  static String outcome(Operation operation) {
    try {
      return operation.run();
    } catch (Exception e) {
      String name = e.getClass().getSimpleName();
      return e instanceof IOException && e.getMessage() != null
          ? name + ": " + e.getMessage()
          : name;
    }
  }
}
