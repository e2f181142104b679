package usher.testkit.contract;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/// A client of a trial: blocking, plain, and suspicious. Its waits end with the trial at the
/// latest.
///
/// One thread may read while another one writes.
public final class Client implements AutoCloseable {
  private final SocketChannel channel;
  private final ByteBuffer in = ByteBuffer.allocate(32 << 10).flip();

  Client(SocketChannel channel) {
    this.channel = channel;
  }

  /// The channel below, for what this class has no word for.
  public SocketChannel channel() {
    return channel;
  }

  // ---- to the server

  /// Sends all of the text, as ISO 8859-1.
  public void send(String text) throws IOException {
    send(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /// Sends all of the bytes.
  public void send(byte[] bytes) throws IOException {
    ByteBuffer left = ByteBuffer.wrap(bytes);
    while (left.hasRemaining()) {
      channel.write(left);
    }
  }

  /// Sends all of the text, one byte at a time.
  public void drip(String text) throws IOException {
    for (byte each : text.getBytes(StandardCharsets.ISO_8859_1)) {
      send(new byte[] {each});
    }
  }

  /// Says that nothing more will be sent.
  public void end() throws IOException {
    channel.shutdownOutput();
  }

  /// Breaks the connection: over TCP the server gets a reset.
  public void reset() throws IOException {
    if (channel.supportedOptions().contains(StandardSocketOptions.SO_LINGER)) {
      channel.setOption(StandardSocketOptions.SO_LINGER, 0);
    }
    channel.close();
  }

  // ---- from the server

  /// The next line, without its line feed.
  public String line() throws IOException {
    StringBuilder line = new StringBuilder();
    while (fill()) {
      char next = (char) (in.get() & 0xff);
      if (next == '\n') {
        return line.toString();
      }
      line.append(next);
    }
    throw new AssertionError("the connection ended in the midst of a line: <" + line + ">");
  }

  /// Sends a line and waits for the next one.
  public String ask(String line) throws IOException {
    send(line + "\n");
    return line();
  }

  /// The next bytes, exactly so many.
  public byte[] take(int count) throws IOException {
    byte[] bytes = new byte[count];
    for (int have = 0; have < count; ) {
      if (!fill()) {
        throw new AssertionError("the connection ended after " + have + " of " + count + " bytes");
      }
      int part = Math.min(count - have, in.remaining());
      in.get(bytes, have, part);
      have += part;
    }
    return bytes;
  }

  /// All bytes up to the end.
  public byte[] rest() throws IOException {
    ByteArrayOutputStream rest = new ByteArrayOutputStream();
    while (fill()) {
      rest.write(in.array(), in.position(), in.remaining());
      in.position(in.limit());
    }
    return rest.toByteArray();
  }

  /// How many bytes come up to the end, or up to a failure of the connection.
  public long count() {
    long count = 0;
    try {
      while (fill()) {
        count += in.remaining();
        in.position(in.limit());
      }
    } catch (IOException gone) {
      return count;
    }
    return count;
  }

  /// The end comes next: in order, not as a failure.
  public void expectEnd() throws IOException {
    if (fill()) {
      byte[] more = take(in.remaining());
      throw new AssertionError(
          "expected the end, got <" + new String(more, StandardCharsets.ISO_8859_1) + ">");
    }
  }

  /// The connection has failed or is about to: whatever comes before is skipped.
  public void expectReset() {
    try {
      while (fill()) {
        in.position(in.limit());
      }
    } catch (IOException reset) {
      return;
    }
    throw new AssertionError("expected a reset, got an orderly end");
  }

  /// The connection ends or has failed: whatever comes before is skipped.
  public void expectGone() {
    long _ = count();
  }

  // False at the end of the input.
  private boolean fill() throws IOException {
    while (!in.hasRemaining()) {
      int count = channel.read(in.clear());
      in.flip();
      if (count < 0) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
