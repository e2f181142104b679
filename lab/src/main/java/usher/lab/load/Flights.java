package usher.lab.load;

import java.nio.ByteBuffer;
import usher.lab.load.LoadPlan.Shape;
import usher.lab.load.wire.RequestBytes;

/// The requests under way on one connection, in their order: some are written, one may be written
/// in part, the others wait to be.
///
/// ```
///   first ─► written … written │ writing (offset) … not written ─► room
/// ```
final class Flights {
  private final Gear gear;
  private final long[] due;
  private final int[] shape;
  private int first;
  private int count;
  private int written;
  private long offset;

  Flights(int depth, Gear gear) {
    this.gear = gear;
    this.due = new long[depth];
    this.shape = new int[depth];
  }

  boolean full() {
    return count == due.length;
  }

  int count() {
    return count;
  }

  int written() {
    return written;
  }

  boolean unwritten() {
    return written < count;
  }

  /// Bytes that are written of the request that is being written.
  long offset() {
    return offset;
  }

  void add(long at, int kind) {
    int place = place(count);
    due[place] = at;
    shape[place] = kind;
    count++;
  }

  /// When the first was due.
  long due() {
    return due[first];
  }

  int shape() {
    return shape[first];
  }

  Shape reading() {
    return gear.shape(shape[first]);
  }

  Shape writing() {
    return gear.shape(shape[place(written)]);
  }

  /// The next bytes to be written, at least one.
  ///
  /// @param atMost bytes of the request that is being written; others go with it only without limit
  ByteBuffer bytes(long atMost) {
    if (count - written == 1 || atMost != Long.MAX_VALUE) {
      return gear.request(shape[place(written)]).from(offset, atMost);
    }
    ByteBuffer out = gear.out.clear();
    long from = offset;
    for (int i = written; i < count && out.hasRemaining(); i++) {
      int kind = shape[place(i)];
      if (i > written && gear.shape(kind).sendRate() > 0) {
        break;
      }
      RequestBytes request = gear.request(kind);
      ByteBuffer some = request.from(from, out.remaining());
      long end = from + some.remaining();
      out.put(some);
      if (end < request.size()) {
        break;
      }
      from = 0;
    }
    return out.flip();
  }

  /// So many bytes were written.
  void advance(long bytes) {
    long left = bytes;
    while (left > 0) {
      int place = place(written);
      if (offset == 0) {
        gear.ledger.sent(due[place]);
      }
      long here = Math.min(left, gear.request(shape[place]).size() - offset);
      offset += here;
      left -= here;
      if (offset == gear.request(shape[place]).size()) {
        written++;
        offset = 0;
      }
    }
  }

  /// The first has ended.
  void remove() {
    first = place(1);
    count--;
    if (written > 0) {
      written--;
    } else {
      offset = 0;
    }
  }

  void clear() {
    count = 0;
    written = 0;
    offset = 0;
  }

  private int place(int index) {
    int place = first + index;
    return place < due.length ? place : place - due.length;
  }
}
