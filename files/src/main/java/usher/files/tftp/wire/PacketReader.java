package usher.files.tftp.wire;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// Takes a datagram apart. What is behind the end of a packet is not tolerated, but for the text of
/// an ERROR, which nobody depends on: some leave out its last byte.
final class PacketReader {
  private final ByteBuffer in;

  PacketReader(ByteBuffer in) {
    this.in = in;
  }

  Packet packet() throws TftpException {
    if (in.remaining() < 2) {
      throw wrong("a packet has an opcode");
    }
    int opcode = number();
    return switch (opcode) {
      case 1, 2 -> request(opcode == 2);
      case 3 -> {
        int number = number("DATA");
        byte[] bytes = new byte[in.remaining()];
        in.get(bytes);
        yield new Packet.Data(number, bytes);
      }
      case 4 -> {
        int number = number("ACK");
        end("ACK");
        yield new Packet.Ack(number);
      }
      case 5 -> new Packet.Fault(number("ERROR"), rest());
      case 6 -> new Packet.OptionAck(options());
      default -> throw wrong("there is no opcode " + opcode);
    };
  }

  private Packet.Request request(boolean writes) throws TftpException {
    byte[] name = bytes("a name");
    String mode = text("a mode").toLowerCase(Locale.ROOT);
    return new Packet.Request(writes, name(name), mode, options());
  }

  private static String name(byte[] bytes) throws TftpException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException other) {
      throw new TftpException(Trouble.ACCESS_VIOLATION, "a name is text in UTF-8");
    }
  }

  private Map<String, String> options() throws TftpException {
    Map<String, String> options = new LinkedHashMap<>();
    while (in.hasRemaining()) {
      String name = text("an option").toLowerCase(Locale.ROOT);
      if (options.put(name, text("the value of an option")) != null) {
        throw new TftpException(Trouble.OPTION_REFUSED, "an option stands there twice");
      }
    }
    return options;
  }

  private int number() {
    return Short.toUnsignedInt(in.getShort());
  }

  private int number(String of) throws TftpException {
    if (in.remaining() < 2) {
      throw wrong("a number is missing in " + of);
    }
    return number();
  }

  private void end(String of) throws TftpException {
    if (in.hasRemaining()) {
      throw wrong(of + " is too long");
    }
  }

  private String text(String what) throws TftpException {
    return new String(bytes(what), StandardCharsets.ISO_8859_1);
  }

  /// Up to a byte of 0.
  private byte[] bytes(String what) throws TftpException {
    int length = length();
    if (length == in.remaining()) {
      throw wrong(what + " has no end");
    }
    byte[] bytes = new byte[length];
    in.get(bytes).get();
    return bytes;
  }

  private String rest() {
    byte[] bytes = new byte[length()];
    in.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private int length() {
    int length = 0;
    while (length < in.remaining() && in.get(in.position() + length) != 0) {
      length++;
    }
    return length;
  }

  private static TftpException wrong(String why) {
    return new TftpException(Trouble.ILLEGAL_OPERATION, why);
  }
}
