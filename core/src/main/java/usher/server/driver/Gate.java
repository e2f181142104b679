package usher.server.driver;

import java.io.IOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import org.jspecify.annotations.Nullable;

/// A socket of the server itself on a loop, at which clients or datagrams arrive. It can pause, and
/// survives everything but its own end.
///
/// ```
///   made ──open──► listening ◄──reopen── paused
///                      │ ▲──pause──────────▲
///                      └──stop, channel closed──► gone
/// ```
///
/// Everything but [#open] runs on the loop's thread.
public abstract sealed class Gate extends Alarm permits Door, Inlet {
  private static final long PAUSE = 100_000_000;

  /// After how many events with one arrival each a second one is looked for.
  private static final int PATIENCE = 16;

  final Loop loop;
  private final SelectableChannel channel;
  private final int operation;

  /// Arrivals that are taken in a row before others get their turn.
  private final int most;

  private int budget = 1;
  private int lonely;
  private @Nullable SelectionKey key;
  private boolean stopped;

  Gate(Loop loop, SelectableChannel channel, int operation, int most) {
    this.loop = loop;
    this.channel = channel;
    this.operation = operation;
    this.most = most;
  }

  /// Takes the chair, where there is one, before anybody is let in. Without it, listens no more
  /// until it is free.
  final boolean sits(@Nullable Chair chair) {
    if (chair == null || chair.take(() -> loop.post(this::reopen))) {
      return true;
    }
    await();
    return false;
  }

  /// Nobody sits on it after all.
  static void rise(@Nullable Chair chair) {
    if (chair != null) {
      chair.give();
    }
  }

  /// Takes one that has arrived. False if there was none, or none may be taken now.
  abstract boolean take() throws IOException;

  /// Something has arrived. Looking once more than needed costs a system call, so how many are
  /// looked for follows how many were found before.
  final void ready() {
    int found = 0;
    try {
      while (found < budget && take()) {
        found++;
      }
    } catch (ClosedChannelException end) {
      loop.unwatch(this);
    } catch (IOException thrown) {
      pause(thrown);
    }
    if (found < budget) {
      budget = Math.max(1, found);
    } else if (budget > 1 || ++lonely == PATIENCE) {
      lonely = 0;
      budget = Math.min(most, budget * 2);
    }
  }

  /// Begins to listen. From any thread.
  public final void open() {
    loop.post(this::listen);
  }

  private void listen() {
    if (stopped) {
      return;
    }
    try {
      channel.configureBlocking(false);
      key = channel.register(loop.selector, operation, this);
      loop.watch(this, loop.now());
    } catch (IOException thrown) {
      loop.house.probe.acceptFailed(thrown);
    }
  }

  /// The system refused what should have been there: tries again after a pause.
  private void pause(IOException thrown) {
    loop.house.probe.acceptFailed(thrown);
    await();
    due = loop.now() + PAUSE;
    loop.ringEarlier(this);
  }

  /// Listens no more until [#reopen].
  final void await() {
    interest(0);
  }

  /// Listens again.
  final void reopen() {
    due = Long.MAX_VALUE;
    interest(operation);
  }

  /// Listens no more; the channel stays open, for others to listen to.
  final void stop() {
    stopped = true;
    if (key != null) {
      key.cancel();
    }
    loop.unwatch(this);
  }

  private void interest(int operations) {
    SelectionKey open = key;
    if (open == null || stopped) {
      return;
    }
    try {
      open.interestOps(operations);
    } catch (CancelledKeyException closed) {
      // Another thread has closed the channel, perhaps this very moment: nobody comes any more.
    }
  }
}
