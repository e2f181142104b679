package usher.lab.recommend;

import java.util.List;

/// How one subject does over all workloads.
///
/// @param least the smallest share of the best rate among the workloads whose constraints it meets;
///   0 where it meets those of none
/// @param worst the workload where that is; empty where there is none
/// @param failed workloads whose constraints it does not meet and another does, or that it was not
///   measured under
public record Standing(String subject, double least, String worst, List<String> failed) {
  public Standing {
    failed = List.copyOf(failed);
  }
}
