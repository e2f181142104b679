package usher.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// Stands between clients and a server, passes on what they send over TCP, and cuts a connection
/// where the test says: a network that fails, with real sockets.
///
/// It can also leave a connection standing from there on, as a network does that has gone without a
/// word.
///
/// Both ends of a connection that is cut are closed as soon as the last byte that may pass has been
/// passed. What has passed one way before is received, unless its receiver was sent something that
/// it has not read.
///
/// Thread-safe. It has two threads for each connection, which end with it.
public final class Relay implements AutoCloseable {
  private static final int CHUNK = 64 << 10;

  /// The way that bytes go.
  public enum Way {
    /// To the server.
    UP,
    /// To the client.
    DOWN
  }

  /// @param stalls whether it is left standing
  private record Cut(Way way, long after, boolean stalls) {}

  private final ServerSocket listener;
  private final InetSocketAddress server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicReference<@Nullable Cut> planned = new AtomicReference<>();
  private final Map<Way, LongAdder> passed = new EnumMap<>(Way.class);

  /// Listens on a port of its own of this machine.
  ///
  /// @param server where connections go
  public Relay(InetSocketAddress server) throws IOException {
    this.server = server;
    for (Way way : Way.values()) {
      passed.put(way, new LongAdder());
    }
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    threads.execute(this::accept);
  }

  /// Where clients connect to.
  public int port() {
    return listener.getLocalPort();
  }

  /// Cuts the next connection when so many bytes have gone this way; those behind it are left
  /// alone.
  public void cutNext(Way way, long after) {
    planned.set(new Cut(way, after, false));
  }

  /// Passes nothing more this way on the next connection when so many bytes have gone; those behind
  /// it are left alone.
  public void stallNext(Way way, long after) {
    planned.set(new Cut(way, after, true));
  }

  /// How many bytes have gone this way, on all connections.
  public long passed(Way way) {
    return adder(way).sum();
  }

  private LongAdder adder(Way way) {
    LongAdder adder = passed.get(way);
    if (adder == null) {
      throw new AssertionError(way);
    }
    return adder;
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        Cut cut = planned.getAndSet(null);
        threads.execute(() -> join(client, cut));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void join(Socket client, @Nullable Cut cut) {
    try (client;
        Socket up = new Socket(server.getAddress(), server.getPort())) {
      client.setTcpNoDelay(true);
      up.setTcpNoDelay(true);
      if (cut != null && cut.after == 0 && !cut.stalls) {
        return;
      }
      var down = threads.submit(() -> pass(up, client, Way.DOWN, cut));
      pass(client, up, Way.UP, cut);
      down.get();
    } catch (IOException | java.util.concurrent.ExecutionException | InterruptedException gone) {
      // One of them has gone, and the other one is closed with it.
    }
  }

  private void pass(Socket from, Socket to, Way way, @Nullable Cut cut) {
    long left = cut != null && cut.way == way ? cut.after : Long.MAX_VALUE;
    byte[] chunk = new byte[CHUNK];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      while (left > 0) {
        int read = in.read(chunk, 0, (int) Math.min(chunk.length, left));
        if (read < 0) {
          to.shutdownOutput();
          return;
        }
        out.write(chunk, 0, read);
        adder(way).add(read);
        left -= read;
      }
      if (cut == null || !cut.stalls) {
        close(from, to);
      }
    } catch (IOException gone) {
      close(from, to);
    }
  }

  /// The sender first: it shall hear nothing of what the receiver says to the end.
  private static void close(Socket from, Socket to) {
    try (to;
        from) {
      // Both, the last one first.
    } catch (IOException thrown) {
      throw new UncheckedIOException(thrown);
    }
  }

  /// Ends it. Connections that go on are waited for: their clients are to be closed before.
  @Override
  public void close() throws IOException {
    listener.close();
    threads.close();
  }
}
