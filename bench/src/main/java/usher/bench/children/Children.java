package usher.bench.children;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import usher.bench.measure.Answer;
import usher.bench.measure.MeasurementException;
import usher.bench.measure.RunningServer;

/// Two figures of the models of several processes, of the `./usher` command:
/// - how 1,000 connections that come one after the other are spread over the two children of
///   `prefork(2, event-loop)`: each stays open, and the children's sockets are counted;
/// - the time from the connect to the end of the first answer with ten clients a second, under
///   `thread-per-connection` and under `process-per-connection` with spare children and without.
///
/// Prints, and judges nothing.
public final class Children {
  private static final int CONNECTIONS = 1_000;
  private static final int TIMEOUT_MILLIS = 30_000;
  private static final String LOOPS = "prefork(2, event-loop)";
  private static final List<String> LONE =
      List.of(
          "thread-per-connection", "process-per-connection(2, 8)", "process-per-connection(0, 1)");

  /// A hundred milliseconds between two clients.
  private static final long PERIOD = 100_000_000;

  private final Path home;
  private final Path folder;

  private Children(Path home, Path folder) {
    this.home = home;
    this.folder = folder;
  }

  /// Measures.
  ///
  /// @param args the project's folder, a folder for logs, and how many clients one after the other
  public static void main(String[] args) throws Exception {
    Children children = new Children(Path.of(args[0]), Path.of(args[1]));
    int clients = Integer.parseInt(args[2]);
    children.spread();
    for (String model : LONE) {
      children.latency(model, clients);
    }
  }

  private RunningServer start(String model)
      throws IOException, MeasurementException, InterruptedException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    RunningServer server =
        RunningServer.start(
            List.of(
                home.resolve("usher").toString(),
                "serve",
                "--model",
                model,
                "--listen",
                "tcp:127.0.0.1:" + port),
            null,
            "",
            port,
            folder.resolve("children.log"));
    Answer _ = server.awaitAnswer("/", Duration.ofMillis(10));
    return server;
  }

  private void spread() throws Exception {
    try (RunningServer server = start(LOOPS)) {
      List<Socket> open = new ArrayList<>();
      List<ProcessHandle> children = server.tree().children();
      long[] before = sockets(children);
      for (int i = 0; i < CONNECTIONS; i++) {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        open.add(socket);
        ask(socket, "keep-alive");
      }
      long[] after = sockets(children);
      for (Socket socket : open) {
        socket.close();
      }
      StringBuilder line = new StringBuilder(LOOPS + ": " + CONNECTIONS + " connections:");
      for (int i = 0; i < after.length; i++) {
        line.append(' ').append(after[i] - before[i]);
      }
      System.out.println(line);
    }
  }

  private static long[] sockets(List<ProcessHandle> children) {
    return children.stream().mapToLong(Children::sockets).toArray();
  }

  private static long sockets(ProcessHandle child) {
    try (Stream<Path> all = Files.list(Path.of("/proc/" + child.pid() + "/fd"))) {
      return all.filter(Children::isSocket).count();
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }

  private static boolean isSocket(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
    } catch (IOException closed) {
      return false;
    }
  }

  private void latency(String model, int clients) throws Exception {
    try (RunningServer server = start(model)) {
      double[] millis = new double[clients];
      long start = System.nanoTime() + PERIOD;
      for (int i = 0; i < clients; i++) {
        TimeUnit.NANOSECONDS.sleep(start + i * PERIOD - System.nanoTime());
        long before = System.nanoTime();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
          ask(socket, "close");
        }
        millis[i] = (System.nanoTime() - before) / 1e6;
      }
      Arrays.sort(millis);
      System.out.printf(
          "%-30s median %.2f ms, 90%% %.2f ms, most %.2f ms, of %d clients%n",
          model, millis[clients / 2], millis[clients * 9 / 10], millis[clients - 1], clients);
    }
  }

  /// Asks for the welcome page and reads the whole answer.
  private static void ask(Socket socket, String connection) throws IOException {
    socket.setSoTimeout(TIMEOUT_MILLIS);
    socket
        .getOutputStream()
        .write(
            ("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: " + connection + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
    InputStream in = socket.getInputStream();
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("no answer");
      }
      head.append((char) next);
    }
    String length = head.toString().replaceFirst("(?is).*\ncontent-length: *(\\d+).*", "$1");
    in.readNBytes(Integer.parseInt(length));
  }
}
