package usher.bench.report;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import usher.bench.measure.Metric;
import usher.bench.measure.Sample;

/// All samples of a run, in the order in which they were taken.
public record Results(List<Sample> samples) {
  public Results {
    samples = List.copyOf(samples);
  }

  /// The servers that were put through that workload, in the order in which they came.
  public List<String> contenders(String workload) {
    return samples.stream()
        .filter(sample -> sample.workload().equals(workload))
        .map(Sample::contender)
        .distinct()
        .toList();
  }

  /// The repeats of one figure, unless one of the repeats failed or none has that figure: a server
  /// that fails now and then has no figure.
  public Optional<Summary> summary(String workload, String contender, Metric metric) {
    if (failure(workload, contender).isPresent()) {
      return Optional.empty();
    }
    List<Double> figures =
        of(workload, contender).stream()
            .map(sample -> sample.figures().get(metric))
            .filter(Objects::nonNull)
            .toList();
    return figures.isEmpty() ? Optional.empty() : Optional.of(Summary.of(figures));
  }

  /// Why that server has no figures for that workload, if one of its repeats failed.
  public Optional<String> failure(String workload, String contender) {
    return of(workload, contender).stream()
        .map(Sample::failure)
        .filter(Objects::nonNull)
        .findFirst();
  }

  /// Whether any repeat of anything failed.
  public boolean anyFailed() {
    return samples.stream().anyMatch(sample -> sample.failure() != null);
  }

  private List<Sample> of(String workload, String contender) {
    return samples.stream()
        .filter(s -> s.workload().equals(workload) && s.contender().equals(contender))
        .toList();
  }
}
