package usher.bench.micro.treadmill;

import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.spi.AbstractSelectionKey;

/// Interest is kept and given back; readiness is whatever is of interest.
final class TreadmillKey extends AbstractSelectionKey {
  private final TreadmillSelector selector;
  private final SelectableChannel channel;
  private int interest;

  TreadmillKey(TreadmillSelector selector, SelectableChannel channel, int interest) {
    this.selector = selector;
    this.channel = channel;
    this.interest = interest;
  }

  boolean accepts() {
    return isValid() && (interest & OP_ACCEPT) != 0;
  }

  @Override
  public SelectableChannel channel() {
    return channel;
  }

  @Override
  public Selector selector() {
    return selector;
  }

  @Override
  public int interestOps() {
    return interest;
  }

  @Override
  public SelectionKey interestOps(int ops) {
    interest = ops;
    return this;
  }

  @Override
  public int readyOps() {
    return interest;
  }
}
