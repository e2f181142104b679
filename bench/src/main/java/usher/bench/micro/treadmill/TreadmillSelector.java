package usher.bench.micro.treadmill;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.spi.AbstractSelectableChannel;
import java.nio.channels.spi.AbstractSelector;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Reports the listener until its connection is accepted, then the connection once for each turn
/// that was asked for, and blocks in between.
final class TreadmillSelector extends AbstractSelector {
  private static final int NONE = -1;

  private final Semaphore done;
  private final Semaphore wakeups = new Semaphore(0);

  /// Turns that were asked for and not yet begun to be counted down, or [#NONE].
  private final AtomicInteger wanted = new AtomicInteger(NONE);

  // What follows belongs to the loop's thread.
  private @Nullable TreadmillKey listener;
  private @Nullable TreadmillKey connection;
  private int left = NONE;

  TreadmillSelector(Treadmill provider, Semaphore done) {
    super(provider);
    this.done = done;
  }

  void begin(int turns) {
    wanted.set(turns);
    wakeups.release();
  }

  @Override
  public int select(Consumer<SelectionKey> action, long timeoutMillis) {
    while (true) {
      int count = selectNow(action);
      if (count > 0) {
        return count;
      }
      wakeups.acquireUninterruptibly();
      if (wanted.get() == NONE) {
        return 0;
      }
    }
  }

  @Override
  public int selectNow(Consumer<SelectionKey> action) {
    TreadmillKey key = connection;
    if (key == null) {
      TreadmillKey door = listener;
      if (door == null || !door.accepts()) {
        return 0;
      }
      action.accept(door);
      return 1;
    }
    if (left == NONE) {
      left = wanted.getAndSet(NONE);
    }
    if (left > 0 && key.isValid()) {
      left--;
      action.accept(key);
      return 1;
    }
    if (left != NONE) {
      left = NONE;
      done.release();
    }
    return 0;
  }

  @Override
  protected SelectionKey register(AbstractSelectableChannel channel, int ops, Object attachment) {
    TreadmillKey key = new TreadmillKey(this, channel, ops);
    key.attach(attachment);
    if (channel instanceof TreadmillListener) {
      listener = key;
    } else {
      connection = key;
    }
    return key;
  }

  @Override
  public Selector wakeup() {
    wakeups.release();
    return this;
  }

  @Override
  protected void implCloseSelector() {
    done.release();
  }

  @Override
  public Set<SelectionKey> keys() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Set<SelectionKey> selectedKeys() {
    throw new UnsupportedOperationException();
  }

  @Override
  public int selectNow() throws IOException {
    throw new UnsupportedOperationException();
  }

  @Override
  public int select(long timeout) throws IOException {
    throw new UnsupportedOperationException();
  }

  @Override
  public int select() throws IOException {
    throw new UnsupportedOperationException();
  }
}
