package usher.http.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Puts together the head of a response in one array. Names and values have been checked when they
/// were set; this class only copies.
public final class HeadWriter {
  private static final byte[] CONTENT_LENGTH = ascii("Content-Length: ");
  private static final byte[] CHUNKED = ascii("Transfer-Encoding: chunked\r\n");
  private static final byte[] CLOSE = ascii("Connection: close\r\n");
  private static final byte[] KEEP_ALIVE = ascii("Connection: keep-alive\r\n");

  /// What the fixed parts need as a rule: a status line, `Date`, one line of those above, the end.
  private static final int FIXED = 112;

  /// Bytes of a field line besides its name and value.
  public static final int AROUND = 4;

  private byte[] array;
  private int at;

  /// A writer that starts with the status line.
  ///
  /// @param room bytes that the fields will need, and the body where it is added
  public HeadWriter(int status, int room) {
    array = new byte[FIXED + room];
    bytes(Status.line(status));
  }

  /// A writer of field lines alone.
  ///
  /// @param room bytes that they will need
  public HeadWriter(int room) {
    array = new byte[room];
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /// Bytes as they are.
  public void bytes(byte[] bytes) {
    need(bytes.length);
    System.arraycopy(bytes, 0, array, at, bytes.length);
    at += bytes.length;
  }

  /// One field line.
  public void field(String name, String value) {
    need(name.length() + value.length() + AROUND);
    text(name);
    array[at++] = ':';
    array[at++] = ' ';
    text(value);
    end();
  }

  /// The body's length.
  public void contentLength(long length) {
    bytes(CONTENT_LENGTH);
    need(22);
    int digits = 1;
    for (long rest = length; rest > 9; rest /= 10) {
      digits++;
    }
    long rest = length;
    for (int i = digits - 1; i >= 0; i--) {
      array[at + i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    at += digits;
    end();
  }

  /// That the body is chunked.
  public void chunked() {
    bytes(CHUNKED);
  }

  /// That the connection ends after this response.
  public void close() {
    bytes(CLOSE);
  }

  /// That the connection goes on, for a client that cannot take it for granted.
  public void keepAlive() {
    bytes(KEEP_ALIVE);
  }

  /// The end of the head.
  public void end() {
    need(2);
    array[at++] = '\r';
    array[at++] = '\n';
  }

  /// A body, behind the end of the head. The buffer is not changed.
  public void body(ByteBuffer body) {
    int length = body.remaining();
    need(length);
    body.get(body.position(), array, at, length);
    at += length;
  }

  /// All that was written.
  public ByteBuffer written() {
    return ByteBuffer.wrap(array, 0, at);
  }

  /// All that was written, at the end of this writer's use.
  public byte[] toArray() {
    return at == array.length ? array : Arrays.copyOf(array, at);
  }

  // The only way from a text to bytes in place, without a copy in between; the text is known to be
  // ISO 8859-1, for which this method does what it says.
  @SuppressWarnings("deprecation")
  private void text(String text) {
    int length = text.length();
    text.getBytes(0, length, array, at);
    at += length;
  }

  private void need(int more) {
    if (array.length - at < more) {
      array = Arrays.copyOf(array, Math.max(2 * array.length, at + more));
    }
  }
}
