package usher.server.process;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.channels.Channel;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import usher.server.Address;
import usher.server.Probe;
import usher.session.Peer;

/// What a process that was started as a child has been given: which server of the program it is
/// for, one of that server's sockets, and the two pipes.
///
/// Which server: the one that asks to listen at the same addresses, and where several ask for the
/// same (`tcp:0`), the one of the same number among those, in the order of their starts. So servers
/// that only one of parent and child starts do no harm. Where a program makes its addresses up,
/// such as a socket in a new folder, it is the one of the same number among all servers. The model
/// is told as well, since a server may have changed it since its start.
public final class Childhood {
  static final int LIFE = 3;
  static final int NEWS = 4;

  // A process has one descriptor 0 and one order of its servers, so this belongs to the process.
  private static final ConcurrentHashMap<String, Integer> STARTED = new ConcurrentHashMap<>();
  private static final String ALL = "all";

  private final int place;
  private final String model;
  private final Channel socket;
  private final FarProbe probe;
  private final AtomicBoolean taken = new AtomicBoolean();
  private final FileOutputStream news;
  private final int self = (int) ProcessHandle.current().pid();

  private Childhood(int place, String model) throws IOException {
    this.place = place;
    this.model = model;
    Channel inherited = System.inheritedChannel();
    if (inherited == null) {
      throw new IOException("this child process was given no socket as descriptor 0");
    }
    this.socket = inherited;
    this.probe = new FarProbe(this);
    this.news = new FileOutputStream("/proc/self/fd/" + NEWS);
  }

  /// Whether this process was started as a child.
  public static boolean present() {
    return part() != null;
  }

  private static @Nullable String part() {
    return System.getProperty(Program.PROPERTY);
  }

  /// Which server of the program the one is that starts now, in printable ASCII.
  ///
  /// @param wish where it was asked to listen
  public static String tag(List<Address> wish) {
    String places = wish.stream().map(Address::toString).collect(Collectors.joining(","));
    int number = STARTED.merge(ALL, 1, Integer::sum);
    int alike = STARTED.merge("at " + places, 1, Integer::sum);
    return number + ":" + alike + "." + URLEncoder.encode(places, StandardCharsets.UTF_8);
  }

  /// Why there can be no children, in a sentence.
  public static Optional<String> obstacle() {
    // A child is the proof, and asking would cost it a part of its start.
    return present() ? Optional.empty() : Program.obstacle();
  }

  /// Asked in a child by each server as it starts: this process's part, if it is that server's
  /// child. It stands still otherwise.
  ///
  /// @param wish where the server was asked to listen
  public static Optional<Childhood> claim(List<Address> wish) throws IOException {
    String part = part();
    if (part == null) {
      return Optional.empty();
    }
    String[] told = part.split(":", 4);
    String[] own = tag(wish).split(":", 2);
    return told[2].equals(own[0]) || told[3].equals(own[1])
        ? Optional.of(new Childhood(Integer.parseInt(told[0]), told[1]))
        : Optional.empty();
  }

  /// Which of the server's addresses it serves.
  public int place() {
    return place;
  }

  /// The model that it is a child of, as text.
  public String model() {
    return model;
  }

  public ServerSocketChannel listener() throws IOException {
    if (socket instanceof ServerSocketChannel listener) {
      return listener;
    }
    throw new IOException("this child process was given no listening socket as descriptor 0");
  }

  public DatagramChannel datagrams() throws IOException {
    if (socket instanceof DatagramChannel datagrams) {
      return datagrams;
    }
    throw new IOException("this child process was given no socket of datagrams as descriptor 0");
  }

  /// A probe that tells the parent's.
  public Probe probe() {
    return probe;
  }

  /// Accepts no more. The JDK takes standard output and error away when it closes an inherited
  /// channel; this brings them back.
  public void closeListener() throws IOException {
    new Native().keepingOutputs(socket::close);
  }

  /// The same for a process that serves one client, unless that is a datagram that has come: its
  /// answer leaves by the socket.
  public void closeUnused() throws IOException {
    if (taken.compareAndSet(false, true)) {
      closeListener();
    }
  }

  /// The one datagram of this process has come.
  public void received(Peer sender) {
    taken.set(true);
    tell(Note.Kind.RECEIVED, 1, sender.remote(), sender.host(), sender.local());
  }

  /// It has been handled.
  public void handled() {
    tell(Note.Kind.HANDLED, 1);
  }

  /// Ends this process; everything has been said.
  public void exit() {
    probe.flush();
    System.exit(0);
  }

  /// Watches what the parent says from now on. Its end ends this process at once.
  ///
  /// @param leave told to finish, with the time for silent clients, ns; perhaps again, with less
  public void watch(LongConsumer leave) {
    Thread.ofPlatform().daemon().name("usher-life").start(() -> listen(leave));
  }

  private void listen(LongConsumer leave) {
    try (DataInputStream in = new DataInputStream(new FileInputStream("/proc/self/fd/" + LIFE))) {
      while (true) {
        long parting = in.readLong();
        Thread.ofPlatform().daemon().name("usher-leave").start(() -> leave.accept(parting));
      }
    } catch (EOFException orphaned) {
      Runtime.getRuntime().halt(1);
    } catch (IOException thrown) {
      System.getLogger("usher").log(System.Logger.Level.ERROR, "lost the parent", thrown);
      Runtime.getRuntime().halt(1);
    }
  }

  /// Tells that clients can be accepted.
  public void ready() {
    tell(Note.Kind.READY, 0);
  }

  /// Tells, from now on and four times as often as needed, that this process and each of its loops
  /// is alive; a loop that does not come back is told of by name.
  public void beat(Pulse pulse, long silence) {
    Thread.ofPlatform().daemon().name("usher-pulse").start(new Heart(this, pulse, silence));
  }

  void tell(Note.Kind kind, long number, String... texts) {
    try {
      // One write, which a pipe takes whole.
      news.write(new Note(kind, self, number, List.of(texts)).bytes());
    } catch (IOException orphaned) {
      // The parent has gone, and this process is about to.
    }
  }
}
