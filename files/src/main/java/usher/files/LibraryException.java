package usher.files;

import org.jspecify.annotations.Nullable;

/// What a library refuses, or could not do. The message is for the client: it says what was wrong,
/// and nothing of where the folder lies.
public final class LibraryException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /// What kind of trouble it is. Each door has its own word for each.
  public enum Code {
    /// The name cannot be that of a file here.
    BAD_NAME,
    /// There is no such file.
    NOT_FOUND,
    /// There is such a file, and it was to be stored only if there were none.
    EXISTS,
    /// The library takes no files.
    READ_ONLY,
    /// The file system does not let us.
    DENIED,
    /// One file is larger than any may be.
    TOO_LARGE,
    /// All files together would be larger than they may be.
    QUOTA,
    /// The disk is full, or would be too full.
    NO_SPACE,
    /// What came is not what was announced.
    MISMATCH,
    /// Too much at once; later it may work.
    BUSY,
    /// The folder has gone, or the disk is broken.
    BROKEN
  }

  private final Code code;

  /// Trouble that nothing else has caused.
  public LibraryException(Code code, String message) {
    this(code, message, null);
  }

  /// Trouble with a cause, for the log.
  public LibraryException(Code code, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  /// What kind of trouble.
  public Code code() {
    return code;
  }
}
