package usher.server.driver;

import java.io.IOException;
import java.nio.channels.CancelledKeyException;
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

  final Loop loop;
  private final SelectableChannel channel;
  private final int operation;
  private @Nullable SelectionKey key;
  private boolean stopped;

  Gate(Loop loop, SelectableChannel channel, int operation) {
    this.loop = loop;
    this.channel = channel;
    this.operation = operation;
  }

  /// Something has arrived.
  abstract void ready();

  /// Begins to listen. From any thread.
  public final void open() {
    loop.post(this::listen);
  }

  private void listen() {
    try {
      channel.configureBlocking(false);
      key = channel.register(loop.selector, operation, this);
      loop.watch(this, loop.now());
    } catch (IOException thrown) {
      loop.house.probe.acceptFailed(thrown);
    }
  }

  /// The system refused what should have been there: tries again after a pause.
  final void pause(IOException thrown) {
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

  /// Listens no more; the channel stays open.
  final void stop() {
    interest(0);
    stopped = true;
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
