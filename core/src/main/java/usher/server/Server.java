package usher.server;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import usher.server.driver.House;
import usher.server.model.Entrance;
import usher.server.model.Seating;
import usher.server.net.Bound;
import usher.server.net.DatagramSockets;
import usher.server.net.Listener;
import usher.server.process.Childhood;
import usher.session.Capability;
import usher.session.Limits;
import usher.session.Protocol;
import usher.session.Timeouts;

/// One or more addresses, of streams or of datagrams, what is spoken there, and the model that
/// serves it.
///
/// ```
///   built ──start──► serving ──drain──► draining ──► ended
///     └───────close────┴─────────close─────┴───────────┘
/// ```
///
/// Thread-safe. Its threads keep the JVM alive until it has ended.
public final class Server implements AutoCloseable {
  private static final Duration MOMENT = Duration.ofSeconds(1);

  private enum State {
    BUILT,
    SERVING,
    DRAINING,
    ENDED
  }

  private final Model model;
  private final Limits limits;
  private final Timeouts timeouts;
  private final Processes ways;
  private final House house;
  private final ReentrantLock lock = new ReentrantLock();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final List<Bound> bound = new ArrayList<>();
  private List<Thread> threads = List.of();
  private @Nullable Seating seating;
  private State state = State.BUILT;

  /// An address, or a listening socket made by somebody else, and what is spoken there.
  private record Place(
      @Nullable Address address,
      @Nullable ServerSocketChannel made,
      @Nullable Protocol own,
      @Nullable DatagramHandler handler) {}

  /// Just one of the two is there: a protocol for streams, a handler for datagrams.
  private record Told(
      Place place, @Nullable Protocol protocol, @Nullable DatagramHandler handler) {}

  private final List<Told> told;

  private Server(Builder builder, List<Told> told) {
    this.model = builder.model;
    this.told = told;
    this.limits = builder.limits;
    this.timeouts = builder.timeouts;
    this.ways = builder.processes;
    this.house = new House(builder.limits, builder.timeouts, builder.probe);
  }

  /// A server to be described.
  public static Builder builder() {
    return new Builder();
  }

  /// Binds the addresses and begins to serve. All or none: if one address fails, the others are
  /// given back.
  ///
  /// A model of several processes runs the program again in each child. There the server that the
  /// child was started for does not bind but serves what its parent has bound, and this method does
  /// not return: the process ends when its work is done. Any other server of the program stands
  /// still there: it starts, and serves nobody.
  ///
  /// @throws IOException if an address cannot be had, with a message that names it
  /// @throws IllegalStateException if it was started or closed before
  public Server start() throws IOException {
    if (Childhood.present()) {
      return startInChild();
    }
    lock.lock();
    try {
      if (state != State.BUILT) {
        throw new IllegalStateException("a server starts once; this one is " + state);
      }
      List<Entrance> entrances = new ArrayList<>();
      try {
        for (Told each : told) {
          Bound place = bind(each.place());
          bound.add(place);
          entrances.add(
              switch (place) {
                case Listener listener ->
                    new Entrance.Streams(listener.channel(), requireNonNull(each.protocol()));
                case DatagramSockets sockets ->
                    new Entrance.Datagrams(sockets.channels(), requireNonNull(each.handler()));
              });
        }
        Seating made = Seating.of(model, house, ways, entrances);
        seating = made;
        threads = made.start();
      } catch (Throwable thrown) {
        end();
        throw thrown;
      }
      state = State.SERVING;
      return this;
    } finally {
      lock.unlock();
    }
  }

  private Server startInChild() throws IOException {
    lock.lock();
    try {
      if (state != State.BUILT) {
        throw new IllegalStateException("a server starts once; this one is " + state);
      }
      state = State.SERVING;
    } finally {
      lock.unlock();
    }
    Optional<Childhood> child = model.processes() ? Childhood.claim() : Optional.empty();
    if (child.isPresent()) {
      Childhood mine = child.get();
      Protocol protocol = requireNonNull(told.get(mine.place()).protocol());
      House own = new House(model.share(limits), timeouts, mine.probe());
      Seating.serve(model, own, ways, mine, protocol);
    }
    return this;
  }

  private Bound bind(Place place) throws IOException {
    return place.made() != null
        ? Listener.of(place.made())
        : Bound.bind(
            requireNonNull(place.address()), house.limits().backlog(), Seating.sockets(model));
  }

  /// The addresses where it really listens, in the order in which they were asked for: port 0 has
  /// become a port. In a child, where a server binds nothing, those that were asked for.
  public List<Address> addresses() {
    if (Childhood.present()) {
      return told.stream().map(each -> each.place().address()).filter(Objects::nonNull).toList();
    }
    lock.lock();
    try {
      return bound.stream().map(Bound::address).toList();
    } finally {
      lock.unlock();
    }
  }

  /// The model that serves.
  public Model model() {
    return model;
  }

  /// How many clients and datagrams are served just now.
  public int active() {
    return house.permits().seated();
  }

  /// How many datagrams, and answers to them, were thrown away so far: for want of room, since they
  /// were too long, or since the server had ended. Not those that the kernel drops before it has
  /// given them to the server.
  public long dropped() {
    return house.dropped();
  }

  /// Accepts and receives no more, lets what is in flight finish and idle clients go, after
  /// [usher.session.Timeouts#parting] and within half of this time, cuts the rest at the deadline,
  /// and ends. A server that has not started, or has ended, has nothing to drain.
  public Drained drain(Duration within) {
    long before;
    lock.lock();
    try {
      if (state != State.SERVING) {
        end();
        return new Drained(0, 0);
      }
      state = State.DRAINING;
      before = house.permits().left();
      house.permits().close();
      // Datagrams in hand are still answered through their sockets.
      bound.stream().filter(Listener.class::isInstance).forEach(Bound::close);
      if (seating != null) {
        // Half of the time at most, so that a client that asks at the last moment is answered.
        seating.drain(Math.min(timeouts.parting().toNanos(), within.toNanos() / 2));
      }
    } finally {
      lock.unlock();
    }
    // Without the lock, so that close() can cut this short.
    house.permits().awaitEmpty(within.toNanos());
    int finished = (int) (house.permits().left() - before);
    int cut = house.permits().seated();
    close();
    return new Drained(finished, cut);
  }

  /// Ends at once and cuts all connections. Waits a moment for the server's own threads, but not
  /// for handlers that do not notice that their connection has gone.
  @Override
  public void close() {
    List<Thread> ending;
    lock.lock();
    try {
      end();
      ending = threads;
    } finally {
      lock.unlock();
    }
    try {
      for (Thread thread : ending) {
        // A handler may close its own server, from one of its threads.
        if (!thread.equals(Thread.currentThread())) {
          thread.join(MOMENT);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Waits until the server has ended.
  public void await() throws InterruptedException {
    ended.await();
  }

  private void end() {
    if (state == State.ENDED) {
      return;
    }
    state = State.ENDED;
    house.permits().end();
    bound.forEach(Bound::close);
    if (seating != null) {
      seating.end();
    }
    ended.countDown();
  }

  /// Describes a server.
  public static final class Builder {
    private final List<Place> places = new ArrayList<>();
    private @Nullable Protocol protocol;
    private Model model = new Model.VirtualThreads();
    private Limits limits = Limits.DEFAULT;
    private Timeouts timeouts = Timeouts.DEFAULT;
    private Probe probe = Probe.logging();
    private Processes processes = Processes.DEFAULT;

    private Builder() {}

    /// Listens here as well.
    public Builder listen(Address address) {
      places.add(new Place(address, null, null, null));
      return this;
    }

    /// Listens here as well, and speaks this protocol there rather than the one of [#serve].
    public Builder listen(Address address, Protocol own) {
      places.add(new Place(address, null, own, null));
      return this;
    }

    /// Receives datagrams here as well, at a UDP address, and has them handled so.
    public Builder listen(Address address, DatagramHandler handler) {
      places.add(new Place(address, null, null, handler));
      return this;
    }

    /// Serves a listening socket that was bound elsewhere; the server closes it in the end.
    public Builder listen(ServerSocketChannel bound) {
      places.add(new Place(null, bound, null, null));
      return this;
    }

    /// Serves a listening socket that was bound elsewhere, and speaks this protocol there.
    public Builder listen(ServerSocketChannel bound, Protocol own) {
      places.add(new Place(null, bound, own, null));
      return this;
    }

    /// What is spoken at every address of streams that has no protocol of its own.
    public Builder serve(Protocol protocol) {
      this.protocol = protocol;
      return this;
    }

    /// How clients are seated; virtual threads if nothing is said.
    public Builder model(Model model) {
      this.model = model;
      return this;
    }

    /// What the server may cost.
    public Builder limits(Limits limits) {
      this.limits = limits;
      return this;
    }

    /// How long peers may take.
    public Builder timeouts(Timeouts timeouts) {
      this.timeouts = timeouts;
      return this;
    }

    /// How children are kept, under the models of several processes.
    public Builder processes(Processes processes) {
      this.processes = processes;
      return this;
    }

    /// Who watches. Under the models of several processes it is told in the parent of what happens
    /// in the children.
    public Builder probe(Probe probe) {
      this.probe = new CarefulProbe(probe);
      return this;
    }

    /// Checks that everything is there and fits together. Binds nothing.
    ///
    /// @throws IllegalStateException with a sentence that says what is missing or does not fit
    public Server build() {
      if (places.isEmpty()) {
        throw new IllegalStateException("a server needs an address: listen(Address.tcp(8080))");
      }
      Optional<String> obstacle = model.obstacle();
      if (obstacle.isPresent()) {
        throw new IllegalStateException(
            model.name() + " cannot be had here: " + obstacle.get() + "; choose another model");
      }
      List<Told> told = new ArrayList<>();
      for (Place place : places) {
        told.add(told(place));
      }
      return new Server(this, List.copyOf(told));
    }

    private Told told(Place place) {
      Protocol spoken = place.own() != null ? place.own() : protocol;
      if (place.address() instanceof Address.Udp udp) {
        if (model.processes()) {
          throw new IllegalStateException(
              udp
                  + " takes datagrams, and "
                  + model.name()
                  + " serves streams only; choose another model");
        }
        if (place.handler() == null) {
          throw new IllegalStateException(
              udp
                  + " takes datagrams and needs a DatagramHandler: listen(address, handler)"
                  + (spoken == null ? "" : "; " + spoken.name() + " is spoken over streams"));
        }
        return new Told(place, null, place.handler());
      }
      if (place.handler() != null) {
        throw new IllegalStateException(
            "a DatagramHandler needs a udp address; "
                + place.address()
                + " is one of streams and needs a protocol");
      }
      if (spoken == null) {
        throw new IllegalStateException("a server needs a protocol: serve(…)");
      }
      check(spoken);
      return new Told(place, spoken, null);
    }

    /// Builds and starts.
    public Server start() throws IOException {
      return build().start();
    }

    private void check(Protocol spoken) {
      Set<Capability> missing =
          spoken.needs().stream()
              .filter(need -> !model.capabilities().contains(need))
              .collect(Collectors.toSet());
      if (!missing.isEmpty()) {
        throw new IllegalStateException(
            "%s needs a model that %s; %s does not: use %s"
                .formatted(
                    spoken.name(),
                    missing.stream()
                        .map(Capability::meaning)
                        .sorted()
                        .collect(Collectors.joining(" and ")),
                    model.name(),
                    Model.all().stream()
                        .filter(other -> other.capabilities().containsAll(spoken.needs()))
                        .map(Model::name)
                        .collect(Collectors.joining(", "))));
      }
    }
  }
}
