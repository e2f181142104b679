package usher.server;

import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import usher.server.driver.House;
import usher.server.model.Entrance;
import usher.server.model.Seating;
import usher.server.net.Bound;
import usher.server.net.Listener;
import usher.server.process.Childhood;
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

  private final List<Place> places;
  private final Inheritance inheritance;
  private final Limits limits;
  private final Timeouts timeouts;
  private final Patience patience;
  private final Admission admission;
  private final Processes ways;
  private final House house;
  private final ReentrantLock lock = new ReentrantLock();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final List<Bound> bound = new ArrayList<>();
  private final List<Entrance> entrances = new ArrayList<>();

  /// Those at work: the last one seats who comes, unless the server pauses; the others finish.
  private final List<Shift> shifts = new ArrayList<>();

  private volatile Model model;
  private String tag = "";
  private boolean paused;
  private State state = State.BUILT;

  private Server(Builder builder) {
    this.model = builder.model;
    this.places = List.copyOf(builder.told());
    this.inheritance = builder.inheritance;
    this.limits = builder.limits;
    this.timeouts = builder.timeouts;
    this.patience = builder.patience;
    this.admission = builder.admission;
    this.ways = builder.processes;
    this.house =
        new House(
            builder.limits, builder.timeouts, builder.probe, builder.patience, builder.admission);
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
      tag = Childhood.tag(wish());
      try {
        for (Place place : places) {
          Bound made = place.bind(inheritance, limits.backlog(), model);
          bound.add(made);
          entrances.add(place.entrance(made));
        }
        shifts.add(Shift.begin(model, house, ways, tag, entrances));
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
    Optional<Childhood> child = Childhood.claim(wish());
    if (child.isPresent()) {
      Childhood mine = child.get();
      Model told =
          mine.model().equals(model.text()) ? model : Model.named(mine.model()).orElseThrow();
      House own = new House(told.share(limits), timeouts, mine.probe(), patience, admission);
      Seating.serve(told, own, ways, mine, places.get(mine.place()).entrance(mine));
    }
    return this;
  }

  /// Where it was asked to listen.
  private List<Address> wish() {
    return places.stream().map(Place::address).filter(Objects::nonNull).toList();
  }

  /// The addresses where it really listens, in the order in which they were asked for: port 0 has
  /// become a port. In a child, where a server binds nothing, those that were asked for.
  public List<Address> addresses() {
    if (Childhood.present()) {
      return wish();
    }
    lock.lock();
    try {
      return bound.stream().map(Bound::address).toList();
    } finally {
      lock.unlock();
    }
  }

  /// The listening sockets, for a process that takes over.
  ///
  /// @throws IOException if there are others, which cannot be handed on
  List<Listener> listeners() throws IOException {
    lock.lock();
    try {
      for (Bound each : bound) {
        if (!(each instanceof Listener)) {
          throw new IOException(each.address() + " takes datagrams and cannot be handed on");
        }
      }
      return bound.stream().map(Listener.class::cast).toList();
    } finally {
      lock.unlock();
    }
  }

  /// The model that serves who comes now.
  public Model model() {
    return model;
  }

  /// Serves who comes from now on under another model. The sockets stay, so nobody is refused
  /// meanwhile; those who are served already finish under the model that they came to, and are
  /// parted from where their protocol has a word for it (HTTP: `Connection: close`).
  ///
  /// @throws IOException if the new model cannot begin, for want of threads or processes; the
  ///   server then goes on as before
  /// @throws IllegalStateException if the model does not fit what is served, or nothing is served
  public void switchTo(Model next) throws IOException {
    Place.check(next, places);
    lock.lock();
    try {
      if (state != State.SERVING) {
        throw new IllegalStateException("a server changes its model while it serves, not " + state);
      }
      Place.checkBound(next, bound);
      if (!paused) {
        Shift old = shifts.getLast();
        shifts.add(Shift.begin(next, house, ways, tag, entrances));
        old.finish(this::forget);
      }
      model = next;
    } finally {
      lock.unlock();
    }
  }

  /// Lets nobody in until [#resume]; those who are served finish, as after [#switchTo]. The sockets
  /// stay: who comes meanwhile waits in the backlog.
  ///
  /// @return false if it is so already, or nothing is served
  public boolean pause() {
    lock.lock();
    try {
      if (state != State.SERVING || paused) {
        return false;
      }
      paused = true;
      shifts.getLast().finish(this::forget);
      return true;
    } finally {
      lock.unlock();
    }
  }

  /// Whether nobody is let in for the time being.
  public boolean paused() {
    lock.lock();
    try {
      return paused;
    } finally {
      lock.unlock();
    }
  }

  /// Lets clients in again.
  ///
  /// @return false if they are let in, or nothing is served
  /// @throws IOException if the model cannot begin, for want of threads or processes
  public boolean resume() throws IOException {
    lock.lock();
    try {
      if (state != State.SERVING || !paused) {
        return false;
      }
      shifts.add(Shift.begin(model, house, ways, tag, entrances));
      paused = false;
      return true;
    } finally {
      lock.unlock();
    }
  }

  /// How many clients and datagrams have been served and have gone.
  public long served() {
    return house.permits().left();
  }

  private void forget(Shift over) {
    lock.lock();
    try {
      shifts.remove(over);
    } finally {
      lock.unlock();
    }
  }

  /// The connections as they seem to be just now, those of each model that is at work.
  public List<Connected> connections() {
    List<Shift> all;
    lock.lock();
    try {
      all = List.copyOf(shifts);
    } finally {
      lock.unlock();
    }
    return all.stream().flatMap(shift -> shift.connections().stream()).toList();
  }

  /// How many clients each model serves that is at work: the one that seats who comes, last, and
  /// before it those that finish after [#switchTo] or [#pause].
  public List<Seated> seated() {
    lock.lock();
    try {
      return shifts.stream().map(Shift::seated).toList();
    } finally {
      lock.unlock();
    }
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

  /// How many clients and calls wait for a thread just now.
  public int queued() {
    return house.queued();
  }

  /// How many calls may be under way at once, as the adaptive limit has learned it;
  /// [Integer#MAX_VALUE] without one.
  public int concurrencyLimit() {
    return house.limit();
  }

  /// The handlers that hold their threads for longer than they may, just now. Those of other
  /// processes are known to these alone.
  public List<Blocked> blocked() {
    return house.watchdog().blocked();
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
      // Half of the time at most, so that a client that asks at the last moment is answered.
      long parting = Math.min(timeouts.parting().toNanos(), within.toNanos() / 2);
      shifts.forEach(shift -> shift.seating().drain(parting));
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
      ending = shifts.stream().flatMap(shift -> shift.threads().stream()).toList();
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
    shifts.forEach(Shift::end);
    house.watchdog().end();
    ended.countDown();
  }

  /// Describes a server.
  public static final class Builder {
    private final List<Place> places = new ArrayList<>();
    private @Nullable Protocol protocol;
    private Model model = new Model.VirtualThreads();
    private Limits limits = Limits.DEFAULT;
    private Timeouts timeouts = Timeouts.DEFAULT;
    private Patience patience = Patience.DEFAULT;
    private Admission admission = Admission.DEFAULT;
    private Probe probe = Probe.logging();
    private Processes processes = Processes.DEFAULT;
    private Inheritance inheritance = Inheritance.none();

    private Builder() {}

    /// Listens by sockets that this process was given, where their addresses are asked for.
    public Builder inherit(Inheritance given) {
      this.inheritance = given;
      return this;
    }

    /// Listens here as well.
    public Builder listen(Address address) {
      places.add(new Place(address, null, null, null));
      return this;
    }

    /// Listens here as well, and speaks this protocol there rather than the one of [#serve]. At a
    /// UDP address it is one of datagrams: each sender has a session and a port of its own.
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

    /// What is spoken at every address that has no protocol or handler of its own: one of streams
    /// at TCP and Unix addresses, one of datagrams at UDP addresses.
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

    /// Whom the server lets in, and what it still takes on when there is too much to do.
    public Builder admission(Admission admission) {
      this.admission = admission;
      return this;
    }

    /// How long handlers may hold their threads until that is reported.
    public Builder patience(Patience patience) {
      this.patience = patience;
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
      Server server = new Server(this);
      Place.check(model, server.places);
      return server;
    }

    private List<Place> told() {
      return places.stream().map(place -> place.orElse(protocol)).toList();
    }

    /// Builds and starts.
    public Server start() throws IOException {
      return build().start();
    }
  }
}
