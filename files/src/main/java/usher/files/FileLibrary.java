package usher.files;

import java.util.List;
import java.util.OptionalLong;

/// Files under names, to be listed, read and stored. All doors stand on this. For many threads at
/// once; all methods may block, and throw [LibraryException].
public interface FileLibrary {
  /// All files, sorted by name. A list of what was there at about the same time.
  List<FileEntry> list();

  /// One of them.
  ///
  /// @throws LibraryException with `NOT_FOUND`
  FileEntry stat(FileName name);

  /// Opens one for reading.
  ///
  /// @throws LibraryException with `NOT_FOUND`
  OpenFile open(FileName name);

  /// The checksum of a file, for which its contents may have to be read.
  ///
  /// @param file as [#open] gave it; its position stays where it is
  Checksum checksum(OpenFile file);

  /// Begins to store a file, or goes on where an earlier attempt with the same size and checksum
  /// was cut.
  ///
  /// @throws LibraryException with `READ_ONLY`, `TOO_LARGE`, `QUOTA`, `NO_SPACE`, `EXISTS`, `BUSY`;
  ///   with a ticket `BUSY` also where somebody else is writing this very upload
  Upload store(Deposit deposit);

  /// How many bytes of a cut upload are kept, which [#store] would go on behind; empty where
  /// nothing is known of it. Another thread may be writing it.
  OptionalLong kept(Deposit deposit);

  /// Drops what is kept of a cut upload; nothing where there is nothing.
  ///
  /// @throws LibraryException with `BUSY` where somebody is writing it
  void forget(Deposit deposit);

  /// Takes a file away.
  ///
  /// @throws LibraryException with `NOT_FOUND` or `READ_ONLY`
  void delete(FileName name);

  /// Whether files may be stored.
  boolean writable();
}
