package usher.bench.overload;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// Clients of one path. Each request has a connection of its own, as if it came from a client of
/// its own, who gives up when his patience ends.
///
/// @param patience from when a request is due to its answer
record Load(int port, String path, Duration patience) {
  private static final double SECOND = 1e9;
  private static final int STATUS = "HTTP/1.1 ".length();

  /// An open loop: requests become due at a fixed rate, whatever became of those before.
  Tally open(double rate, Duration length) throws InterruptedException {
    Queue<Shot> shots = new ConcurrentLinkedQueue<>();
    long count = (long) (rate * length.toNanos() / SECOND);
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      long start = System.nanoTime();
      for (long i = 0; i < count; i++) {
        long at = (long) (i * SECOND / rate);
        long wait = start + at - System.nanoTime();
        if (wait > 0) {
          TimeUnit.NANOSECONDS.sleep(wait);
        }
        clients.execute(() -> shots.add(shoot(start, at)));
      }
    }
    return new Tally(shots, length.toNanos());
  }

  /// A closed loop: so many clients, each of whom asks again when he has his answer.
  Tally closed(int clients, Duration length) {
    Queue<Shot> shots = new ConcurrentLinkedQueue<>();
    long start = System.nanoTime();
    AtomicLong end = new AtomicLong(start);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < clients; i++) {
        threads.execute(
            () -> {
              for (long at = 0; at < length.toNanos(); at = System.nanoTime() - start) {
                shots.add(shoot(start, at));
              }
              end.accumulateAndGet(System.nanoTime(), Math::max);
            });
      }
    }
    return new Tally(shots, end.get() - start);
  }

  private Shot shoot(long start, long at) {
    Shot.End end;
    try (Socket socket = new Socket()) {
      end = ask(socket, start + at);
    } catch (SocketTimeoutException late) {
      end = Shot.End.LATE;
    } catch (IOException lost) {
      end = Shot.End.FAILED;
    }
    return new Shot(at, end, System.nanoTime() - start - at);
  }

  private Shot.End ask(Socket socket, long due) throws IOException {
    InetSocketAddress server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    socket.connect(server, left(due));
    socket
        .getOutputStream()
        .write(
            ("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
    InputStream in = socket.getInputStream();
    byte[] answer = new byte[1_024];
    int length = 0;
    while (length < answer.length) {
      socket.setSoTimeout(left(due));
      int count = in.read(answer, length, answer.length - length);
      if (count < 0) {
        break;
      }
      length += count;
    }
    String text = new String(answer, 0, length, StandardCharsets.US_ASCII);
    return text.startsWith("200", STATUS)
        ? Shot.End.GOOD
        : text.startsWith("503", STATUS) ? Shot.End.SHED : Shot.End.FAILED;
  }

  private int left(long due) throws SocketTimeoutException {
    long millis = (due + patience.toNanos() - System.nanoTime()) / 1_000_000;
    if (millis <= 0) {
      throw new SocketTimeoutException("gave up");
    }
    return (int) millis;
  }
}
