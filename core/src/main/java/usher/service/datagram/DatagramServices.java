package usher.service.datagram;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntUnaryOperator;
import usher.server.Datagram;
import usher.server.DatagramHandler;
import usher.service.Chargen;
import usher.service.Daytime;

/// Echo, discard, daytime and character generator for UDP addresses. None of them blocks.
///
/// Two services that answer everything can be made to talk to each other for ever, by one datagram
/// with a forged sender. So nothing is answered that comes from a port of such services, nor from
/// the very port number that is served here; discard answers nobody anyhow.
public final class DatagramServices {
  /// The longest answer of the character generator.
  private static final int CHARACTERS = 512;

  private DatagramServices() {}

  /// Sends each datagram back (RFC 862).
  public static DatagramHandler echo() {
    return careful(in -> in.reply(in.bytes()));
  }

  /// Throws each datagram away (RFC 863).
  public static DatagramHandler discard() {
    return DatagramHandler.inline(_ -> {});
  }

  /// Answers each datagram with the date and time, whatever it says (RFC 867).
  public static DatagramHandler daytime(InstantSource wall) {
    return careful(
        in -> {
          String line = Daytime.line(wall.instant());
          in.reply(ByteBuffer.wrap(line.getBytes(StandardCharsets.US_ASCII)));
        });
  }

  /// Answers each datagram with a random number of characters, from 0 to 512, whatever it says (RFC
  /// 864).
  public static DatagramHandler chargen() {
    return chargen(bound -> ThreadLocalRandom.current().nextInt(bound));
  }

  /// The same.
  ///
  /// @param below gives a number from 0 to below its argument; called from many threads
  public static DatagramHandler chargen(IntUnaryOperator below) {
    return careful(in -> in.reply(Chargen.characters(below.applyAsInt(CHARACTERS + 1))));
  }

  private static DatagramHandler careful(DatagramHandler service) {
    return DatagramHandler.inline(
        in -> {
          if (!talkative(in)) {
            service.handle(in);
          }
        });
  }

  private static boolean talkative(Datagram in) {
    int port = in.from().getPort();
    return switch (port) {
      // Echo, daytime, quote of the day, character generator, time.
      case 7, 13, 17, 19, 37 -> true;
      default -> port == in.to().getPort();
    };
  }
}
