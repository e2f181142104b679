package usher.bench.files;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import usher.bench.measure.MeasurementException;
import usher.bench.measure.RunningServer;
import usher.files.frame.Frame;

/// How much memory a server of files has with so many slow clients at once, each in the midst of
/// its transfer.
final class Crowd {
  private static final int PIECE = 32 * 1024;
  private static final long PAUSE_MILLIS = 100;
  private static final int WARM_PIECES = 30;
  private static final int PIECES = 30;
  private static final int FEW = 10;

  private final Place place;
  private final int warmRounds;

  /// @param warmRounds of transfers at full speed, of [#FEW] clients each, before it looks
  Crowd(Place place, int warmRounds) {
    this.place = place;
    this.warmRounds = warmRounds;
  }

  /// Resident memory of the server, the most that was seen, in bytes.
  ///
  /// @param clients half of them fetch, half of them store
  long memory(String model, int clients)
      throws IOException, MeasurementException, InterruptedException {
    int port = place.ports().next();
    List<String> line =
        List.of(
            place.home().resolve("usher").toString(),
            "files",
            place.folder().toString(),
            "--writable",
            "--model",
            model,
            "--listen",
            "tcp:127.0.0.1:" + port);
    try (RunningServer server = place.start(line, port);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      place.await(server);
      // As much work for whoever is asked next: what a server has compiled and has once had on its
      // heap is not what its clients cost.
      for (int round = 0; round < warmRounds; round++) {
        for (Future<?> each : crowd(threads, port, FEW, 0, new CountDownLatch(FEW))) {
          each.get();
        }
      }
      var warm = new CountDownLatch(clients);
      List<Future<?>> all = crowd(threads, port, clients, PAUSE_MILLIS, warm);
      warm.await();
      long most = 0;
      while (!all.stream().allMatch(Future::isDone)) {
        most = Math.max(most, server.tree().status().residentBytes());
        TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
      }
      for (Future<?> each : all) {
        each.get();
      }
      return most;
    } catch (ExecutionException thrown) {
      throw new MeasurementException("a client of the crowd: " + thrown.getCause());
    }
  }

  private List<Future<?>> crowd(
      ExecutorService threads, int port, int clients, long pause, CountDownLatch warm) {
    List<Future<?>> all = new ArrayList<>();
    for (int i = 0; i < clients; i++) {
      int number = i;
      all.add(
          threads.submit(
              () -> {
                try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                  if (number % 2 == 0) {
                    fetch(socket, pause, warm);
                  } else {
                    store(socket, "crowd-" + number, pause, warm);
                  }
                }
                return null;
              }));
    }
    return all;
  }

  private void fetch(Socket socket, long pause, CountDownLatch warm)
      throws IOException, InterruptedException {
    socket.setReceiveBufferSize(2 * PIECE);
    String name = place.source().getFileName().toString();
    say(socket.getOutputStream(), "HELLO usher-files 1", "GET 0 " + name);
    var in = new DataInputStream(socket.getInputStream());
    expect(in, "HELLO");
    expect(in, "DATA");
    byte[] piece = new byte[PIECE];
    for (int i = 0; i < WARM_PIECES + PIECES; i++) {
      in.readFully(piece);
      paced(i, pause, warm);
    }
  }

  private static void store(Socket socket, String name, long pause, CountDownLatch warm)
      throws IOException, InterruptedException {
    OutputStream out = socket.getOutputStream();
    long size = (long) PIECE * (WARM_PIECES + PIECES);
    say(out, "HELLO usher-files 1", "PUT " + size + " - replace " + name);
    var in = new DataInputStream(socket.getInputStream());
    expect(in, "HELLO");
    expect(in, "SEND 0");
    byte[] piece = new byte[PIECE];
    for (int i = 0; i < WARM_PIECES + PIECES; i++) {
      out.write(piece);
      paced(i, pause, warm);
    }
    expect(in, "STORED");
  }

  private static void paced(int piece, long pause, CountDownLatch warm)
      throws InterruptedException {
    if (piece == WARM_PIECES) {
      warm.countDown();
    }
    TimeUnit.MILLISECONDS.sleep(pause);
  }

  private static void say(OutputStream out, String... messages) throws IOException {
    for (String message : messages) {
      out.write(Frame.of(message));
    }
  }

  private static void expect(DataInputStream in, String words) throws IOException {
    byte[] message = new byte[in.readUnsignedShort()];
    in.readFully(message);
    String text = new String(message, StandardCharsets.UTF_8);
    if (!text.startsWith(words)) {
      throw new IOException("not " + words + " but " + text);
    }
  }
}
