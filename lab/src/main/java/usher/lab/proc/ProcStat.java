package usher.lab.proc;

import java.util.List;

/// The CPU time of one process, from the single line of `/proc/PID/stat` (see proc(5)).
///
/// @param pid the process
/// @param ticks user and system time in clock ticks, its own and that of the children it has
///   already waited for
/// @param waitedTicks of these, that of the children
public record ProcStat(long pid, long ticks, long waitedTicks) {
  /// Nanoseconds of a clock tick: user programs are told of a hundred a second, whatever the kernel
  /// has.
  static final long TICK = 10_000_000;

  private static final int UTIME = 14;
  private static final int CUTIME = 16;
  private static final int CSTIME = 17;

  /// Reads such a line. The second field is the program's name in parentheses and may itself hold
  /// blanks and parentheses, so fields are counted from the last closing one.
  ///
  /// @throws IllegalArgumentException if the line does not have that form
  public static ProcStat parse(String line) {
    int open = line.indexOf('(');
    int close = line.lastIndexOf(')');
    if (open < 1 || close < open) {
      throw new IllegalArgumentException("not a line of /proc/PID/stat: " + line);
    }
    List<String> rest = List.of(line.substring(close + 1).strip().split(" ", -1));
    int first = 3;
    if (rest.size() <= CSTIME - first) {
      throw new IllegalArgumentException("too few fields in /proc/PID/stat: " + line);
    }
    long ticks = 0;
    long waited = 0;
    for (int field = UTIME; field <= CSTIME; field++) {
      long some = Long.parseLong(rest.get(field - first));
      ticks += some;
      waited += field >= CUTIME ? some : 0;
    }
    return new ProcStat(Long.parseLong(line.substring(0, open).strip()), ticks, waited);
  }
}
