package usher.service;

import java.nio.ByteBuffer;
import usher.session.Opening;
import usher.session.Protocol;
import usher.session.Session;
import usher.session.Step;

/// Sends lines of 72 printable characters, each a step further than the one before, until the peer
/// ends (RFC 864). Nothing but back-pressure holds it.
public final class Chargen implements Protocol {
  private static final int PRINTABLE = 95;
  private static final int WIDTH = 72;
  private static final int LINE = WIDTH + 2;

  /// The whole pattern once: after as many lines as there are characters it repeats.
  private static final byte[] PATTERN = pattern();

  /// The service.
  public Chargen() {}

  @Override
  public String name() {
    return "chargen";
  }

  @Override
  public Session open(Opening opening) {
    return new ChargenSession(opening);
  }

  /// The first so many bytes of the lines, at most one round of them (7,030), read-only.
  public static ByteBuffer characters(int count) {
    return ByteBuffer.wrap(PATTERN, 0, count).asReadOnlyBuffer();
  }

  private static byte[] pattern() {
    byte[] all = new byte[PRINTABLE * LINE];
    for (int line = 0; line < PRINTABLE; line++) {
      for (int column = 0; column < WIDTH; column++) {
        all[line * LINE + column] = (byte) (' ' + (line + column) % PRINTABLE);
      }
      all[line * LINE + WIDTH] = '\r';
      all[line * LINE + WIDTH + 1] = '\n';
    }
    return all;
  }

  private static final class ChargenSession extends Quiet {
    ChargenSession(Opening opening) {
      super(opening);
    }

    @Override
    public void receive(ByteBuffer in) {
      in.position(in.limit());
    }

    @Override
    public Step next(long now) {
      return ended || over ? Step.LINGER : new Step.Write(ByteBuffer.wrap(PATTERN));
    }
  }
}
