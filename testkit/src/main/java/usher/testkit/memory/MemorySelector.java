package usher.testkit.memory;

import java.nio.channels.ClosedSelectorException;
import java.nio.channels.IllegalSelectorException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.spi.AbstractSelectableChannel;
import java.nio.channels.spi.AbstractSelector;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A level-triggered selector over the channels of one network.
///
/// Pollables tell it when they change; a key whose channel was ready stays a candidate until a
/// selection finds that it no longer is. So a selection looks at what is ready, not at all keys.
///
/// It keeps to what the JDK's own selector does, where a driver may come to rely on it: a changed
/// interest set counts from the next selection, a key that is cancelled by an action is still
/// handed to the action if it was ready, and a closed channel is freed when its keys are flushed.
///
/// Locks, in this order: the selector, the selected keys, then either a channel's own or the
/// network's. Timeouts are in real time. A virtual thread that selects parks and frees its carrier.
final class MemorySelector extends AbstractSelector {
  private static final long FOREVER = -1;

  private final ReentrantLock lock;
  private final Condition changed;
  private final Set<SelectionKey> keys = ConcurrentHashMap.newKeySet();
  private final Set<SelectionKey> publicKeys = Collections.unmodifiableSet(keys);

  // Guarded by the monitors of the selector and of the public selected keys.
  private final Set<SelectionKey> selected = new HashSet<>();
  private final Set<SelectionKey> publicSelected = new SelectedKeys(selected);
  private boolean selecting;

  // Guarded by the lock. Every key whose channel is ready for what it polls is a candidate.
  private final Set<MemoryKey> updated = new LinkedHashSet<>();
  private final Set<MemoryKey> candidates = new LinkedHashSet<>();
  private boolean woken;

  MemorySelector(MemoryNetwork network) {
    super(network);
    this.lock = network.lock();
    this.changed = lock.newCondition();
  }

  // -- Keys

  @Override
  public Set<SelectionKey> keys() {
    requireOpen();
    return publicKeys;
  }

  @Override
  public Set<SelectionKey> selectedKeys() {
    requireOpen();
    return publicSelected;
  }

  @Override
  protected SelectionKey register(
      AbstractSelectableChannel channel, int ops, @Nullable Object attachment) {
    if (!(channel instanceof Registrable registrable) || !channel.provider().equals(provider())) {
      throw new IllegalSelectorException();
    }
    requireOpen();
    MemoryKey key = new MemoryKey(this, channel, registrable.pollable());
    key.attach(attachment);
    keys.add(key);
    locked(() -> key.pollable().add(key));
    key.interestOps(ops);
    if (!isOpen()) {
      locked(() -> forget(key));
      keys.remove(key);
      key.cancel();
      throw new ClosedSelectorException();
    }
    return key;
  }

  /// The key's interest has changed: the next selection takes it over.
  void update(MemoryKey key) {
    locked(() -> updated.add(key));
  }

  /// The key's channel has changed, with the lock held.
  void consider(MemoryKey key) {
    if ((key.pollable().ready() & key.polled) != 0) {
      candidates.add(key);
      changed.signalAll();
    }
  }

  // -- Selecting

  @Override
  public int selectNow() {
    return run(null, 0);
  }

  @Override
  public int select() {
    return run(null, FOREVER);
  }

  @Override
  public int select(long timeout) {
    return run(null, millis(timeout));
  }

  @Override
  public int selectNow(Consumer<SelectionKey> action) {
    return run(Objects.requireNonNull(action), 0);
  }

  @Override
  public int select(Consumer<SelectionKey> action) {
    return run(Objects.requireNonNull(action), FOREVER);
  }

  @Override
  public int select(Consumer<SelectionKey> action, long timeout) {
    return run(Objects.requireNonNull(action), millis(timeout));
  }

  private static long millis(long timeout) {
    if (timeout < 0) {
      throw new IllegalArgumentException("Negative timeout");
    }
    return timeout == 0 ? FOREVER : timeout;
  }

  private synchronized int run(@Nullable Consumer<SelectionKey> action, long timeout) {
    requireOpen();
    if (selecting) {
      throw new IllegalStateException("select in progress");
    }
    selecting = true;
    try {
      synchronized (publicSelected) {
        flushCancelled();
        List<MemoryKey> ready = poll(timeout);
        flushCancelled();
        return report(ready, action);
      }
    } finally {
      selecting = false;
    }
  }

  private List<MemoryKey> poll(long timeout) {
    boolean blocking = timeout != 0;
    if (blocking) {
      begin();
    }
    try {
      lock.lock();
      try {
        for (MemoryKey key : updated) {
          key.polled = key.interest();
          consider(key);
        }
        updated.clear();
        List<MemoryKey> ready = awaitReady(timeout);
        woken = false;
        return ready;
      } finally {
        lock.unlock();
      }
    } finally {
      if (blocking) {
        end();
      }
    }
  }

  private List<MemoryKey> awaitReady(long timeout) {
    long left = TimeUnit.MILLISECONDS.toNanos(timeout);
    List<MemoryKey> ready = ready();
    while (ready.isEmpty() && !woken && timeout != 0 && isOpen()) {
      if (timeout == FOREVER) {
        // An interrupt wakes the selector, and that ends the wait.
        changed.awaitUninterruptibly();
      } else if (left <= 0) {
        break;
      } else {
        try {
          left = changed.awaitNanos(left);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return ready();
        }
      }
      ready = ready();
    }
    return ready;
  }

  // Drops the candidates that are not ready any more.
  private List<MemoryKey> ready() {
    List<MemoryKey> ready = new ArrayList<>(candidates.size());
    for (Iterator<MemoryKey> i = candidates.iterator(); i.hasNext(); ) {
      MemoryKey key = i.next();
      key.observed = key.pollable().ready() & key.polled;
      if (key.observed != 0) {
        ready.add(key);
      } else {
        i.remove();
      }
    }
    return ready;
  }

  private int report(List<MemoryKey> ready, @Nullable Consumer<SelectionKey> action) {
    int count = 0;
    for (MemoryKey key : ready) {
      if (!keys.contains(key)) {
        continue;
      }
      if (action != null) {
        if (key.setReady()) {
          action.accept(key);
          requireOpen();
          count++;
        }
      } else if (selected.contains(key)) {
        count += key.addReady() ? 1 : 0;
      } else if (key.setReady()) {
        selected.add(key);
        count++;
      }
    }
    return count;
  }

  @Override
  public Selector wakeup() {
    locked(
        () -> {
          woken = true;
          changed.signalAll();
        });
    return this;
  }

  // -- Ending

  private void flushCancelled() {
    Set<SelectionKey> cancelled = cancelledKeys();
    List<SelectionKey> flushed;
    synchronized (cancelled) {
      flushed = List.copyOf(cancelled);
      cancelled.clear();
    }
    for (SelectionKey key : flushed) {
      flush((MemoryKey) key);
    }
  }

  private void flush(MemoryKey key) {
    locked(() -> forget(key));
    selected.remove(key);
    keys.remove(key);
    deregister(key);
    SelectableChannel channel = key.channel();
    if (!channel.isOpen() && !channel.isRegistered()) {
      ((Registrable) channel).release();
    }
  }

  private void forget(MemoryKey key) {
    updated.remove(key);
    candidates.remove(key);
    key.pollable().remove(key);
  }

  @Override
  protected void implCloseSelector() {
    wakeup();
    synchronized (this) {
      synchronized (publicSelected) {
        for (SelectionKey key : keys) {
          flush((MemoryKey) key);
        }
      }
    }
  }

  private void requireOpen() {
    if (!isOpen()) {
      throw new ClosedSelectorException();
    }
  }

  private void locked(Runnable change) {
    lock.lock();
    try {
      change.run();
    } finally {
      lock.unlock();
    }
  }
}
