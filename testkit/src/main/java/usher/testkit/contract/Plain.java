package usher.testkit.contract;

import java.nio.ByteBuffer;
import java.util.function.Function;
import usher.session.Cause;
import usher.session.Opening;
import usher.session.Outcome;
import usher.session.Protocol;
import usher.session.Session;
import usher.session.Step;

/// A session that throws away what it hears, says nothing, and ends when it is told to: to be
/// overridden where a behaviour needs more.
abstract class Plain implements Session {
  boolean over;

  /// A protocol whose sessions are made so.
  static Protocol protocol(Function<Opening, Session> sessions) {
    return new Protocol() {
      @Override
      public String name() {
        return "plain";
      }

      @Override
      public Session open(Opening opening) {
        return sessions.apply(opening);
      }
    };
  }

  @Override
  public void receive(ByteBuffer in) {
    in.position(in.limit());
  }

  @Override
  public void receiveEnd() {
    over = true;
  }

  @Override
  public void complete(long key, Outcome outcome) {}

  @Override
  public void expire(long now) {
    over = true;
  }

  @Override
  public void drain(long parting) {
    over = true;
  }

  @Override
  public void lost(Cause cause) {}

  @Override
  public Step next(long now) {
    return over ? Step.LINGER : Step.INPUT;
  }

  @Override
  public long deadline() {
    return NEVER;
  }
}
