package usher.files.tftp;

import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import usher.session.Session;
import usher.testkit.Gen;
import usher.testkit.ManualClock;

/// Two sides and what is between them, in a time of its own: datagrams take a while, get lost, come
/// twice and overtake each other, as a seed says.
final class Wire {
  private static final long LATENCY = 1_000_000;
  private static final int MOST = 4_000_000;

  /// How bad it is.
  ///
  /// @param loss how likely a datagram is lost
  /// @param twice how likely it comes twice
  /// @param late how likely it is overtaken
  record Weather(double loss, double twice, double late) {
    static final Weather FAIR = new Weather(0, 0, 0);
  }

  private record Flight(long at, long order, boolean toServer, ByteBuffer datagram) {}

  private final ManualClock clock;
  private final Side client;
  private final Supplier<Side> opening;
  private @Nullable Side server;
  private final Gen gen;
  private final Weather weather;
  private final PriorityQueue<Flight> flights =
      new PriorityQueue<>(Comparator.comparingLong(Flight::at).thenComparingLong(Flight::order));
  private long order;
  private int datagrams;

  /// @param opening makes the server's side when the first datagram comes
  Wire(Side client, Supplier<Side> opening, ManualClock clock, Gen gen, Weather weather) {
    this.client = client;
    this.opening = opening;
    this.clock = clock;
    this.gen = gen;
    this.weather = weather;
  }

  /// Until both sides are over.
  Wire run() {
    for (int i = 0; i < MOST; i++) {
      launch(client, true);
      long due = client.deadline();
      Side partner = server;
      if (partner != null) {
        launch(partner, false);
        due = Math.min(due, partner.deadline());
      }
      if (client.over() && (partner == null || partner.over())) {
        return this;
      }
      Flight next = flights.peek();
      if (next != null && next.at() <= due) {
        flights.remove();
        advance(next.at());
        deliver(next);
      } else if (due != Session.NEVER) {
        advance(due);
        client.tick();
        if (partner != null) {
          partner.tick();
        }
      } else {
        throw new AssertionError("nobody does anything");
      }
    }
    throw new AssertionError("no end");
  }

  private void deliver(Flight flight) {
    Side to = client;
    if (flight.toServer()) {
      to = server == null ? opening.get() : server;
      server = to;
    }
    to.hear(flight.datagram());
  }

  private void advance(long to) {
    clock.advance(Math.max(0, to - clock.getAsLong()));
  }

  private void launch(Side from, boolean toServer) {
    for (ByteBuffer datagram : from.takeBytes()) {
      datagrams++;
      if (gen.chance(weather.loss())) {
        continue;
      }
      fly(toServer, datagram);
      if (gen.chance(weather.twice())) {
        fly(toServer, datagram.duplicate());
      }
    }
  }

  private void fly(boolean toServer, ByteBuffer datagram) {
    long time = gen.chance(weather.late()) ? gen.between(1, 400) * LATENCY : LATENCY;
    flights.add(new Flight(clock.getAsLong() + time, order++, toServer, datagram));
  }

  /// How many both sides have sent.
  int datagrams() {
    return datagrams;
  }
}
