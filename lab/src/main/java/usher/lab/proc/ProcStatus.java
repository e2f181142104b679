package usher.lab.proc;

/// Memory and threads of one process, from `/proc/PID/status` (see proc(5)).
///
/// @param residentBytes resident memory (`VmRSS`); 0 for a process that has none, as a zombie
/// @param threads how many threads it has
public record ProcStatus(long residentBytes, int threads) {
  /// Reads the text of such a file.
  ///
  /// @throws IllegalArgumentException if a value is not a number
  public static ProcStatus parse(String text) {
    long resident = 0;
    int threads = 0;
    for (String line : text.lines().toList()) {
      if (line.startsWith("VmRSS:")) {
        String value = line.substring("VmRSS:".length()).strip();
        if (!value.endsWith(" kB")) {
          throw new IllegalArgumentException("VmRSS is not in kB: " + line);
        }
        resident = Long.parseLong(value.substring(0, value.length() - 3).strip()) * 1024;
      } else if (line.startsWith("Threads:")) {
        threads = Integer.parseInt(line.substring("Threads:".length()).strip());
      }
    }
    return new ProcStatus(resident, threads);
  }
}
