package usher.server.driver;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import usher.server.Connected;
import usher.server.Model;
import usher.session.Cause;
import usher.session.Peer;

/// The readiness driver: one thread, one selector, thousands of connections.
///
/// ```
///   ┌─► select ──► accept · receive · read · write ──► mail from other threads ──► deadlines ──► turns cut short ─┐
///   └──────────────────────────────────────────────────────────────────────────────────────────────────┘
/// ```
///
/// Rules: only the loop's own thread, a platform thread, touches its connections and buffers; other
/// threads [#post]. Nothing in a round blocks but `select`, and user code that says it does not.
/// One buffer each way serves all connections, since only one has its turn at a time.
public final class Loop implements Runnable {
  private static final int BUFFER = 64 << 10;
  private static final long MILLI = 1_000_000;
  private static final long MOMENT = 1_000;

  /// Long enough; an hour rather than no end, since the sums below must not overflow.
  private static final long FOREVER = 3_600_000 * MILLI;

  final House house;
  final Selector selector;
  final @Nullable Crew crew;
  final ByteBuffer in = ByteBuffer.allocateDirect(BUFFER);
  final ByteBuffer out = ByteBuffer.allocateDirect(BUFFER);

  private final AlarmHeap<Alarm> alarms = new AlarmHeap<>();
  private final ConcurrentLinkedQueue<Runnable> mail = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean awake = new AtomicBoolean(true);
  private ArrayDeque<ReadinessConnection> turns = new ArrayDeque<>();
  private ArrayDeque<ReadinessConnection> others = new ArrayDeque<>();
  private long now;
  private long began;
  private volatile int load;

  /// Connections that are on their way here.
  private final AtomicInteger coming = new AtomicInteger();

  private long parting;
  private boolean draining;
  private boolean ended;

  /// The loop's thread has gone: nobody reads the mail any more.
  private volatile boolean gone;

  /// Whose turn it is just now: for whoever wonders why the loop does not come back.
  final Stint stint;

  /// A loop on a selector of its own.
  ///
  /// @param crew runs blocking calls, or null to run them on the loop
  public Loop(House house, Selector selector, @Nullable Crew crew) {
    this.house = house;
    this.selector = selector;
    this.crew = crew;
    this.stint = house.watchdog.loop();
  }

  /// Connections of this loop, roughly: read by other loops to choose the least loaded.
  public int load() {
    return load + coming.get();
  }

  /// Who holds the loop just now, if somebody does. From any thread.
  public @Nullable Peer holder() {
    return stint.client();
  }

  @Override
  public void run() {
    try (selector) {
      while (!ended) {
        try {
          select();
          round();
        } catch (VirtualMachineError thrown) {
          // Without memory for it. What this round left undone is found by the next.
          survive(thrown);
        }
        stint.end();
      }
      for (Alarm alarm : alarms.all()) {
        if (alarm instanceof ReadinessConnection connection) {
          connection.end(Cause.CUT);
        }
      }
      gone = true;
      readMail();
    } catch (IOException | ClosedSelectorException thrown) {
      throw new IllegalStateException("the selector failed", thrown);
    } finally {
      house.watchdog.forget(stint);
    }
  }

  private void survive(VirtualMachineError thrown) {
    try {
      house.probe.broken(thrown);
    } catch (VirtualMachineError again) {
      // Nor to tell of it.
    }
  }

  private void select() throws IOException {
    long ring = alarms.ring();
    long wait = ring == Long.MAX_VALUE ? FOREVER : Math.max(0, ring - house.now());
    // The time is taken when the first event is seen.
    began = -1;
    awake.set(false);
    if (wait == 0 || !mail.isEmpty() || !turns.isEmpty()) {
      awake.set(true);
      selector.selectNow(this::ready);
    } else {
      // Rounded up, so that a deadline has passed when the loop wakes for it.
      selector.select(this::ready, (wait + MILLI - 1) / MILLI);
      awake.set(true);
    }
  }

  private void round() {
    now = house.now();
    if (began >= 0) {
      house.probe.round(now - began);
    }
    readMail();
    for (Alarm first = alarms.first(); first != null && first.ring <= now; first = alarms.first()) {
      ring(first);
    }
    ArrayDeque<ReadinessConnection> mine = turns;
    turns = others;
    others = mine;
    for (ReadinessConnection next = mine.poll(); next != null; next = mine.poll()) {
      if (next.open()) {
        next.driveNow(now);
      }
    }
  }

  private void readMail() {
    for (Runnable letter = mail.poll(); letter != null; letter = mail.poll()) {
      guard(letter);
    }
  }

  private void ready(SelectionKey key) {
    if (began < 0) {
      now = house.now();
      began = now;
    }
    if (!key.isValid()) {
      return;
    }
    switch (key.attachment()) {
      case ReadinessConnection connection -> connection.ready(now);
      case Gate gate -> guard(gate::ready);
      default -> throw new AssertionError(key.attachment());
    }
  }

  /// The last line of defence: connections have a boundary of their own, and no letter ends the
  /// loop.
  private void guard(Runnable letter) {
    try {
      letter.run();
    } catch (Throwable thrown) {
      house.probe.broken(thrown);
    }
  }

  private void ring(Alarm alarm) {
    if (alarm.due > now) {
      alarms.move(alarm, Math.min(alarm.due, now + house.patrol));
      return;
    }
    alarms.move(alarm, now + house.patrol);
    switch (alarm) {
      case ReadinessConnection connection -> connection.overdueNow(now);
      case Gate gate -> gate.reopen();
      default -> throw new AssertionError(alarm);
    }
  }

  /// The time of this round.
  long now() {
    return now;
  }

  /// The time, after something in this round has waited.
  long later() {
    now = house.now();
    return now;
  }

  /// Has the loop do this in its next round. From any thread.
  public void post(Runnable letter) {
    mail.add(letter);
    if (gone) {
      // Nothing is left to be done but to turn away who came too late.
      readMail();
    } else if (awake.compareAndSet(false, true)) {
      selector.wakeup();
    }
  }

  /// Since when what this round finds has been waiting, as far as can be known.
  long asked() {
    return began >= 0 ? began : now;
  }

  /// Has the loop serve a new connection, whose seat is taken already, after all that are accepted
  /// in the same round: so they wait here, where it is seen for how long, and not in the kernel.
  /// From any thread.
  void seat(Arrival arrival) {
    int _ = coming.incrementAndGet();
    post(() -> open(arrival));
  }

  private void open(Arrival arrival) {
    int _ = coming.decrementAndGet();
    SocketChannel channel = arrival.channel();
    if (ended) {
      Door.turnAway(house, channel);
      return;
    }
    ReadinessConnection connection = null;
    try {
      channel.configureBlocking(false);
      connection = new ReadinessStream(this, arrival);
      welcome(connection, arrival.came());
    } catch (Throwable thrown) {
      if (connection == null) {
        house.probe.broken(thrown);
        Door.turnAway(house, channel);
      } else {
        connection.end(Cause.failed(thrown));
      }
    }
  }

  /// The connections of this loop. From any thread; empty if the loop does not come back within a
  /// moment, since a handler holds it.
  public List<Connected> connections(Model model) {
    CompletableFuture<List<Connected>> answer = new CompletableFuture<>();
    post(
        () -> {
          List<Connected> all = new ArrayList<>();
          for (Alarm alarm : alarms.all()) {
            if (alarm instanceof ReadinessConnection connection) {
              all.add(connection.seen(model));
            }
          }
          answer.complete(all);
        });
    return answer.completeOnTimeout(List.of(), MOMENT, TimeUnit.MILLISECONDS).join();
  }

  /// Lets nobody else in; the sockets of the server stay open, for others to listen to.
  public void stop() {
    post(this::stopGates);
  }

  private void stopGates() {
    for (Alarm alarm : alarms.all()) {
      if (alarm instanceof Gate gate) {
        gate.stop();
      }
    }
  }

  /// Has a conversation; its seat is taken already. On the loop's thread.
  void open(Line line) {
    DatagramChannel channel = line.open();
    if (channel == null) {
      return;
    }
    ReadinessConnection connection = null;
    try {
      channel.configureBlocking(false);
      connection = new ReadinessDatagrams(this, channel, line);
      welcome(connection, asked());
    } catch (Throwable thrown) {
      if (connection == null) {
        line.turnAway();
        house.probe.broken(thrown);
      } else {
        connection.end(Cause.failed(thrown));
      }
    }
  }

  private void welcome(ReadinessConnection connection, long came) throws IOException {
    load = alarms.size() + 1;
    connection.start(came, now);
    if (draining) {
      connection.drainNow(parting, now);
    }
  }

  /// Lets all connections finish politely, and nobody else in. May be said again, with less time.
  public void drain(long time) {
    post(
        () -> {
          parting = time;
          draining = true;
          stopGates();
          for (Alarm alarm : alarms.all()) {
            if (alarm instanceof ReadinessConnection connection) {
              connection.drainNow(time, now);
            }
          }
        });
  }

  /// Ends the loop and cuts what it still serves.
  public void end() {
    post(() -> ended = true);
  }

  void again(ReadinessConnection connection) {
    turns.add(connection);
  }

  void watch(Alarm alarm, long now) {
    alarms.add(alarm, Math.min(alarm.due, now + house.patrol));
  }

  void ringEarlier(Alarm alarm) {
    if (alarm.slot >= 0) {
      alarms.move(alarm, alarm.due);
    }
  }

  void unwatch(Alarm alarm) {
    alarms.remove(alarm);
  }

  void forget(ReadinessConnection connection) {
    alarms.remove(connection);
    load = alarms.size();
  }
}
