package usher.server.process;

/// How long to wait before the next child after one that died young: twice as long each time, up to
/// a limit, until one proves itself. Pure: time is an argument.
final class Backoff {
  private final long first;
  private final long most;
  private long pause;
  private long until = Long.MIN_VALUE;

  /// @param first the first pause, ns
  /// @param most the longest pause, ns
  Backoff(long first, long most) {
    this.first = first;
    this.most = Math.max(first, most);
  }

  /// A child died young. One that does so during a pause changes nothing: they were started
  /// together.
  ///
  /// @return the pause that begins now, or 0 if one is under way
  long diedYoung(long now) {
    if (pauses(now)) {
      return 0;
    }
    pause = pause == 0 ? first : Math.min(most, pause * 2);
    until = now + pause;
    return pause;
  }

  /// A child has proved itself.
  void proved() {
    pause = 0;
    until = Long.MIN_VALUE;
  }

  /// Whether no child may be started now.
  boolean pauses(long now) {
    return until != Long.MIN_VALUE && now < until;
  }
}
