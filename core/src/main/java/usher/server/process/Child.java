package usher.server.process;

import java.io.DataOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import usher.session.Peer;

/// A child as its parent knows it. Owned by the nursery's thread.
///
/// ```
///   STARTING ──ready──► READY ──(worn)──► LEAVING ──► gone
///       └─────────────────┴─────────killed─────────────┘
/// ```
final class Child {
  enum State {
    STARTING,
    READY,
    LEAVING
  }

  private final ProcessHandle process;
  private final DataOutputStream life;
  final int place;
  final Map<Long, Peer> clients = new HashMap<>();

  State state = State.STARTING;

  /// It has served enough and leaves once its successor is ready.
  boolean worn;

  /// We have ended it, and have said why.
  boolean killed;

  /// The last sign of life.
  long heard;

  /// Who holds a loop of it, if one does not come back.
  @Nullable Note holder;

  /// How long silent clients may be awaited, once it leaves.
  private long told;

  long readyAt;
  int served;

  /// Until it watches its parent by itself the kernel does: nothing keeps it, wherever its `main`
  /// hangs, when the parent has ended.
  private @Nullable Runnable unleash;

  /// @param unleash has the kernel no longer kill it when its pipe ends or has something in it
  Child(ProcessHandle process, int life, Runnable unleash, int place, long now) throws IOException {
    this.process = process;
    this.unleash = unleash;
    this.life = new DataOutputStream(new FileOutputStream("/proc/self/fd/" + life));
    this.place = place;
    this.heard = now;
  }

  int number() {
    return (int) process.pid();
  }

  /// Has had no client and may get one.
  boolean fresh() {
    return state != State.LEAVING && served == 0;
  }

  /// Waits for its first client.
  boolean waits() {
    return state == State.READY && served == 0;
  }

  boolean stays() {
    return state != State.LEAVING && !worn;
  }

  /// Has it finish its clients and end. May be said again, with less time.
  void leave(long parting) {
    if (state == State.LEAVING && parting >= told) {
      return;
    }
    state = State.LEAVING;
    told = parting;
    unleash();
    try {
      life.writeLong(parting);
      life.flush();
    } catch (IOException gone) {
      // It has ended already.
    }
  }

  void kill() {
    killed = true;
    process.destroyForcibly();
  }

  /// Whom it serves, for a log line.
  String guests() {
    return clients.isEmpty()
        ? "nobody"
        : clients.values().stream().limit(3).map(Peer::remote).collect(Collectors.joining(", "))
            + (clients.size() > 3 ? " and " + (clients.size() - 3) + " others" : "");
  }

  /// It watches its parent by itself, or has ended.
  void unleash() {
    if (unleash != null) {
      unleash.run();
      unleash = null;
    }
  }

  void close() {
    unleash();
    try {
      life.close();
    } catch (IOException ignored) {
      // Nothing was left to be written.
    }
  }
}
