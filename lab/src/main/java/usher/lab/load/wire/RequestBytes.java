package usher.lab.load.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// The bytes of one kind of request, made once: what is short is kept whole, a long body is the
/// same block over and over.
///
/// The buffers that it lends are its own, and good until the next call: one thread uses it.
public final class RequestBytes {
  private static final int BLOCK = 65_536;
  private static final int WHOLE = 16_384;
  private static final int LARGEST_DATAGRAM = 65_507;

  private final ByteBuffer front;
  private final ByteBuffer block;
  private final long size;

  private RequestBytes(byte[] head, long body, ByteBuffer block) {
    this.size = head.length + body;
    boolean whole = body <= WHOLE;
    this.front = ByteBuffer.allocateDirect(head.length + (whole ? (int) body : 0));
    this.block = block;
    front.put(head);
    if (whole) {
      front.put(block.duplicate().clear().limit((int) body));
    }
  }

  /// A block of body to be shared by all kinds. It has no line feed.
  public static ByteBuffer block() {
    ByteBuffer block = ByteBuffer.allocateDirect(BLOCK);
    for (int i = 0; i < BLOCK; i++) {
      block.put((byte) ('a' + i % 26));
    }
    return block;
  }

  /// A request of HTTP/1.1.
  ///
  /// @param host for the field of that name
  /// @param close whether the connection is to end with the answer
  /// @param body bytes of it; without any there is a `Content-Length` only where the method wants
  ///   it
  public static RequestBytes http(
      String method, String path, String host, boolean close, long body, ByteBuffer block) {
    StringBuilder head = new StringBuilder(128);
    head.append(method).append(' ').append(path).append(" HTTP/1.1\r\nHost: ").append(host);
    head.append("\r\n");
    if (body > 0 || method.equals("POST") || method.equals("PUT") || method.equals("PATCH")) {
      head.append("Content-Length: ").append(body).append("\r\n");
    }
    if (close) {
      head.append("Connection: close\r\n");
    }
    head.append("\r\n");
    return new RequestBytes(head.toString().getBytes(StandardCharsets.UTF_8), body, block);
  }

  /// A line of so many bytes, the line feed included, at least 1.
  public static RequestBytes line(long bytes) {
    if (bytes < 1 || bytes > BLOCK) {
      throw new IllegalArgumentException("a line has 1 to " + BLOCK + " bytes: " + bytes);
    }
    byte[] line = new byte[(int) bytes];
    ByteBuffer block = block();
    block.flip().get(line);
    line[line.length - 1] = '\n';
    return new RequestBytes(line, 0, block);
  }

  /// A datagram of so many bytes, the first eight of which are for a number.
  public static RequestBytes datagram(long bytes) {
    if (bytes < Long.BYTES || bytes > LARGEST_DATAGRAM) {
      throw new IllegalArgumentException(
          "a datagram with a number has 8 to " + LARGEST_DATAGRAM + " bytes: " + bytes);
    }
    byte[] all = new byte[(int) bytes];
    ByteBuffer block = block();
    block.flip().get(all);
    return new RequestBytes(all, 0, block);
  }

  /// The whole datagram, with this number.
  public ByteBuffer numbered(long number) {
    return front.clear().putLong(0, number);
  }

  /// Bytes of the request, whole.
  public long size() {
    return size;
  }

  /// Some of the bytes from a place on, at least one where the place is below the size.
  public ByteBuffer from(long place, long atMost) {
    int inFront = front.capacity();
    if (place < inFront) {
      int end = (int) Math.min(inFront, place + atMost);
      return front.limit(end).position((int) place);
    }
    int at = (int) ((place - inFront) % BLOCK);
    long end = Math.min(Math.min(BLOCK, at + atMost), at + size - place);
    return block.limit((int) end).position(at);
  }
}
