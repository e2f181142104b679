package usher.testkit.contract;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import usher.server.Model;
import usher.testkit.Leaks;

/// One behaviour under one model, over all transports of its suite at the same time; trials wait
/// more than they work. Afterwards the process holds what it held before: descriptors, and threads
/// of servers. A leak can be seen only in a process that does nothing else, so rounds come one
/// after the other.
///
/// Starts when the first outcome is asked for.
final class Round {
  private static final String THREADS = "usher-";

  private final Behaviour behaviour;
  private final Model model;
  private final Map<Transport, FutureTask<@Nullable Void>> trials = new EnumMap<>(Transport.class);
  private @Nullable Leaks before;

  Round(Behaviour behaviour, Model model, List<Transport> transports) {
    this.behaviour = behaviour;
    this.model = model;
    for (Transport transport : transports) {
      if (behaviour.skipped(model, transport).isEmpty() && transport.present()) {
        trials.put(transport, new FutureTask<>(trial(transport)));
      }
    }
  }

  private Callable<@Nullable Void> trial(Transport transport) {
    return () -> {
      Trial.run(behaviour, model, transport);
      return null;
    };
  }

  /// Waits for the trial over this transport.
  ///
  /// @throws Throwable why it failed
  void outcome(Transport transport) throws Throwable {
    start();
    FutureTask<@Nullable Void> trial = trials.get(transport);
    if (trial == null) {
      throw new IllegalArgumentException(transport + " is skipped");
    }
    try {
      Void _ = trial.get();
    } catch (ExecutionException failed) {
      throw failed.getCause() == null ? failed : failed.getCause();
    }
  }

  private void start() {
    if (before == null) {
      before = Leaks.now(THREADS);
      for (Map.Entry<Transport, FutureTask<@Nullable Void>> trial : trials.entrySet()) {
        Thread.ofPlatform()
            .daemon()
            .name("contract-" + trial.getKey().label())
            .start(trial.getValue());
      }
    }
  }

  /// Waits for all trials, and until nothing is left of them.
  void leavesNothing() throws InterruptedException {
    start();
    for (FutureTask<@Nullable Void> trial : trials.values()) {
      try {
        Void _ = trial.get();
      } catch (ExecutionException itsOwn) {
        // It fails by itself.
      }
    }
    if (before != null) {
      before.awaitNone(Trial.LONG);
    }
  }
}
