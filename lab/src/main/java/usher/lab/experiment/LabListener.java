package usher.lab.experiment;

import usher.lab.result.Metric;

/// Told how a run goes on, by the thread that runs it.
public interface LabListener {
  /// Tells nobody.
  LabListener NONE = new LabListener() {};

  /// Something begins.
  ///
  /// @param done of all that is to be done, from 0 to 1
  /// @param subject a model, or another server; empty for what concerns none
  /// @param workload its name; empty likewise
  /// @param step in words
  default void step(double done, String subject, String workload, String step) {}

  /// A figure of one repeat.
  default void figure(String subject, String workload, Metric metric, double figure) {}

  /// Something that the user should know at once.
  default void warning(String text) {}
}
