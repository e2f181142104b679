package usher.cli.serving;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import usher.cli.console.Quantity;
import usher.session.Limits;

/// How many files and sockets this process may hold open, and so how many clients. The JVM has
/// raised its own limit to the hard one by now; where the system does not tell, nothing is checked.
final class Descriptors {
  /// For the JVM itself, listeners, selectors, and files that are being sent.
  static final int RESERVE = 128;

  private static final Path LIMITS = Path.of("/proc/self/limits");

  /// Followed by the soft limit, the hard one and the unit.
  private static final String ROW = "Max open files";

  private Descriptors() {}

  /// How many this process may hold, if the system tells.
  static Optional<Long> allowed() {
    try (Stream<String> lines = Files.lines(LIMITS)) {
      return parse(lines);
    } catch (IOException noProc) {
      return Optional.empty();
    }
  }

  static Optional<Long> parse(Stream<String> lines) {
    return lines
        .filter(line -> line.startsWith(ROW))
        .map(line -> line.substring(ROW.length()).strip())
        .map(numbers -> numbers.substring(0, Math.max(0, numbers.indexOf(' '))))
        .filter(soft -> !soft.isEmpty() && soft.chars().allMatch(c -> c >= '0' && c <= '9'))
        .map(Long::valueOf)
        .findFirst();
  }

  /// The limits, with as many connections as there are descriptors for.
  static Limits fit(Limits limits, long allowed) {
    long most = Math.max(1, allowed - RESERVE);
    return limits.connections() <= most ? limits : limits.withConnections((int) most);
  }

  /// What to tell somebody who asked for more.
  static String warning(int asked, int given, long allowed) {
    return "--max-connections "
        + asked
        + " needs "
        + Quantity.count(asked + (long) RESERVE)
        + " descriptors, this process may open "
        + Quantity.count(allowed)
        + ": serving "
        + Quantity.count(given)
        + " clients at most; raise it before: ulimit -n "
        + (asked + (long) RESERVE);
  }
}
