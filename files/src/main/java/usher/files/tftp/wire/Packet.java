package usher.files.tftp.wire;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// A packet of TFTP (RFC 1350, 5; RFC 2347).
///
/// ```
///   opcode  1, 2   RRQ, WRQ   name 0 mode 0 [option 0 value 0]…
///           3      DATA       number, bytes
///           4      ACK        number
///           5      ERROR      code, text 0
///           6      OACK       [option 0 value 0]…
/// ```
///
/// Numbers are of two bytes, the high one first.
public sealed interface Packet {
  /// The opcode, and the number that most packets have behind it.
  int HEAD = 4;

  /// What a request may have (RFC 2347).
  int MOST_REQUEST = 512;

  /// A wish to read a file, or to write one.
  ///
  /// @param mode in lower case; it may be one that nobody knows
  /// @param options by name, in lower case and in the order of their coming
  record Request(boolean writes, String name, String mode, Map<String, String> options)
      implements Packet {}

  /// A block of the file. The last one is shorter than all others, and may be empty.
  @SuppressWarnings("ArrayRecordComponent") // passed on, and never compared
  record Data(int number, byte[] bytes) implements Packet {}

  /// The blocks up to this one have come.
  record Ack(int number) implements Packet {}

  /// It is over. Nobody answers this.
  record Fault(int code, String text) implements Packet {}

  /// The options that are agreed to.
  record OptionAck(Map<String, String> options) implements Packet {}

  /// Reads a packet, a whole datagram.
  ///
  /// @throws TftpException with `ILLEGAL_OPERATION` if it is none, `ACCESS_VIOLATION` if the name
  ///   is not UTF-8, `OPTION_REFUSED` if an option stands there twice
  static Packet of(ByteBuffer datagram) throws TftpException {
    return new PacketReader(datagram).packet();
  }

  /// As a datagram.
  default ByteBuffer datagram() {
    return switch (this) {
      case Request request -> {
        ByteArrayOutputStream out = opcode(request.writes() ? 2 : 1);
        put(out, request.name().getBytes(StandardCharsets.UTF_8));
        put(out, request.mode().getBytes(StandardCharsets.ISO_8859_1));
        yield texts(out, request.options());
      }
      case Data(int number, byte[] bytes) -> head(3, number, bytes.length).put(bytes).flip();
      case Ack(int number) -> head(4, number, 0).flip();
      case Fault(int code, String text) -> {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        yield head(5, code, bytes.length + 1).put(bytes).put((byte) 0).flip();
      }
      case OptionAck(var options) -> texts(opcode(6), options);
    };
  }

  private static ByteBuffer head(int opcode, int number, int more) {
    return ByteBuffer.allocate(HEAD + more).putShort((short) opcode).putShort((short) number);
  }

  private static ByteArrayOutputStream opcode(int opcode) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(0);
    out.write(opcode);
    return out;
  }

  private static void put(ByteArrayOutputStream out, byte[] text) {
    out.writeBytes(text);
    out.write(0);
  }

  private static ByteBuffer texts(ByteArrayOutputStream out, Map<String, String> pairs) {
    pairs.forEach(
        (name, value) -> {
          put(out, name.getBytes(StandardCharsets.ISO_8859_1));
          put(out, value.getBytes(StandardCharsets.ISO_8859_1));
        });
    return ByteBuffer.wrap(out.toByteArray());
  }
}
