package usher.files.disk;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Locale;
import usher.files.FileName;
import usher.files.LibraryException;
import usher.files.LibraryException.Code;

/// What the file system's refusals mean to a client. The only place that knows the system's words:
/// a full disk and a broken one have no exception class of their own.
final class Trouble {
  private Trouble() {}

  static LibraryException of(IOException thrown, FileName name) {
    return switch (thrown) {
      case NoSuchFileException _, NotDirectoryException _ ->
          new LibraryException(Code.NOT_FOUND, "there is no " + name, thrown);
      case AccessDeniedException _ ->
          new LibraryException(Code.DENIED, "the file system does not let us", thrown);
      case FileAlreadyExistsException _ ->
          new LibraryException(Code.EXISTS, "there is a " + name + " already", thrown);
      default -> byWords(thrown, name);
    };
  }

  private static LibraryException byWords(IOException thrown, FileName name) {
    String reason =
        thrown instanceof FileSystemException system && system.getReason() != null
            ? system.getReason()
            : String.valueOf(thrown.getMessage());
    String words = reason.toLowerCase(Locale.ROOT);
    if (words.contains("no space") || words.contains("quota exceeded")) {
      return new LibraryException(Code.NO_SPACE, "the disk is full", thrown);
    }
    if (words.contains("read-only file system")) {
      return new LibraryException(Code.READ_ONLY, "the disk is read-only", thrown);
    }
    if (words.contains("file too large")) {
      return new LibraryException(Code.TOO_LARGE, "the disk takes no file so large", thrown);
    }
    if (words.contains("too many levels of symbolic links")) {
      return new LibraryException(Code.NOT_FOUND, "there is no " + name, thrown);
    }
    return new LibraryException(Code.BROKEN, "the disk failed", thrown);
  }

  /// The folder itself is gone, or no folder any more.
  static LibraryException gone(IOException thrown) {
    return new LibraryException(Code.BROKEN, "the folder of the library is gone", thrown);
  }
}
