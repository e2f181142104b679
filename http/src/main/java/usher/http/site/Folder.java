package usher.http.site;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A folder on disk, and the wall around it: what lies outside is as if it were not there.
///
/// A path is resolved in full, symbolic links and all, and what comes out must lie inside. Links
/// that stay inside are followed. Only regular files are opened, so that no request ever waits for
/// a FIFO or touches a device.
///
/// Between the look and the opening the disk may change. So the resolved path, which has no links
/// left, is walked from the root with each step held open and links refused (`openat` with
/// `O_NOFOLLOW`): a folder that is swapped for a link in between is not found. Two things remain.
/// Where the system has no such calls, and so no [SecureDirectoryStream], who can write inside the
/// folder can win that race. And who swaps a file for a FIFO at that very moment makes one opening
/// wait.
///
/// Folders on the way must be readable, since walking opens them. What the file system refuses for
/// any other reason than missing permission counts as not there, a fault of the disk included.
final class Folder {
  private static final Set<OpenOption> READ =
      Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);

  /// How often a file is opened anew that is exchanged while it is being opened.
  private static final int ATTEMPTS = 3;

  private final Path root;
  private final boolean dotFiles;

  /// What a path leads to.
  ///
  /// @param real the path without any links
  record Node(Path real, BasicFileAttributes attributes) {}

  /// A file and what it was when it was opened.
  record Opened(FileChannel channel, BasicFileAttributes attributes) {}

  /// Opens a folder.
  ///
  /// @throws NotDirectoryException where it is none
  Folder(Path directory, boolean dotFiles) throws IOException {
    if (!directory.getFileSystem().equals(FileSystems.getDefault())) {
      throw new IllegalArgumentException("not a folder of the default file system: " + directory);
    }
    this.root = directory.toRealPath();
    this.dotFiles = dotFiles;
    if (!Files.isDirectory(root)) {
      throw new NotDirectoryException(directory.toString());
    }
  }

  /// The folder itself, without links.
  Path root() {
    return root;
  }

  /// What a path leads to: a regular file or a directory inside; else null.
  ///
  /// @throws AccessDeniedException where the file system does not let us look
  @Nullable Node find(String relative) throws IOException {
    return real(relative.isEmpty() ? root : path(relative));
  }

  private @Nullable Path path(String relative) {
    try {
      return root.resolve(relative);
    } catch (InvalidPathException unmappable) {
      return null;
    }
  }

  /// What a path of the file system leads to, if that is inside.
  @Nullable Node real(@Nullable Path path) throws IOException {
    if (path == null) {
      return null;
    }
    try {
      Path real = path.toRealPath();
      if (!real.startsWith(root) || !shown(real)) {
        return null;
      }
      BasicFileAttributes attributes = attributes(real);
      return attributes.isRegularFile() || attributes.isDirectory()
          ? new Node(real, attributes)
          : null;
    } catch (AccessDeniedException denied) {
      throw denied;
    } catch (FileSystemException absent) {
      return null;
    }
  }

  /// Whether a link's target may be named itself.
  private boolean shown(Path real) {
    if (dotFiles) {
      return true;
    }
    for (int i = root.getNameCount(); i < real.getNameCount(); i++) {
      if (real.getName(i).toString().startsWith(".")) {
        return false;
      }
    }
    return true;
  }

  static BasicFileAttributes attributes(Path real) throws IOException {
    return Files.readAttributes(real, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }

  /// Opens a regular file by its path without links. The caller closes the channel.
  ///
  /// @return null where there is none any more
  @Nullable Opened open(Path real) throws IOException {
    try {
      for (int i = 0; i < ATTEMPTS; i++) {
        Opened opened = attempt(real);
        if (opened != null) {
          return opened;
        }
      }
      throw new NoSuchFileException(real.toString(), null, "exchanged again and again");
    } catch (NoSuchFileException | NotDirectoryException gone) {
      return null;
    } catch (AccessDeniedException denied) {
      throw denied;
    } catch (FileSystemException thrown) {
      // A link in the way, or a fault such as no descriptor left? Looking needs no descriptor.
      Node now = real(real);
      if (now == null || !now.real.equals(real)) {
        return null;
      }
      throw thrown;
    }
  }

  private @Nullable Opened attempt(Path real) throws IOException {
    Path name = real.getFileName();
    try (DirectoryStream<Path> parent = walk(Objects.requireNonNull(real.getParent()))) {
      if (parent instanceof SecureDirectoryStream<Path> held) {
        BasicFileAttributeView view = view(held, name);
        BasicFileAttributes before = regular(view.readAttributes(), real);
        return checked((FileChannel) held.newByteChannel(name, READ), before, view::readAttributes);
      }
      BasicFileAttributes before = regular(attributes(real), real);
      return checked(FileChannel.open(real, READ), before, () -> attributes(real));
    }
  }

  /// Opens a folder inside by its path without links, one step after the other.
  @SuppressWarnings("StreamResourceLeak") // the caller closes it
  private DirectoryStream<Path> walk(Path real) throws IOException {
    DirectoryStream<Path> top = Files.newDirectoryStream(root);
    if (!(top instanceof SecureDirectoryStream<Path> held)) {
      top.close();
      return Files.newDirectoryStream(real);
    }
    try {
      for (int i = root.getNameCount(); i < real.getNameCount(); i++) {
        SecureDirectoryStream<Path> inner =
            held.newDirectoryStream(real.getName(i), LinkOption.NOFOLLOW_LINKS);
        held.close();
        held = inner;
      }
    } catch (Throwable thrown) {
      held.close();
      throw thrown;
    }
    return held;
  }

  private static BasicFileAttributeView view(SecureDirectoryStream<Path> held, Path name) {
    return held.getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
  }

  /// A file or folder in a folder.
  record Entry(String name, BasicFileAttributes attributes) {
    boolean isDirectory() {
      return attributes.isDirectory();
    }
  }

  /// What can be asked for in a folder inside, in no order.
  ///
  /// @param real the folder's path without links
  /// @param most how many entries to give at most
  List<Entry> list(Path real, int most) throws IOException {
    var entries = new ArrayList<Entry>();
    try (DirectoryStream<Path> folder = walk(real)) {
      for (Path path : folder) {
        if (entries.size() == most) {
          break;
        }
        Path file = path.getFileName();
        String name = file.toString();
        // A name that our charset cannot express leads nowhere.
        if (!SitePath.isName(name, dotFiles) || !file.equals(file.getFileSystem().getPath(name))) {
          continue;
        }
        BasicFileAttributes attributes = look(folder, real.resolve(file));
        if (attributes != null) {
          entries.add(new Entry(name, attributes));
        }
      }
    } catch (DirectoryIteratorException failed) {
      throw failed.getCause();
    }
    return entries;
  }

  private @Nullable BasicFileAttributes look(DirectoryStream<Path> folder, Path path) {
    try {
      BasicFileAttributes attributes =
          folder instanceof SecureDirectoryStream<Path> held
              ? view(held, path.getFileName()).readAttributes()
              : attributes(path);
      if (attributes.isSymbolicLink()) {
        Node node = real(path);
        return node == null ? null : node.attributes;
      }
      return attributes.isRegularFile() || attributes.isDirectory() ? attributes : null;
    } catch (IOException goneOrDenied) {
      return null;
    }
  }

  private static BasicFileAttributes regular(BasicFileAttributes attributes, Path path)
      throws NoSuchFileException {
    if (!attributes.isRegularFile()) {
      throw new NoSuchFileException(path.toString(), null, "not a regular file");
    }
    return attributes;
  }

  @FunctionalInterface
  private interface Look {
    BasicFileAttributes again() throws IOException;
  }

  /// The attributes belong to the channel if the name stood for one file before and after.
  private static @Nullable Opened checked(
      FileChannel channel, BasicFileAttributes before, Look look) throws IOException {
    try {
      BasicFileAttributes after = look.again();
      if (Objects.equals(before.fileKey(), after.fileKey())) {
        return new Opened(channel, after);
      }
      channel.close();
      return null;
    } catch (Throwable thrown) {
      channel.close();
      throw thrown;
    }
  }
}
