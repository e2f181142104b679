package usher.files;

import java.nio.ByteBuffer;

/// A file on its way into a library. Nobody sees anything of it before [#commit]; a reader then
/// sees the old file or the new one, never a mixture.
///
/// ```
///   begun ──write…──► begun ──commit──► stored
///                       └────close────► kept for a while, if it can be resumed; else gone
/// ```
///
/// For one thread at a time. All methods block, and throw [LibraryException].
public interface Upload extends AutoCloseable {
  /// How many bytes are there: those of an earlier attempt at first, all that were written later.
  /// The next [#write] goes on behind them.
  long offset();

  /// Takes all of these bytes.
  ///
  /// @throws LibraryException with `TOO_LARGE` or `MISMATCH` if they are more than may be or was
  ///   announced, `NO_SPACE` if the disk is full
  void write(ByteBuffer bytes);

  /// Makes it the file of its name: size and checksum are what was announced, and all of it is on
  /// the disk, or it throws and nothing has changed.
  ///
  /// @throws LibraryException with `MISMATCH` if something else has come, `EXISTS` if there is such
  ///   a file and must stay; neither can be resumed
  FileEntry commit();

  /// Ends it. What has come without a [#commit] is kept for a later attempt to resume, if size and
  /// checksum were announced and the disk is not full, and is forgotten otherwise.
  @Override
  void close();
}
