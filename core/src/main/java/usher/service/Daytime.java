package usher.service;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import usher.session.Opening;
import usher.session.Protocol;
import usher.session.Session;
import usher.session.Step;

/// Says the date and time in a line and closes, whatever the peer sends (RFC 867). The line is the
/// RFC's own example of a syntax, in UTC: `Friday, November 20, 2026 21:43:00-UTC`.
public final class Daytime implements Protocol {
  private static final DateTimeFormatter LINE =
      DateTimeFormatter.ofPattern("EEEE, MMMM d, uuuu HH:mm:ss'-UTC\r\n'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  /// The service.
  public Daytime() {}

  @Override
  public String name() {
    return "daytime";
  }

  @Override
  public Session open(Opening opening) {
    return new DaytimeSession(opening);
  }

  /// The line for this time.
  public static String line(Instant time) {
    return LINE.format(time);
  }

  private static final class DaytimeSession extends Quiet {
    private final Opening opening;
    private boolean said;

    DaytimeSession(Opening opening) {
      super(opening);
      this.opening = opening;
    }

    @Override
    public void receive(ByteBuffer in) {
      in.position(in.limit());
    }

    @Override
    public Step next(long now) {
      if (said) {
        return Step.LINGER;
      }
      said = true;
      String line = line(opening.wall().instant());
      return new Step.Write(ByteBuffer.wrap(line.getBytes(StandardCharsets.US_ASCII)));
    }
  }
}
