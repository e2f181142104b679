package usher.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import usher.server.net.Listener;
import usher.server.process.Childhood;
import usher.server.process.Sockets;

/// Listening sockets that this process was given at its start: by systemd (socket activation) or by
/// the run of the program that it takes over from ([Successor]). Both tell of them in the same way,
/// that of `sd_listen_fds(3)`: `LISTEN_FDS` descriptors from 3 on, for the process `LISTEN_PID`.
///
/// A server takes from here what it is asked to listen to, and binds the rest itself:
///
/// ```
/// Inheritance inheritance = Inheritance.received();
/// Server.builder().inherit(inheritance).listen(Address.tcp(8080))…
/// ```
///
/// TCP and Unix stream sockets, on Linux. Thread-safe.
public final class Inheritance {
  private static final int FIRST = 3;

  private final List<Listener> left;

  private Inheritance(List<Listener> listeners) {
    this.left = new ArrayList<>(listeners);
  }

  /// Nothing.
  public static Inheritance none() {
    return new Inheritance(List.of());
  }

  /// What this process was given. To be asked once, since a socket has one owner; nothing in a
  /// child process, to which it does not belong.
  ///
  /// @throws IOException if what it was told is not there, or is no socket that listens
  public static Inheritance received() throws IOException {
    return Childhood.present() ? none() : received(System.getenv(), ProcessHandle.current().pid());
  }

  static Inheritance received(Map<String, String> environment, long self) throws IOException {
    if (!Long.toString(self).equals(environment.get("LISTEN_PID"))) {
      return none();
    }
    String count = environment.getOrDefault("LISTEN_FDS", "");
    if (!count.matches("[0-9]{1,4}")) {
      throw new IOException("LISTEN_FDS is a number of descriptors, not \"" + count + "\"");
    }
    List<Listener> given = new ArrayList<>();
    for (int i = 0; i < Integer.parseInt(count); i++) {
      given.add(Sockets.adopt(FIRST + i));
    }
    return new Inheritance(given);
  }

  /// Where the sockets listen that nobody has taken yet.
  public synchronized List<Address> addresses() {
    return left.stream().map(Listener::address).toList();
  }

  /// Takes the socket of this address, if there is one. A wanted port 0 takes any of its host.
  synchronized Optional<Listener> take(Address wanted) throws UnknownHostException {
    for (Listener listener : left) {
      if (fits(wanted, listener.local())) {
        left.remove(listener);
        return Optional.of(listener.at(wanted));
      }
    }
    return Optional.empty();
  }

  private static boolean fits(Address wanted, SocketAddress given) throws UnknownHostException {
    return switch (wanted) {
      case Address.Unix(var path) ->
          given instanceof UnixDomainSocketAddress unix
              && unix.getPath().toAbsolutePath().equals(path.toAbsolutePath());
      case Address.Tcp tcp -> {
        InetSocketAddress asked = tcp.socketAddress();
        yield given instanceof InetSocketAddress inet
            && (asked.getPort() == 0 || asked.getPort() == inet.getPort())
            && same(asked.getAddress(), inet.getAddress());
      }
      case Address.Udp _ -> false;
    };
  }

  /// All addresses of the machine have two names, one for each version of IP.
  private static boolean same(InetAddress asked, InetAddress given) {
    return asked.equals(given) || (asked.isAnyLocalAddress() && given.isAnyLocalAddress());
  }

  /// Closes what nobody has taken. To be called when all servers have started: clients would wait
  /// at a socket that is left.
  ///
  /// @return where that was
  public synchronized List<Address> close() {
    List<Address> unused = addresses();
    left.forEach(Listener::close);
    left.clear();
    return unused;
  }
}
