package usher.server;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import usher.session.Cause;
import usher.session.Opening;
import usher.session.Outcome;
import usher.session.Protocol;
import usher.session.Session;
import usher.session.Step;

/// Lends each connection to a [StreamHandler] and closes it when the handler returns.
final class StreamProtocol implements Protocol {
  private final String name;
  private final StreamHandler handler;

  StreamProtocol(String name, StreamHandler handler) {
    this.name = name;
    this.handler = handler;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Session open(Opening opening) {
    return new StreamSession(opening);
  }

  private final class StreamSession implements Session {
    private final Opening opening;
    private boolean lent;
    private @Nullable Outcome outcome;

    StreamSession(Opening opening) {
      this.opening = opening;
    }

    @Override
    public void receive(ByteBuffer in) {}

    @Override
    public void receiveEnd() {}

    @Override
    public void complete(long key, Outcome ended) {
      outcome = ended;
    }

    @Override
    public void expire(long now) {}

    @Override
    public void drain(long parting) {}

    @Override
    public void lost(Cause cause) {}

    @Override
    public Step next(long now) {
      if (!lent) {
        lent = true;
        return new Step.Converse(0, (in, out) -> handler.handle(in, out, opening.peer()));
      }
      return switch (outcome) {
        case null -> Step.QUIET;
        case Outcome.Value _ -> Step.LINGER;
        case Outcome.Failure(Throwable thrown) -> throw new HandlerFailed(name, thrown);
      };
    }

    @Override
    public String task() {
      return name;
    }

    @Override
    public long deadline() {
      return NEVER;
    }
  }

  /// A handler threw: the connection ends in disorder, so that its client takes no part for the
  /// whole.
  private static final class HandlerFailed extends RuntimeException {
    private static final long serialVersionUID = 1;

    HandlerFailed(String name, Throwable thrown) {
      super("the handler of " + name + " failed", thrown, false, false);
    }
  }
}
