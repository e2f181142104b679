package usher.server;

import static usher.session.Capability.BLOCKING_ALONE;
import static usher.session.Capability.CHEAP_WAITING;
import static usher.session.Capability.CONCURRENT_CLIENTS;
import static usher.session.Capability.SHARED_MEMORY;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import usher.server.process.Childhood;
import usher.session.Capability;
import usher.session.Limits;

/// How clients are seated: which thread serves whom. The same protocol is served, unchanged, under
/// each of them.
public sealed interface Model {
  /// How many processes wait for a client, unless the user says.
  int MIN_SPARE = 2;

  /// How many of them at most.
  int MAX_SPARE = 8;

  /// One client at a time, from accept to close.
  record Iterative() implements Model {}

  /// A new platform thread for each connection.
  record ThreadPerConnection() implements Model {}

  /// A fixed number of platform threads take connections from a bounded queue.
  record ThreadPool(int threads) implements Model {
    public ThreadPool {
      positive(threads, "thread");
    }
  }

  /// A new virtual thread for each connection.
  record VirtualThreads() implements Model {}

  /// One thread, non-blocking sockets, handlers on the loop.
  record EventLoop() implements Model {}

  /// Several such loops.
  record EventLoops(int loops) implements Model {
    public EventLoops {
      positive(loops, "loop");
    }
  }

  /// One loop for the I/O, a bounded pool for handlers that block.
  record EventLoopWorkers(int workers) implements Model {
    public EventLoopWorkers {
      positive(workers, "worker");
    }
  }

  /// Several processes that accept from one socket, each with a model of its own inside.
  ///
  /// @param children for each address
  record Prefork(int children, Model inner) implements Model {
    public Prefork {
      positive(children, "child");
      if (inner.processes()) {
        throw new IllegalArgumentException(
            "the model inside of prefork lives in one process; " + inner.name() + " does not");
      }
    }

    @Override
    public String toString() {
      return text();
    }
  }

  /// A process for each connection, some of them started before their client comes.
  ///
  /// @param minSpare that wait for a client when nothing is going on, for each address; with 0
  ///   there is one, whose successor is started when it has got its client
  /// @param maxSpare that wait when many clients come
  record ProcessPerConnection(int minSpare, int maxSpare) implements Model {
    public ProcessPerConnection {
      if (minSpare < 0 || maxSpare < Math.max(1, minSpare)) {
        throw new IllegalArgumentException(
            "spare processes: at least 0, and the most no fewer than the least and 1; not "
                + minSpare
                + " and "
                + maxSpare);
      }
    }
  }

  /// Every model with its usual number of threads or processes, in the order in which they are
  /// taught.
  static List<Model> all() {
    int cores = Runtime.getRuntime().availableProcessors();
    return Stream.concat(
            inProcess().stream(),
            Stream.of(
                new Prefork(cores, new EventLoop()),
                new ProcessPerConnection(MIN_SPARE, MAX_SPARE)))
        .toList();
  }

  /// Those that need no second process.
  static List<Model> inProcess() {
    int cores = Runtime.getRuntime().availableProcessors();
    return List.of(
        new Iterative(),
        new ThreadPerConnection(),
        new ThreadPool(200),
        new VirtualThreads(),
        new EventLoop(),
        new EventLoops(cores),
        new EventLoopWorkers(Math.max(32, 4 * cores)));
  }

  /// The model of this name, such as `event-loops`, with its usual number of threads or processes,
  /// or with the number behind it: `event-loops(4)`; for `prefork` also with the model inside:
  /// `prefork(4, event-loop)`; for `process-per-connection` with the spare ones:
  /// `process-per-connection(2, 8)`.
  static Optional<Model> named(String name) {
    Matcher forks =
        Pattern.compile("prefork\\(([1-9][0-9]{0,3}), *([a-z-]+(\\([0-9]+\\))?)\\)").matcher(name);
    if (forks.matches()) {
      return named(forks.group(2))
          .filter(inner -> !inner.processes())
          .map(inner -> new Prefork(Integer.parseInt(forks.group(1)), inner));
    }
    Matcher sized = Pattern.compile("([a-z-]+)\\(([1-9][0-9]{0,4})\\)").matcher(name);
    if (sized.matches()) {
      return named(sized.group(1))
          .filter(model -> model.size().isPresent())
          .map(model -> model.withThreads(Integer.parseInt(sized.group(2))));
    }
    Matcher spares =
        Pattern.compile("process-per-connection\\(([0-9]{1,4}), *([1-9][0-9]{0,3})\\)")
            .matcher(name);
    if (spares.matches()) {
      int least = Integer.parseInt(spares.group(1));
      int most = Integer.parseInt(spares.group(2));
      return least <= most ? Optional.of(new ProcessPerConnection(least, most)) : Optional.empty();
    }
    return all().stream().filter(model -> model.name().equals(name)).findFirst();
  }

  /// It as [#named] reads it: the name, and the number where it is not the usual one.
  default String text() {
    return switch (this) {
      case Prefork(int children, Model inner) -> "prefork(" + children + ", " + inner.text() + ")";
      case ProcessPerConnection(int least, int most) ->
          least == MIN_SPARE && most == MAX_SPARE
              ? name()
              : name() + "(" + least + ", " + most + ")";
      // Not by equals: the JDK makes it up at its first call, which is 15 ms of a child's start.
      default ->
          inProcess().stream()
                  .anyMatch(usual -> usual.name().equals(name()) && usual.size().equals(size()))
              ? name()
              : name() + "(" + size().orElseThrow() + ")";
    };
  }

  /// Whether clients are served by other processes than the one that started the server.
  default boolean processes() {
    return this instanceof Prefork || this instanceof ProcessPerConnection;
  }

  /// One process's share of a server's limits.
  default Limits share(Limits whole) {
    return switch (this) {
      case Prefork(int children, Model _) ->
          whole.withConnections(Math.ceilDiv(whole.connections(), children));
      case ProcessPerConnection _ -> whole.withConnections(1);
      default -> whole;
    };
  }

  /// Why it cannot be had on this system, in a sentence, or nothing if it can.
  default Optional<String> obstacle() {
    return processes() ? Childhood.obstacle() : Optional.empty();
  }

  /// Its name on the command line.
  default String name() {
    return switch (this) {
      case Iterative _ -> "iterative";
      case ThreadPerConnection _ -> "thread-per-connection";
      case ThreadPool _ -> "thread-pool";
      case VirtualThreads _ -> "virtual-threads";
      case EventLoop _ -> "event-loop";
      case EventLoops _ -> "event-loops";
      case EventLoopWorkers _ -> "event-loop-workers";
      case Prefork _ -> "prefork";
      case ProcessPerConnection _ -> "process-per-connection";
    };
  }

  /// What happens, in a line.
  default String summary() {
    return switch (this) {
      case Iterative _ -> "one client at a time; the rest wait in the backlog";
      case ThreadPerConnection _ -> "a new platform thread for each connection";
      case ThreadPool _ -> "a fixed number of threads take connections from a queue";
      case VirtualThreads _ -> "a virtual thread for each connection";
      case EventLoop _ -> "one thread, readiness events; handlers run on the loop";
      case EventLoops _ -> "one such loop for each core";
      case EventLoopWorkers _ -> "a loop for the I/O, a pool for handlers that block";
      case Prefork _ -> "several processes, each with another model inside";
      case ProcessPerConnection _ -> "a process for each connection, a few kept in wait";
    };
  }

  /// What it offers.
  default Set<Capability> capabilities() {
    return switch (this) {
      case Iterative _ -> Set.of(SHARED_MEMORY);
      case ThreadPerConnection _, ThreadPool _ ->
          Set.of(CONCURRENT_CLIENTS, SHARED_MEMORY, BLOCKING_ALONE);
      case VirtualThreads _, EventLoopWorkers _ ->
          Set.of(CONCURRENT_CLIENTS, SHARED_MEMORY, BLOCKING_ALONE, CHEAP_WAITING);
      case EventLoop _, EventLoops _ -> Set.of(CONCURRENT_CLIENTS, SHARED_MEMORY, CHEAP_WAITING);
      case Prefork(int children, Model inner) -> {
        Set<Capability> offered = EnumSet.copyOf(inner.capabilities());
        offered.remove(SHARED_MEMORY);
        if (children > 1) {
          offered.add(CONCURRENT_CLIENTS);
        }
        yield Set.copyOf(offered);
      }
      case ProcessPerConnection _ -> Set.of(CONCURRENT_CLIENTS, BLOCKING_ALONE);
    };
  }

  /// How many threads, or processes, the user may choose, or none where the model decides.
  default OptionalInt size() {
    return switch (this) {
      case ThreadPool(int threads) -> OptionalInt.of(threads);
      case EventLoops(int loops) -> OptionalInt.of(loops);
      case EventLoopWorkers(int workers) -> OptionalInt.of(workers);
      case Prefork(int children, Model _) -> OptionalInt.of(children);
      default -> OptionalInt.empty();
    };
  }

  /// This model with another number of threads, or processes.
  ///
  /// @throws IllegalArgumentException if the model leaves no choice, or the number is not positive
  default Model withThreads(int threads) {
    return switch (this) {
      case ThreadPool _ -> new ThreadPool(threads);
      case EventLoops _ -> new EventLoops(threads);
      case EventLoopWorkers _ -> new EventLoopWorkers(threads);
      case Prefork(int _, Model inner) -> new Prefork(threads, inner);
      default ->
          throw new IllegalArgumentException(
              name()
                  + " has no number of threads to choose; thread-pool, event-loops,"
                  + " event-loop-workers and prefork have");
    };
  }

  private static void positive(int count, String what) {
    if (count < 1) {
      throw new IllegalArgumentException("there must be at least one " + what + ", not " + count);
    }
  }
}
