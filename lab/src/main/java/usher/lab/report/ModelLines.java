package usher.lab.report;

import java.util.OptionalInt;

/// How many lines of code each model takes in `usher.server.model`: its own class and those that it
/// shares with few others, without blank lines, comments and imports. What all models share (the
/// drivers, the protocols) is not counted. A test counts them again.
final class ModelLines {
  private ModelLines() {}

  /// @param subject as in the results, with its parameters or without
  static OptionalInt of(String subject) {
    int parameters = subject.indexOf('(');
    return switch (parameters < 0 ? subject : subject.substring(0, parameters).strip()) {
      case "iterative" -> OptionalInt.of(165);
      case "thread-per-connection" -> OptionalInt.of(92);
      case "thread-pool" -> OptionalInt.of(136);
      case "virtual-threads" -> OptionalInt.of(96);
      case "process-per-connection" -> OptionalInt.of(100);
      case "prefork" -> OptionalInt.of(71);
      case "event-loop", "event-loops" -> OptionalInt.of(101);
      case "event-loop-workers" -> OptionalInt.of(134);
      default -> OptionalInt.empty();
    };
  }
}
