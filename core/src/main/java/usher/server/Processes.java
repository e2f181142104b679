package usher.server;

import java.time.Duration;

/// How the children of the models `prefork` and `process-per-connection` are kept.
///
/// @param most processes at once under `process-per-connection`, those in wait among them, for each
///   address; further clients wait in the backlog
/// @param recycleAfter connections after which a child of `prefork` is replaced by a fresh one,
///   which serves before the old one is told to finish; 0 for never
/// @param silence how long a child may give no sign of life: its process stands still, or one of
///   its loops is held by a handler. It is then killed and replaced
/// @param pause the longest pause before the next child after several that died young
public record Processes(int most, int recycleAfter, Duration silence, Duration pause) {
  /// 64 processes, never recycled, replaced after 30 s of silence, a pause of at most 30 s.
  public static final Processes DEFAULT =
      new Processes(64, 0, Duration.ofSeconds(30), Duration.ofSeconds(30));

  public Processes {
    if (most < 1) {
      throw new IllegalArgumentException("most must be at least 1, not " + most);
    }
    if (recycleAfter < 0) {
      throw new IllegalArgumentException("recycleAfter must be at least 0, not " + recycleAfter);
    }
    atLeast(100, silence, "silence");
    atLeast(1, pause, "pause");
  }

  private static void atLeast(int millis, Duration value, String name) {
    if (value.compareTo(Duration.ofMillis(millis)) < 0
        || value.compareTo(Duration.ofDays(365)) > 0) {
      throw new IllegalArgumentException(
          name + " must be at least " + millis + " ms and at most 365 days, not " + value);
    }
  }

  /// These ways with another number of processes.
  public Processes withMost(int value) {
    return new Processes(value, recycleAfter, silence, pause);
  }

  /// These ways with another number of connections before a child is replaced.
  public Processes withRecycleAfter(int value) {
    return new Processes(most, value, silence, pause);
  }

  /// These ways with another time of silence.
  public Processes withSilence(Duration value) {
    return new Processes(most, recycleAfter, value, pause);
  }

  /// These ways with another longest pause.
  public Processes withPause(Duration value) {
    return new Processes(most, recycleAfter, silence, value);
  }
}
