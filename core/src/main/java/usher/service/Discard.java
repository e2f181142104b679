package usher.service;

import java.nio.ByteBuffer;
import usher.session.Opening;
import usher.session.Protocol;
import usher.session.Session;
import usher.session.Step;

/// Throws away what comes and says nothing (RFC 863).
public final class Discard implements Protocol {
  /// The service.
  public Discard() {}

  @Override
  public String name() {
    return "discard";
  }

  @Override
  public Session open(Opening opening) {
    return new DiscardSession(opening);
  }

  private static final class DiscardSession extends Quiet {
    DiscardSession(Opening opening) {
      super(opening);
    }

    @Override
    public void receive(ByteBuffer in) {
      stir();
      in.position(in.limit());
    }

    @Override
    public Step next(long now) {
      if (ended || over) {
        return over ? Step.LINGER : Step.CLOSE;
      }
      await(now);
      return Step.INPUT;
    }
  }
}
