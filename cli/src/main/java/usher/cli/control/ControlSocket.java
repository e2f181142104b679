package usher.cli.control;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// Where control sockets are, and how one is opened so that at no moment anybody but its owner can
/// connect to it: it is bound in a folder of the owner's, made his own, and moved to its name.
///
/// Without a name they are in `$XDG_RUNTIME_DIR/usher`, or in `usher-USER` in the folder for
/// temporary files, under the number of their process.
public final class ControlSocket implements AutoCloseable {
  private static final Set<PosixFilePermission> OWNER_ALONE =
      PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> OWNER_ALONE_FOLDER =
      PosixFilePermissions.fromString("rwx------");
  private static final String SUFFIX = ".sock";

  private final ServerSocketChannel channel;
  private final Path path;
  private final Object inode;

  private ControlSocket(ServerSocketChannel channel, Path path, Object inode) {
    this.channel = channel;
    this.path = path;
    this.inode = inode;
  }

  /// Opens the socket of this process in the usual folder.
  public static ControlSocket usual() throws IOException {
    Path folder = folder(System.getenv());
    long number = ProcessHandle.current().pid();
    Path path = folder.resolve(number + SUFFIX);
    // A second server of one process: not the command's own way, but nothing forbids it.
    for (int i = 2; answers(path); i++) {
      path = folder.resolve(number + "-" + i + SUFFIX);
    }
    return at(path);
  }

  /// Opens a socket of this name. One that is there is replaced: it belongs to the run before this
  /// one, or to nobody.
  ///
  /// @throws IOException if it cannot be had, or something else has that name
  public static ControlSocket at(Path path) throws IOException {
    Path whole = path.toAbsolutePath();
    if (Files.exists(whole, LinkOption.NOFOLLOW_LINKS) && !isSocket(whole)) {
      throw new FileAlreadyExistsException(whole + ": a file is there that is no socket");
    }
    Path parent = whole.getParent();
    if (parent == null) {
      throw new IOException(path + " cannot be a socket");
    }
    Path passing = Files.createTempDirectory(parent, ".usher");
    Path first = passing.resolve("s");
    ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      channel.bind(UnixDomainSocketAddress.of(first));
      Files.setPosixFilePermissions(first, OWNER_ALONE);
      Files.move(first, whole, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      return new ControlSocket(channel, whole, inode(whole));
    } catch (Throwable thrown) {
      channel.close();
      Files.deleteIfExists(first);
      throw thrown;
    } finally {
      Files.deleteIfExists(passing);
    }
  }

  private static boolean isSocket(Path path) throws IOException {
    return ((Integer) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS) & 0170000)
        == 0140000;
  }

  private static Object inode(Path path) throws IOException {
    return Files.getAttribute(path, "unix:ino", LinkOption.NOFOLLOW_LINKS);
  }

  /// The usual folder, which nobody else may look into.
  static Path folder(Map<String, String> environment) throws IOException {
    String runtime = environment.getOrDefault("XDG_RUNTIME_DIR", "");
    String user = System.getProperty("user.name");
    Path folder =
        !runtime.isEmpty() && Files.isDirectory(Path.of(runtime))
            ? Path.of(runtime, "usher")
            : Path.of(System.getProperty("java.io.tmpdir"), "usher-" + user);
    try {
      Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(OWNER_ALONE_FOLDER));
    } catch (FileAlreadyExistsException there) {
      check(folder, user);
    }
    return folder;
  }

  /// Somebody else may have made it, to listen to what is meant for us.
  private static void check(Path folder, String user) throws IOException {
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
        || !Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS).getName().equals(user)
        || !Files.getPosixFilePermissions(folder, LinkOption.NOFOLLOW_LINKS)
            .equals(OWNER_ALONE_FOLDER)) {
      throw new IOException(folder + " is not a folder that only " + user + " may use");
    }
  }

  /// The sockets in the usual folder that somebody listens to. Those that nobody does are deleted:
  /// their processes were killed.
  public static List<Path> running() throws IOException {
    Path folder = folder(System.getenv());
    List<Path> all;
    try (Stream<Path> files = Files.list(folder)) {
      all = files.filter(file -> file.toString().endsWith(SUFFIX)).sorted().toList();
    }
    for (Path path : all) {
      if (!answers(path)) {
        Files.deleteIfExists(path);
      }
    }
    return all.stream().filter(Files::exists).toList();
  }

  private static boolean answers(Path path) {
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      return channel.connect(UnixDomainSocketAddress.of(path));
    } catch (IOException nobody) {
      return false;
    }
  }

  /// For a server to listen to.
  public ServerSocketChannel channel() {
    return channel;
  }

  public Path path() {
    return path;
  }

  /// Closes it and deletes its file, unless the next run has put its own in that place.
  @Override
  public void close() {
    try {
      channel.close();
      if (Files.exists(path, LinkOption.NOFOLLOW_LINKS) && inode(path).equals(inode)) {
        Files.deleteIfExists(path);
      }
    } catch (IOException ignored) {
      // A file that stays is found dead and deleted by the next who looks.
    }
  }
}
