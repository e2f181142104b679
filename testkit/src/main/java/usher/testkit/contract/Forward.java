package usher.testkit.contract;

import java.nio.ByteBuffer;
import usher.session.Cause;
import usher.session.Outcome;
import usher.session.Session;
import usher.session.Step;

/// A session that does as another one does, but for what a behaviour makes it do otherwise.
class Forward implements Session {
  private final Session session;

  Forward(Session session) {
    this.session = session;
  }

  @Override
  public void receive(ByteBuffer in) {
    session.receive(in);
  }

  @Override
  public void receiveEnd() {
    session.receiveEnd();
  }

  @Override
  public void complete(long key, Outcome outcome) {
    session.complete(key, outcome);
  }

  @Override
  public void expire(long now) {
    session.expire(now);
  }

  @Override
  public void drain(long parting) {
    session.drain(parting);
  }

  @Override
  public void lost(Cause cause) {
    session.lost(cause);
  }

  @Override
  public Step next(long now) {
    return session.next(now);
  }

  @Override
  public long deadline() {
    return session.deadline();
  }
}
