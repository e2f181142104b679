package usher.server.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import usher.server.Connected;
import usher.server.Model;
import usher.server.Processes;
import usher.server.driver.House;
import usher.session.Cause;
import usher.session.Peer;

/// The children of a server: started, watched, replaced, told to leave, reaped.
///
/// Everything is decided on one thread, which owns all fields that change; other threads hand it
/// tasks. A seat of the house is taken for each child as long as it lives, so that a drain waits
/// for the processes; its clients are counted as the child tells of them.
public final class Nursery {
  private static final long FIRST_PAUSE = 100_000_000;

  /// A JVM that has not come so far by now will not.
  private static final long BIRTH = 60_000_000_000L;

  /// A child that lives so long after it was ready has proved itself.
  private static final long PROVED = 1_000_000_000;

  private static final long CALM = 10_000_000_000L;
  private static final long MOST_TICK = 1_000_000_000;

  private static final Logger LOGGER = System.getLogger("usher");

  private final House house;
  private final Processes ways;
  private final List<Heirloom> heirlooms;
  private final List<Staffing> staffings = new ArrayList<>();
  private final Model model;
  private final String tag;
  private final Native library = new Native();
  private final ScheduledThreadPoolExecutor owner;
  private final Backoff backoff;
  private final Hearsay hearsay;
  private final Map<Integer, Child> children = new LinkedHashMap<>();
  private @Nullable Delivery delivery;
  private long calmSince;
  private boolean draining;
  private boolean ended;

  /// A nursery for these sockets.
  ///
  /// @param tag which of the program's servers this is
  /// @param staffing how many children each of them has
  public Nursery(
      House house,
      Processes ways,
      Model model,
      String tag,
      List<Heirloom> heirlooms,
      Supplier<? extends Staffing> staffing) {
    this.model = model;
    this.house = house;
    this.ways = ways;
    this.heirlooms = List.copyOf(heirlooms);
    this.tag = tag;
    this.hearsay = new Hearsay(house);
    this.backoff = new Backoff(FIRST_PAUSE, ways.pause().toNanos());
    this.owner =
        new ScheduledThreadPoolExecutor(
            1,
            Thread.ofPlatform().daemon().name("usher-nursery").factory(),
            // Whatever is asked of it after its end has been done, or has no object any more.
            new ThreadPoolExecutor.DiscardPolicy());
    heirlooms.forEach(_ -> staffings.add(staffing.get()));
  }

  /// Starts the first children.
  ///
  /// @return the thread that ends when the last child has gone
  /// @throws IOException if a child cannot be started at all
  public List<Thread> start() throws IOException {
    List<Integer> sockets = new ArrayList<>();
    for (Heirloom heirloom : heirlooms) {
      sockets.add(Sockets.descriptor(library, heirloom));
    }
    Delivery made = new Delivery(library, Program.own(), model.text(), options(), tag, sockets);
    delivery = made;
    Thread reader =
        Thread.ofPlatform()
            .name("usher-news")
            .start(() -> made.read(note -> owner.execute(() -> guard(() -> hear(note)))));
    long tick = Math.min(MOST_TICK, ways.silence().toNanos() / 4);
    try {
      owner.submit(this::fillFirst).get();
    } catch (ExecutionException thrown) {
      end();
      throw thrown.getCause() instanceof UncheckedIOException io
          ? io.getCause()
          : new IOException("no child can be started", thrown.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while the first children were started", e);
    }
    var _ = owner.scheduleWithFixedDelay(() -> guard(this::tick), tick, tick, TimeUnit.NANOSECONDS);
    return List.of(reader);
  }

  /// The clients of the children, of whom the children tell no more than who they are.
  public List<Connected> connections(Model model) {
    CompletableFuture<List<Connected>> answer = new CompletableFuture<>();
    owner.execute(
        () ->
            answer.complete(
                children.values().stream()
                    .flatMap(child -> child.clients.values().stream())
                    .map(peer -> seen(peer, model))
                    .toList()));
    return answer.completeOnTimeout(List.of(), 1, TimeUnit.SECONDS).join();
  }

  private Connected seen(Peer peer, Model model) {
    long age = peer instanceof FarPeer far ? house.now() - far.since() : 0;
    return new Connected(
        peer.remote(), peer.local(), model, Duration.ofNanos(age), "elsewhere", 0, 0);
  }

  /// A process for one client ends before the second compiler's work is paid back.
  private List<String> options() {
    return model instanceof Model.ProcessPerConnection
        ? List.of("-XX:TieredStopAtLevel=1", "-Djdk.reflect.useNativeAccessorOnly=true")
        : List.of();
  }

  /// Starts no more children.
  public void stop() {
    house.permits().close();
    owner.execute(this::noMore);
  }

  private void noMore() {
    draining = true;
    if (delivery != null) {
      delivery.forgetSockets();
    }
  }

  /// Has every child finish and end.
  public void drain(long parting) {
    owner.execute(
        () -> {
          noMore();
          children.values().forEach(child -> child.leave(parting));
        });
  }

  /// Kills the children that are left.
  public void end() {
    owner.execute(
        () -> {
          ended = true;
          noMore();
          children.values().forEach(Child::kill);
          closeIfEmpty();
        });
  }

  private void guard(Runnable task) {
    try {
      task.run();
    } catch (Throwable thrown) {
      house.probe().broken(thrown);
    }
  }

  // ---- how many

  private void fillFirst() {
    calmSince = house.now();
    try {
      fillOrThrow();
    } catch (IOException thrown) {
      throw new UncheckedIOException(thrown);
    }
  }

  private void fill() {
    if (draining || ended || backoff.pauses(house.now())) {
      return;
    }
    try {
      fillOrThrow();
    } catch (IOException thrown) {
      long pause = backoff.diedYoung(house.now());
      LOGGER.log(Level.ERROR, thrown.getMessage() + "; tried again in " + millis(pause));
    }
  }

  private void fillOrThrow() throws IOException {
    for (int place = 0; place < staffings.size(); place++) {
      int missing = staffings.get(place).missing(fresh(place), staying(place), living(place));
      for (int i = 0; i < missing; i++) {
        start(place);
      }
    }
  }

  private int fresh(int place) {
    return (int)
        children.values().stream().filter(child -> child.place == place && child.fresh()).count();
  }

  private int staying(int place) {
    return (int)
        children.values().stream().filter(child -> child.place == place && child.stays()).count();
  }

  private int living(int place) {
    return (int) children.values().stream().filter(child -> child.place == place).count();
  }

  private void start(int place) throws IOException {
    Child child = delivery().start(place, house.now());
    house.permits().arrive();
    children.put(child.number(), child);
    LOGGER.log(Level.DEBUG, "started child {0}", String.valueOf(child.number()));
  }

  private Delivery delivery() {
    return java.util.Objects.requireNonNull(delivery);
  }

  // ---- news

  private void hear(Note note) {
    Child child = children.get(note.child());
    if (child != null) {
      hear(child, note);
    }
  }

  private void hear(Child child, Note note) {
    long now = house.now();
    switch (note.kind()) {
      case READY -> ready(child, now);
      case ACCEPTED -> served(child, note.number(), hearsay.accepted(note));
      case RECEIVED -> served(child, note.number(), hearsay.received(note));
      case ALIVE -> {
        child.heard = now;
        child.holder = null;
      }
      case HELD_UP -> child.holder = note;
      case GONE -> gone(child, (int) note.number(), now);
      case END -> {}
      default -> hearsay.tell(child, note);
    }
  }

  private void ready(Child child, long now) {
    child.readyAt = now;
    child.heard = now;
    child.unleash();
    if (child.state != Child.State.STARTING) {
      return;
    }
    child.state = Child.State.READY;
    // It takes over from one that has served enough.
    children.values().stream()
        .filter(old -> old.worn && old.place == child.place && old.state != Child.State.LEAVING)
        .findFirst()
        .ifPresent(old -> old.leave(house.timeouts().parting().toNanos()));
  }

  private void served(Child child, long number, Peer peer) {
    child.clients.put(number, peer);
    child.served++;
    backoff.proved();
    house.permits().seat();
    if (ways.recycleAfter() > 0 && child.served >= ways.recycleAfter()) {
      child.worn = true;
    }
    Staffing staffing = staffings.get(child.place);
    int ready =
        (int)
            children.values().stream()
                .filter(each -> each.place == child.place && each.waits())
                .count();
    staffing.taken(ready);
    if (ready == 0) {
      calmSince = house.now();
    }
    fill();
  }

  private void gone(Child child, int status, long now) {
    children.remove(child.number());
    child.close();
    boolean young =
        child.served == 0
            && (child.state == Child.State.STARTING
                || (status != 0 && now - child.readyAt < PROVED));
    boolean unasked = child.state != Child.State.LEAVING && !ended;
    String end = "child " + child.number() + " ended " + Status.words(status);
    IOException lost = new IOException("its process, " + end);
    String guests = child.guests();
    boolean served = !child.clients.isEmpty();
    hearsay.lost(child, ended ? Cause.CUT : Cause.failed(lost), lost);
    house.permits().give();
    if (unasked && young) {
      long pause = backoff.diedYoung(now);
      if (pause > 0) {
        LOGGER.log(Level.ERROR, end + " before it served; the next one in " + millis(pause));
        var _ = owner.schedule(() -> guard(this::fill), pause, TimeUnit.NANOSECONDS);
      }
    } else if (unasked && !child.killed && (served || status != 0)) {
      LOGGER.log(Level.WARNING, end + " while it served " + guests);
    }
    fill();
    closeIfEmpty();
  }

  // ---- time

  private void tick() {
    long now = house.now();
    long silence = ways.silence().toNanos();
    for (Child child : children.values()) {
      long patience = child.state == Child.State.STARTING ? Math.max(BIRTH, silence) : silence;
      if (!child.killed && now - child.heard > patience) {
        replace(child, millis(now - child.heard));
      }
      if (child.state == Child.State.READY && now - child.readyAt > PROVED) {
        backoff.proved();
      }
    }
    if (now - calmSince > CALM) {
      calmSince = now;
      staffings.forEach(Staffing::calm);
      for (int place = 0; place < staffings.size(); place++) {
        dismiss(place, staffings.get(place).surplus(fresh(place)));
      }
    }
    fill();
  }

  private static void replace(Child child, String since) {
    Note holder = child.holder;
    LOGGER.log(
        Level.WARNING,
        holder == null
            ? "child %d gave no sign of life for %s and is replaced; it served %s"
                .formatted(child.number(), since, child.guests())
            : "child %d hung for %s in a handler for %s and is replaced; it is at %s"
                .formatted(child.number(), since, holder.text(0), holder.text(1)));
    child.kill();
  }

  private void dismiss(int place, int count) {
    children.values().stream()
        .filter(child -> child.place == place && child.waits())
        .limit(count)
        .toList()
        .forEach(child -> child.leave(house.timeouts().parting().toNanos()));
  }

  private void closeIfEmpty() {
    Delivery made = delivery;
    if (!children.isEmpty() || !ended) {
      return;
    }
    if (made != null) {
      made.close();
    }
    owner.shutdownNow();
  }

  private static String millis(long nanos) {
    return nanos / 1_000_000 + " ms";
  }
}
