package usher.testkit.contract;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import usher.server.Address;
import usher.server.Server;
import usher.session.Protocol;

/// Unix sockets in a folder of their own.
final class UnixSite implements Site {
  // The path of a Unix socket has room for some hundred bytes, so names are short.
  private final Path folder;
  private int number;

  UnixSite() throws IOException {
    this(Files.createTempDirectory("usher"));
  }

  UnixSite(Path folder) {
    this.folder = folder;
  }

  /// A path at which nothing is yet.
  synchronized Path fresh() {
    return folder.resolve("s" + number++);
  }

  @Override
  public void listen(Server.Builder server, @Nullable Protocol own) {
    Address free = Address.unix(fresh());
    if (own == null) {
      server.listen(free);
    } else {
      server.listen(free, own);
    }
  }

  @Override
  public SocketChannel connect(Address address) throws IOException {
    if (!(address instanceof Address.Unix unix)) {
      throw new AssertionError("no Unix address: " + address);
    }
    return SocketChannel.open(UnixDomainSocketAddress.of(unix.path()));
  }

  @Override
  public void close() throws IOException {
    try (DirectoryStream<Path> left = Files.newDirectoryStream(folder)) {
      for (Path each : left) {
        Files.delete(each);
      }
    }
    Files.delete(folder);
  }
}
