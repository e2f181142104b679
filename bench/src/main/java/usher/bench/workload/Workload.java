package usher.bench.workload;

import java.util.List;
import java.util.Optional;
import usher.bench.contender.Contender;
import usher.bench.contender.Family;
import usher.bench.measure.Wrk;

/// Something that servers are put through.
public sealed interface Workload {
  /// Short name, for options and files.
  String name();

  /// What it is, for a heading.
  String title();

  /// Who takes part; the baseline, where there is one, does not have to be named.
  Field field();

  /// The contender that the others' figures are divided by, if figures of this one are ratios.
  default Optional<String> baseline() {
    return Optional.empty();
  }

  /// Requests over kept or closed connections, as fast as the server answers.
  ///
  /// @param shape what is asked
  /// @param content what each answer must hold
  /// @param reference the name of the baseline
  /// @param seated whether a server with fewer seats than connections is asked over as many
  ///   connections as it has seats; its baseline then is, too
  record Load(
      String name,
      String title,
      Field field,
      Wrk.Shape shape,
      Content content,
      String reference,
      boolean seated)
      implements Workload {
    @Override
    public Optional<String> baseline() {
      return Optional.of(reference);
    }

    /// The shape as that contender gets it.
    public Wrk.Shape shapeFor(Contender contender) {
      int connections =
          seated ? Math.min(contender.seats(), shape.connections()) : shape.connections();
      return new Wrk.Shape(shape.path(), connections, shape.depth(), shape.close());
    }
  }

  /// Connections that are kept open and say nothing: what each of them costs in memory.
  ///
  /// @param path what each asks for once
  /// @param held how many
  record IdleMemory(String name, String title, Field field, String path, int held)
      implements Workload {}

  /// Active connections beside idle ones: how much of their rate is left.
  ///
  /// @param shape what the active ones ask
  /// @param held how many are idle
  record IdleActive(String name, String title, Field field, Wrk.Shape shape, int held)
      implements Workload {}

  /// From starting the process to the first answer.
  ///
  /// @param path what is asked
  /// @param starts how often in one round
  record StartUp(String name, String title, Field field, String path, int starts)
      implements Workload {}

  /// Who takes part in a workload.
  ///
  /// @param families whole families
  /// @param names single contenders besides
  /// @param without contenders that do not, although their family does
  record Field(List<Family> families, List<String> names, List<String> without) {
    /// Whether that contender takes part.
    public boolean includes(Contender contender) {
      return names.contains(contender.name())
          || (families.contains(contender.family()) && !without.contains(contender.name()));
    }
  }
}
