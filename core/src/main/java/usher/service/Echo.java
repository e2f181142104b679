package usher.service;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import usher.session.Opening;
import usher.session.Protocol;
import usher.session.Session;
import usher.session.Step;

/// Sends back what comes, until the peer ends (RFC 862).
public final class Echo implements Protocol {
  /// The service.
  public Echo() {}

  @Override
  public String name() {
    return "echo";
  }

  @Override
  public Session open(Opening opening) {
    return new EchoSession(opening);
  }

  private static final class EchoSession extends Quiet {
    /// Bytes of one step; more stays with the driver until these are sent.
    private static final int MOST = 16 << 10;

    private @Nullable ByteBuffer heard;

    EchoSession(Opening opening) {
      super(opening);
    }

    @Override
    public void receive(ByteBuffer in) {
      stir();
      if (heard == null) {
        int count = Math.min(in.remaining(), MOST);
        heard = ByteBuffer.allocate(count);
        heard.put(0, in, in.position(), count);
        in.position(in.position() + count);
      }
    }

    @Override
    public Step next(long now) {
      ByteBuffer bytes = heard;
      if (bytes != null) {
        heard = null;
        return new Step.Write(bytes);
      }
      if (ended || over) {
        return over ? Step.LINGER : Step.CLOSE;
      }
      await(now);
      return Step.INPUT;
    }
  }
}
