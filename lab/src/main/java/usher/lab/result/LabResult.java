package usher.lab.result;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// One run of the lab, whole: what the result file holds.
///
/// @param format version of the file's format, [#FORMAT]
/// @param begun when the run began
/// @param seconds how long it took
/// @param command that repeats it
/// @param seed of all that was random
/// @param repeats of each measurement
/// @param machine where
/// @param generator the load generator's own limits
/// @param workloads in the order of the run
/// @param subjects models and other servers, in the order of the run
/// @param cells at most one for each workload and subject
/// @param remarks on the whole run: noise, what was left out
public record LabResult(
    int format,
    Instant begun,
    double seconds,
    String command,
    long seed,
    int repeats,
    Machine machine,
    GeneratorNote generator,
    List<WorkloadNote> workloads,
    List<String> subjects,
    List<Cell> cells,
    List<String> remarks) {
  /// Of files that this version writes and reads.
  public static final int FORMAT = 1;

  public LabResult {
    workloads = List.copyOf(workloads);
    subjects = List.copyOf(subjects);
    cells = List.copyOf(cells);
    remarks = List.copyOf(remarks);
  }

  public Optional<Cell> cell(String subject, String workload) {
    return cells.stream()
        .filter(cell -> cell.subject().equals(subject) && cell.workload().equals(workload))
        .findFirst();
  }
}
