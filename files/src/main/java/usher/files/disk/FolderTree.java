package usher.files.disk;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import usher.files.FileName;
import usher.files.LibraryException;
import usher.files.LibraryException.Code;

/// Where the files of a library are: regular files with names that clients can say, in folders that
/// are folders and no links.
///
/// @param root a real path
/// @param recursive whether there are folders below it
record FolderTree(Path root, boolean recursive) {
  /// What becomes of folders on the way to a file that are not there.
  enum Missing {
    /// Then the file is not there.
    REFUSED,
    /// They may be made later.
    SPARED,
    MADE
  }

  /// Shown each file.
  @FunctionalInterface
  interface Visitor {
    void visit(FileName name, Path path, BasicFileAttributes attributes);
  }

  /// All files, in no order. Files that come or go meanwhile may be shown or not.
  void each(Visitor visitor) throws IOException {
    each(root, "", visitor);
  }

  private void each(Path folder, String prefix, Visitor visitor) throws IOException {
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
      for (Path path : all) {
        FileName name = name(prefix + path.getFileName());
        if (name == null) {
          continue;
        }
        try {
          BasicFileAttributes attributes = attributes(path);
          if (attributes.isRegularFile()) {
            visitor.visit(name, path, attributes);
          } else if (attributes.isDirectory() && recursive) {
            each(path, name + "/", visitor);
          }
        } catch (NoSuchFileException gone) {
          // Deleted since the folder was read.
        }
      }
    } catch (DirectoryIteratorException thrown) {
      throw Objects.requireNonNull(thrown.getCause());
    }
  }

  /// Null where nobody can ask for it by that name.
  private static @Nullable FileName name(String text) {
    try {
      FileName name = new FileName(text);
      return name.text().equals(text) ? name : null;
    } catch (LibraryException unnameable) {
      return null;
    }
  }

  static BasicFileAttributes attributes(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }

  /// Where a file is, or would be.
  ///
  /// @throws NoSuchFileException where something on the way is no folder
  /// @throws LibraryException with `BAD_NAME` where there are no folders and the name has some
  Path path(FileName name, Missing missing) throws IOException {
    if (!recursive && !name.flat()) {
      throw new LibraryException(Code.BAD_NAME, "this library has no folders");
    }
    List<String> segments = name.segments();
    Path folder = root;
    for (String segment : segments.subList(0, segments.size() - 1)) {
      Path above = folder;
      folder = folder.resolve(segment);
      boolean there = Files.exists(folder, LinkOption.NOFOLLOW_LINKS);
      if (!there && missing == Missing.MADE) {
        make(folder, above);
        there = true;
      }
      boolean needed = there || missing == Missing.REFUSED;
      if (needed && !attributes(folder).isDirectory()) {
        throw new NoSuchFileException(name.text());
      }
    }
    return folder.resolve(segments.getLast());
  }

  private static void make(Path folder, Path above) throws IOException {
    try {
      Files.createDirectory(folder);
      force(above);
    } catch (FileAlreadyExistsException made) {
      // By another upload, at the same time.
    }
  }

  /// Has the names in a folder on the disk.
  static void force(@Nullable Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(Objects.requireNonNull(folder))) {
      channel.force(true);
    }
  }
}
