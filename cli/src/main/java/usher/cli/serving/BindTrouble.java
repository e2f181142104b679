package usher.cli.serving;

import java.io.Closeable;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import usher.cli.console.Failure;
import usher.server.Address;

/// Why an address cannot be had, for a person. Found out by looking, not from the system's message,
/// which may be in any language.
final class BindTrouble {
  private static final int FIRST_FREE_PORT = 1_024;
  private static final int LAST_PORT = 65_535;

  /// The kernel's field for a Unix path holds 108 bytes; the JDK uses two fewer.
  private static final int UNIX_PATH = 106;

  private BindTrouble() {}

  /// The failure to show for what [usher.server.Server#start] threw.
  static Failure explain(List<Address> addresses, IOException thrown) {
    String message = String.valueOf(thrown.getMessage());
    for (Address address : addresses) {
      if (message.startsWith(address + ": ")) {
        return switch (address) {
          case Address.Tcp(String host, int port) ->
              explain(new Port(address, "tcp", host, port), message);
          case Address.Udp(String host, int port) ->
              explain(new Port(address, "udp", host, port), message);
          case Address.Unix unix -> explain(unix, message);
        };
      }
    }
    return Failure.failed("cannot start: " + message);
  }

  private static Failure explain(Port wanted, String message) {
    if (wanted.host().contains("%")) {
      // The message tells what is wrong with the interface.
      return Failure.failed(message);
    }
    InetAddress host;
    try {
      host =
          wanted.host().equals("*")
              ? new InetSocketAddress(0).getAddress()
              : InetAddress.getByName(wanted.host());
    } catch (UnknownHostException unknown) {
      return Failure.failed(
          "%s: there is no host %s; check the name or write its number"
              .formatted(wanted.address(), wanted.host()));
    }
    if (host.isMulticastAddress()) {
      return Failure.failed(message);
    }
    if (!isOurs(host)) {
      return Failure.failed(
          "%s: this machine has no address %s; %s:*:%d serves on all that it has"
              .formatted(wanted.address(), wanted.host(), wanted.kind(), wanted.port()));
    }
    if (wanted.port() >= FIRST_FREE_PORT || wanted.answers(host)) {
      return Failure.failed(
          "port %d is taken%s; choose another: --listen %s"
              .formatted(
                  wanted.port(),
                  wanted.host().equals("*") ? "" : " on " + wanted.host(),
                  wanted.suggestion(host)));
    }
    return Failure.failed(
        "port %d may not be opened by this user (%s); choose one from %d on: --listen %s"
            .formatted(
                wanted.port(),
                message.substring(message.lastIndexOf(": ") + 2),
                FIRST_FREE_PORT,
                wanted.said(8_000 + wanted.port() % 1_000)));
  }

  private static boolean isOurs(InetAddress address) {
    try {
      return address.isAnyLocalAddress()
          || address.isLoopbackAddress()
          || NetworkInterface.getByInetAddress(address) != null;
    } catch (SocketException unknown) {
      return true;
    }
  }

  /// A port of TCP or UDP that cannot be had.
  private record Port(Address address, String kind, String host, int port) {
    /// Whether somebody answers there. Nobody can tell for UDP.
    boolean answers(InetAddress at) {
      if (isUdp()) {
        return false;
      }
      try (Socket socket = new Socket()) {
        socket.connect(
            new InetSocketAddress(
                at.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : at, port),
            500);
        return true;
      } catch (IOException nobody) {
        return false;
      }
    }

    String suggestion(InetAddress at) {
      OptionalInt free =
          IntStream.rangeClosed(port + 1, Math.min(port + 20, LAST_PORT))
              .filter(other -> isFree(at, other))
              .findFirst();
      String any = said(0) + " takes any free one";
      return free.isPresent() ? said(free.getAsInt()) + "; " + any : any;
    }

    /// Another port there, as a person would write it.
    String said(int other) {
      Address there = isUdp() ? Address.udp(host, other) : Address.tcp(host, other);
      Address usual = isUdp() ? Address.udp(other) : Address.tcp(other);
      return there.equals(usual) ? kind + ":" + other : there.toString();
    }

    private boolean isUdp() {
      return kind.equals("udp");
    }

    private boolean isFree(InetAddress at, int other) {
      try (Closeable _ = isUdp() ? new DatagramSocket(other, at) : new ServerSocket(other, 1, at)) {
        return true;
      } catch (IOException taken) {
        return false;
      }
    }
  }

  private static Failure explain(Address.Unix unix, String message) {
    Path path = unix.path();
    int bytes = path.toString().getBytes(StandardCharsets.UTF_8).length;
    if (bytes > UNIX_PATH) {
      return Failure.failed(
          "%s: the path has %d bytes, a Unix socket's may have %d; choose a shorter one"
              .formatted(unix, bytes, UNIX_PATH));
    }
    Path folder = path.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      return Failure.failed(
          "%s: there is no folder %s; make it, or choose another path".formatted(unix, folder));
    }
    if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return Failure.failed(
          isSocket(path)
              ? unix + ": another server answers there; stop it, or choose another path"
              : unix + ": a file that is no socket is there; choose another path");
    }
    if (!Files.isWritable(folder)) {
      return Failure.failed(
          "%s: this user may not write to the folder %s; choose another path"
              .formatted(unix, folder));
    }
    return Failure.failed(message);
  }

  private static boolean isSocket(Path path) {
    try {
      Object mode = Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
      return ((Integer) mode & 0170000) == 0140000;
    } catch (IOException | UnsupportedOperationException unknown) {
      return false;
    }
  }
}
