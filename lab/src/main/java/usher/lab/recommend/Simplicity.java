package usher.lab.recommend;

import java.util.Comparator;
import java.util.List;
import java.util.Set;

/// What is known of the models by their names.
///
/// Simple is what leaves the least to understand, to size and to operate: blocking code before
/// callbacks, nothing to size before a pool, one process before several. A name that is not known,
/// such as a server that was there already, comes last.
final class Simplicity {
  private static final List<String> ORDER =
      List.of(
          "iterative",
          "virtual-threads",
          "thread-per-connection",
          "thread-pool",
          "event-loop",
          "event-loop-workers",
          "event-loops",
          "prefork",
          "process-per-connection");

  private static final Set<String> PROCESSES = Set.of("prefork", "process-per-connection");

  private Simplicity() {}

  /// The simplest first; the same for the same names, whatever order they come in.
  static final Comparator<String> SIMPLEST_FIRST =
      Comparator.comparingInt(Simplicity::rank).thenComparing(Comparator.naturalOrder());

  static boolean simpler(String one, String other) {
    return rank(one) < rank(other);
  }

  /// Whether a handler that dies takes only its own process with it.
  static boolean isolates(String subject) {
    return PROCESSES.contains(model(subject));
  }

  /// Threads that run handlers where this model has a fixed few, or 0.
  static int loops(String subject, int cores) {
    return switch (model(subject)) {
      case "iterative", "event-loop" -> 1;
      case "event-loops" -> cores;
      default -> 0;
    };
  }

  /// Whether a handler that waits holds up nobody else.
  static boolean waitsAside(String subject) {
    return switch (model(subject)) {
      case "virtual-threads", "thread-per-connection", "thread-pool", "event-loop-workers" -> true;
      default -> false;
    };
  }

  private static int rank(String subject) {
    int place = ORDER.indexOf(model(subject));
    return place < 0 ? ORDER.size() : place;
  }

  /// `prefork(2, event-loop)` is `prefork`.
  private static String model(String subject) {
    int parameters = subject.indexOf('(');
    return parameters < 0 ? subject : subject.substring(0, parameters).strip();
  }
}
