package usher.bench.measure;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The used part of a Java heap, from what `jcmd PID GC.heap_info` prints.
public final class HeapInfo {
  /// One line a generation ("DefNew total 9792K, used 12K", "garbage-first heap total …, used …"),
  /// or one for all ("ZHeap used 4M, …"). The lines of single spaces give a percentage instead and
  /// those of the metaspace have no total, so neither is counted.
  private static final Pattern USED =
      Pattern.compile("^\\s*(?:.*\\btotal\\b.*,|ZHeap)\\s+used (\\d+)([KMG])\\b");

  private HeapInfo() {}

  /// Bytes in use, summed over the generations.
  ///
  /// @throws IllegalArgumentException if no line tells
  public static long usedBytes(String text) {
    long used = 0;
    boolean found = false;
    for (String line : text.lines().toList()) {
      Matcher matcher = USED.matcher(line);
      if (matcher.find()) {
        found = true;
        used += Long.parseLong(matcher.group(1)) * unit(matcher.group(2));
      }
    }
    if (!found) {
      throw new IllegalArgumentException("no heap in what jcmd printed: " + text.strip());
    }
    return used;
  }

  private static long unit(String letter) {
    return switch (letter) {
      case "K" -> 1L << 10;
      case "M" -> 1L << 20;
      case "G" -> 1L << 30;
      default -> throw new IllegalArgumentException("unknown unit of memory: " + letter);
    };
  }
}
