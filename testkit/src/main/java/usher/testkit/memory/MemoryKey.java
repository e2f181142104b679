package usher.testkit.memory;

import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.spi.AbstractSelectableChannel;
import java.nio.channels.spi.AbstractSelectionKey;

/// The registration of a channel with a [MemorySelector].
///
/// There are two interest sets, as with the JDK's own selectors: the one that users see and change
/// at any time, and the one that is polled for, which takes over the first when a selection begins.
final class MemoryKey extends AbstractSelectionKey {
  private final MemorySelector selector;
  private final AbstractSelectableChannel channel;
  private final Pollable pollable;

  private volatile int interest;
  private volatile int ready;

  /// Guarded by the lock of the network.
  int polled;

  /// What was found ready in the selection that is under way; for the selecting thread only.
  int observed;

  MemoryKey(MemorySelector selector, AbstractSelectableChannel channel, Pollable pollable) {
    this.selector = selector;
    this.channel = channel;
    this.pollable = pollable;
  }

  Pollable pollable() {
    return pollable;
  }

  @Override
  public SelectableChannel channel() {
    return channel;
  }

  @Override
  public MemorySelector selector() {
    return selector;
  }

  @Override
  public int interestOps() {
    requireValid();
    return interest;
  }

  @Override
  public SelectionKey interestOps(int ops) {
    requireValid();
    if ((ops & ~channel.validOps()) != 0) {
      throw new IllegalArgumentException("not all operations are valid for the channel: " + ops);
    }
    interest = ops;
    selector.update(this);
    return this;
  }

  @Override
  public int readyOps() {
    requireValid();
    return ready;
  }

  /// The interest set, whether the key is valid or not.
  int interest() {
    return interest;
  }

  /// Replaces the ready set by what was observed; true if anything is in it.
  boolean setReady() {
    ready = observed & interest;
    return ready != 0;
  }

  /// Adds what was observed to the ready set; true if that changed it.
  boolean addReady() {
    int before = ready;
    ready = before | (observed & interest);
    return ready != before;
  }

  private void requireValid() {
    if (!isValid()) {
      throw new CancelledKeyException();
    }
  }
}
