package usher.server.driver;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// All alarms of one loop or one reaper, the earliest first: a binary heap in which each alarm
/// knows its slot, so that a connection that ends leaves at once. It doubles as the list of the
/// open connections. Not thread-safe; adding, moving and removing take O(log n).
final class AlarmHeap<A extends Alarm> {
  private @Nullable Alarm[] alarms = new Alarm[16];
  private int size;

  int size() {
    return size;
  }

  /// Adds an alarm that is in no heap.
  void add(A alarm, long ring) {
    if (size == alarms.length) {
      alarms = Arrays.copyOf(alarms, size * 2);
    }
    alarm.ring = ring;
    size++;
    up(size - 1, alarm);
  }

  /// Changes when an alarm of this heap rings.
  void move(A alarm, long ring) {
    boolean earlier = ring < alarm.ring;
    alarm.ring = ring;
    if (earlier) {
      up(alarm.slot, alarm);
    } else {
      down(alarm.slot, alarm);
    }
  }

  /// Takes an alarm out; does nothing if it is in no heap.
  void remove(A alarm) {
    int slot = alarm.slot;
    if (slot < 0) {
      return;
    }
    alarm.slot = -1;
    Alarm last = at(--size);
    alarms[size] = null;
    if (slot < size) {
      if (last.ring < alarm.ring) {
        up(slot, last);
      } else {
        down(slot, last);
      }
    }
  }

  /// The alarm that rings first, or null.
  @SuppressWarnings("unchecked") // only add() puts alarms in, and it takes an A
  @Nullable A first() {
    return (A) alarms[0];
  }

  /// When the first alarm rings, or never.
  long ring() {
    Alarm first = alarms[0];
    return first == null ? Long.MAX_VALUE : first.ring;
  }

  /// All alarms at this moment, in no order.
  @SuppressWarnings("unchecked")
  List<A> all() {
    List<A> all = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      all.add((A) at(i));
    }
    return all;
  }

  private void up(int from, Alarm alarm) {
    int slot = from;
    while (slot > 0) {
      int parent = (slot - 1) >>> 1;
      Alarm above = at(parent);
      if (above.ring <= alarm.ring) {
        break;
      }
      put(slot, above);
      slot = parent;
    }
    put(slot, alarm);
  }

  private void down(int from, Alarm alarm) {
    int slot = from;
    for (int child = 2 * slot + 1; child < size; child = 2 * slot + 1) {
      if (child + 1 < size && at(child + 1).ring < at(child).ring) {
        child++;
      }
      Alarm below = at(child);
      if (alarm.ring <= below.ring) {
        break;
      }
      put(slot, below);
      slot = child;
    }
    put(slot, alarm);
  }

  private void put(int slot, Alarm alarm) {
    alarms[slot] = alarm;
    alarm.slot = slot;
  }

  private Alarm at(int slot) {
    Alarm alarm = alarms[slot];
    if (alarm == null) {
      throw new IllegalStateException("no alarm in slot " + slot + " of " + size);
    }
    return alarm;
  }
}
