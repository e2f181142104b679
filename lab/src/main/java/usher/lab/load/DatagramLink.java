package usher.lab.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.PortUnreachableException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import usher.lab.load.LoadPlan.Arrivals;
import usher.lab.load.LoadPlan.Shape;

/// A socket of its own for datagrams. Each bears a number, by which its answer is known in whatever
/// order they come; an answer that nobody waits for any more is passed over.
///
/// ```
///   oldest ─► lost? · answered · under way … next ─► room for MOST in all
/// ```
final class DatagramLink extends Link {
  private static final long SECOND = 1_000_000_000;

  /// Numbers that may be out at once; a power of two.
  private static final int MOST = 4_096;

  /// Answers that are read before others have their turn.
  private static final int AT_ONCE = 64;

  private final Gear gear;
  private final Owner owner;
  private final int mostUnderWay;
  private final long[] due = new long[MOST];
  private final int[] shape = new int[MOST];
  private final boolean[] awaited = new boolean[MOST];
  private final DatagramChannel channel;
  private long oldest;
  private long next;
  private int underWay;

  DatagramLink(Gear gear, Owner owner) {
    this.gear = gear;
    this.owner = owner;
    this.mostUnderWay = gear.plan.arrivals() == Arrivals.CLOSED ? gear.plan.pipeline() : MOST;
    try {
      this.channel = gear.datagrams();
      channel.register(gear.selector, SelectionKey.OP_READ, this);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot open a socket: " + e.getMessage(), e);
    }
  }

  @Override
  boolean hasRoom(long now) {
    return underWay < mostUnderWay && next - oldest < MOST;
  }

  @Override
  int underWay() {
    return underWay;
  }

  @Override
  boolean open() {
    return channel.isOpen();
  }

  @Override
  boolean proved() {
    return true; // there is nothing to prove
  }

  @Override
  boolean connecting() {
    return false;
  }

  @Override
  void connect(long now) {
    owner.room(this, now);
  }

  @Override
  void add(long at, int kind, long now) {
    int place = place(next);
    due[place] = at;
    shape[place] = kind;
    awaited[place] = true;
    underWay++;
    if (!sent(gear.request(kind).numbered(next))) {
      end(place, "not sent");
    } else {
      gear.ledger.sent(at);
    }
    next++;
  }

  private boolean sent(ByteBuffer bytes) {
    try {
      return channel.write(bytes) > 0;
    } catch (PortUnreachableException e) {
      refused(); // one of those before: this one was not sent yet
    } catch (IOException e) {
      return false;
    }
    try {
      return channel.write(bytes) > 0;
    } catch (IOException e) {
      return false;
    }
  }

  private void refused() {
    for (long number = oldest; number < next; number++) {
      if (awaited[place(number)]) {
        end(place(number), "refused");
        return;
      }
    }
  }

  private void end(int place, String kind) {
    gear.ledger.failed(due[place], kind);
    ended(place);
  }

  private void ended(int place) {
    awaited[place] = false;
    underWay--;
    owner.ended(1);
  }

  @Override
  void flush(long now) {
    // Each was sent when it was added.
  }

  @Override
  void ready(long now) {
    boolean any = false;
    for (int i = 0; i < AT_ONCE; i++) {
      ByteBuffer in = gear.in.clear();
      try {
        if (channel.read(in) <= 0) {
          break;
        }
        any |= take(in.flip());
      } catch (PortUnreachableException e) {
        refused();
        any = true;
      } catch (IOException e) {
        break;
      }
    }
    forward();
    if (any && hasRoom(now)) {
      owner.room(this, now);
    }
  }

  private boolean take(ByteBuffer in) {
    long at = System.nanoTime();
    if (in.remaining() < Long.BYTES) {
      return false;
    }
    long number = in.getLong(0);
    int place = place(number);
    if (number - oldest < 0 || number - next >= 0 || !awaited[place]) {
      return false;
    }
    Shape asked = gear.shape(shape[place]);
    if (asked.receives() >= 0 && asked.receives() != in.remaining()) {
      gear.ledger.failed(due[place], "wrong length");
    } else {
      gear.ledger.good(due[place], shape[place], at - due[place]);
    }
    ended(place);
    return true;
  }

  private void forward() {
    while (oldest < next && !awaited[place(oldest)]) {
      oldest++;
    }
  }

  @Override
  void check(long now) {
    long patience = (long) (gear.plan.patienceSeconds() * SECOND);
    boolean any = false;
    for (long number = oldest; number < next; number++) {
      int place = place(number);
      if (awaited[place]) {
        if (now - due[place] <= patience) {
          break;
        }
        end(place, "late");
        any = true;
      }
    }
    forward();
    if (any && hasRoom(now)) {
      owner.room(this, now);
    }
  }

  @Override
  boolean step(long now) {
    return false;
  }

  @Override
  void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // It is closed for us.
    }
  }

  private static int place(long number) {
    return (int) (number & (MOST - 1));
  }
}
