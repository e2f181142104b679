package usher.http.site;

import java.util.Locale;

/// Sizes for people: three digits at most, in powers of a thousand.
public final class FileSize {
  private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB", "PB", "EB"};

  private FileSize() {}

  /// Such as `512 B`, `1.5 kB`, `23 MB`.
  public static String of(long bytes) {
    if (bytes < 1000) {
      return bytes + " B";
    }
    double value = bytes;
    int unit = 0;
    // What would be rounded up to 1000 belongs to the next unit.
    while (value >= 999.5) {
      value /= 1000;
      unit++;
    }
    return String.format(Locale.ROOT, value < 9.95 ? "%.1f %s" : "%.0f %s", value, UNITS[unit]);
  }
}
