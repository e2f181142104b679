package usher.files.frame;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// One message as it stands on the wire: a length of two bytes and that many bytes of text. Both
/// ends use it.
public final class Frame {
  /// The most bytes of a text.
  public static final int MOST = 2048;

  private static final int HEAD = 2;

  private final byte[] head = new byte[HEAD];
  private int headBytes;
  private byte @Nullable [] text;
  private int filled;

  /// Nothing has come yet.
  public Frame() {}

  /// A message, ready to be sent.
  ///
  /// @throws IllegalArgumentException if the text is empty or longer than [#MOST] bytes
  public static byte[] of(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length == 0 || bytes.length > MOST) {
      throw new IllegalArgumentException("a message has 1 to " + MOST + " bytes: " + bytes.length);
    }
    byte[] all = new byte[HEAD + bytes.length];
    all[0] = (byte) (bytes.length >> 8);
    all[1] = (byte) bytes.length;
    System.arraycopy(bytes, 0, all, HEAD, bytes.length);
    return all;
  }

  /// Takes what belongs to one message.
  ///
  /// @return its text when it is whole, and null before; then the next one may begin
  /// @throws FrameException if it is empty, too long, or no UTF-8
  public @Nullable String read(ByteBuffer in) throws FrameException {
    while (headBytes < HEAD && in.hasRemaining()) {
      head[headBytes++] = in.get();
    }
    if (headBytes < HEAD) {
      return null;
    }
    byte[] into = text;
    if (into == null) {
      int length = ((head[0] & 0xff) << 8) | (head[1] & 0xff);
      if (length == 0 || length > MOST) {
        throw new FrameException("a message has 1 to " + MOST + " bytes, not " + length);
      }
      into = new byte[length];
      text = into;
      filled = 0;
    }
    int count = Math.min(in.remaining(), into.length - filled);
    in.get(into, filled, count);
    filled += count;
    if (filled < into.length) {
      return null;
    }
    headBytes = 0;
    text = null;
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(into)).toString();
    } catch (CharacterCodingException wrong) {
      throw new FrameException("a message is text in UTF-8");
    }
  }

  /// Whether a part of a message has come.
  public boolean begun() {
    return headBytes > 0;
  }
}
