package usher.lab.load;

import java.io.IOException;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import usher.lab.load.LoadPlan.Arrivals;
import usher.lab.load.LoadPlan.Wire;

/// Connections that have one answer each and then say nothing.
///
/// They are opened a few at a time, so that no backlog overflows: the next as soon as one before
/// has its answer, or when for a tenth of a second none had.
final class IdleLinks implements Link.Owner {
  private static final int AT_ONCE = 64;
  private static final long STALL = 100_000_000;
  private static final long SECOND = 1_000_000_000;

  private final Gear gear;
  private final int wanted;
  private final int firstNumber;
  private final long patience;
  private final List<StreamLink> links = new ArrayList<>();
  private final Deque<Link> slow = new ArrayDeque<>();
  private int answered;
  private int refused; // or closed before they were answered
  private int lost; // after they were
  private int stalled;
  private long lastNews;

  private IdleLinks(Gear gear, int wanted, int firstNumber, long now) {
    this.gear = gear;
    this.wanted = wanted;
    this.firstNumber = firstNumber;
    this.patience = (long) (Math.min(gear.plan.patienceSeconds(), 5) * SECOND);
    this.lastNews = now;
  }

  /// The idle connections of a plan. They are kept, also where each request has its own.
  static IdleLinks of(LoadPlan plan, Selector selector, Ledger ledger, long now)
      throws IOException {
    LoadPlan kept =
        new LoadPlan(
            plan.address(),
            plan.wire() == Wire.CONNECTION_EACH ? Wire.HTTP : plan.wire(),
            plan.shapes(),
            Arrivals.CLOSED,
            0,
            plan.idle(),
            1,
            0,
            false,
            null,
            null,
            0,
            plan.seconds(),
            plan.patienceSeconds(),
            plan.seed());
    // Their numbers come behind those of the others.
    Gear gear = new Gear(kept, selector, ledger, new KeptChannels());
    return new IdleLinks(gear, plan.idle(), plan.connections(), now);
  }

  /// Opens some more.
  ///
  /// @return whether all are open and answered, or there is no hope for the others
  boolean done(long now) {
    for (int i = slow.size(); i > 0; i--) {
      Link link = slow.remove();
      if (link.step(now)) {
        slow.add(link);
      }
    }
    if (now - lastNews > STALL) {
      stalled = links.size() - answered - refused;
    }
    while (links.size() < wanted && links.size() - answered - refused - stalled < AT_ONCE) {
      StreamLink link = new StreamLink(firstNumber + links.size(), gear, this, now);
      links.add(link);
      lastNews = now;
      link.connect(now);
    }
    return links.size() == wanted && (answered + refused == wanted || now - lastNews > patience);
  }

  @Override
  public void room(Link link, long now) {
    if (link.proved()) {
      answered++;
      lastNews = now;
    } else {
      link.add(now, 0, now);
      link.flush(now);
    }
  }

  @Override
  public void ended(int count) {
    // Told by the room that it makes, or by the shut.
  }

  @Override
  public void shut(Link link, String refusal, long now) {
    if (link.proved()) {
      lost++;
    } else {
      refused++;
    }
  }

  @Override
  public void slow(Link link) {
    slow.add(link);
  }

  int open() {
    return (int) links.stream().filter(StreamLink::open).count();
  }

  /// Those that were never answered, and those that are no more.
  int lost() {
    return wanted - answered + lost;
  }

  void close() {
    links.forEach(Link::close);
  }
}
