package usher.files.disk;

import java.time.Duration;

/// What a library in a folder allows.
///
/// @param writable whether files may be stored and deleted
/// @param recursive whether files in folders below are seen, and stored there
/// @param maxFile the most bytes of one file
/// @param quota the most bytes of all files together
/// @param reserve how many bytes stay free on the disk
/// @param uploads how many files may be on their way in at once
/// @param keep how long what has come of a cut upload waits to be resumed
public record FolderRules(
    boolean writable,
    boolean recursive,
    long maxFile,
    long quota,
    long reserve,
    int uploads,
    Duration keep) {
  /// Read only, flat; for who writes: files of 2 GiB, no quota, 64 MiB stay free, 100 uploads at
  /// once, a day to resume.
  public static final FolderRules USUAL =
      new FolderRules(false, false, 2L << 30, Long.MAX_VALUE, 64L << 20, 100, Duration.ofDays(1));

  /// @throws IllegalArgumentException if a limit is negative, or none may upload
  public FolderRules {
    if (maxFile < 0 || quota < 0 || reserve < 0 || uploads < 1 || keep.isNegative()) {
      throw new IllegalArgumentException("a limit of a library is not negative");
    }
  }

  /// The same, but files may be stored.
  public FolderRules withWriting() {
    return new FolderRules(true, recursive, maxFile, quota, reserve, uploads, keep);
  }

  /// The same with folders below.
  public FolderRules withFolders() {
    return new FolderRules(writable, true, maxFile, quota, reserve, uploads, keep);
  }

  /// The same with other sizes.
  public FolderRules withSizes(long most, long all, long free) {
    return new FolderRules(writable, recursive, most, all, free, uploads, keep);
  }
}
