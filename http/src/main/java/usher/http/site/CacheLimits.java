package usher.http.site;

import java.time.Duration;

/// What a site may keep of its files.
///
/// @param entries paths
/// @param bytes bytes of files in memory, compressed forms included
/// @param files files held open: those above `fileMost`
/// @param fileMost files up to this size are kept in memory
/// @param age how old what was seen on disk may be until it is looked at again
public record CacheLimits(int entries, long bytes, int files, int fileMost, Duration age) {
  /// 2,000 paths, 32 MiB, 256 open files, files up to 64 KiB in memory, one second.
  public static final CacheLimits DEFAULT =
      new CacheLimits(2_000, 32 << 20, 256, 64 << 10, Duration.ofSeconds(1));

  public CacheLimits {
    atLeast(1, entries, "entries");
    atLeast(0, bytes, "bytes");
    atLeast(0, files, "files");
    atLeast(0, fileMost, "fileMost");
    if (fileMost > 16 << 20) {
      throw new IllegalArgumentException("fileMost must be at most 16 MiB, not " + fileMost);
    }
    if (age.isNegative() || age.compareTo(Duration.ofDays(1)) > 0) {
      throw new IllegalArgumentException("age must be from zero to one day, not " + age);
    }
  }

  private static void atLeast(long least, long value, String name) {
    if (value < least) {
      throw new IllegalArgumentException(name + " must be at least " + least + ", not " + value);
    }
  }

  /// These limits with another age.
  public CacheLimits withAge(Duration value) {
    return new CacheLimits(entries, bytes, files, fileMost, value);
  }
}
