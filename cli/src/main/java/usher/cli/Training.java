package usher.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import usher.cli.console.Terminal;

/// The run that the build's start-up archive is made from. The JVM writes the archive
/// (`-XX:AOTCacheOutput`) from what it loaded and linked; what a child process needs is linked in a
/// child only, so it is a child that writes it:
///
/// ```
///   build ──► this ──► a parent (prefork) ──► a child: serves as ./usher serve does,
///                                              then as a child, leaves, writes the archive
/// ```
///
/// A child has its parent's options, and the parent must not write an archive. So the option is in
/// a file of options that is empty when the parent starts.
///
/// Arguments: the folder for the archive; the moment at which the build began, which becomes the
/// date of the file that tells the launcher which `java` the archive belongs to: a source that is
/// newer makes the launcher build again. The parent and the child get a port as well.
///
/// Nobody else calls this. It fails, and the build with it, where a server does not answer within
/// [#PATIENCE], or no archive comes of it.
final class Training {
  private static final long PATIENCE = 120_000_000_000L;
  private static final String CHILD = "usher.child";

  private Training() {}

  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[0]).toAbsolutePath();
    if (args.length == 2) {
      begin(folder, args[1]);
    } else if (System.getProperty(CHILD) == null) {
      Files.writeString(options(folder), "\"-XX:AOTCacheOutput=" + archive(folder) + "\"\n");
      serveByChild(Integer.parseInt(args[2]));
    } else {
      rehearse(folder);
      serveByChild(Integer.parseInt(args[2]));
    }
  }

  private static Path archive(Path folder) {
    return folder.resolve("usher.aot");
  }

  private static Path options(Path folder) {
    return folder.resolve("training.options");
  }

  private static void begin(Path folder, String moment) throws Exception {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Files.deleteIfExists(archive(folder));
    Files.writeString(options(folder), "");
    int port = freePort();
    Process parent =
        new ProcessBuilder(
                java.toString(),
                "@" + options(folder),
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                // An archive fits only runs that say the same.
                "--enable-native-access=ALL-UNNAMED",
                "-classpath",
                System.getProperty("java.class.path"),
                Training.class.getName(),
                folder.toString(),
                moment,
                String.valueOf(port))
            .inheritIO()
            .start();
    try {
      await(port, "/", "/absent");
      parent.destroy();
      if (!parent.waitFor(Duration.ofNanos(PATIENCE)) || !Files.exists(archive(folder))) {
        throw new IllegalStateException("the training run left no archive");
      }
    } finally {
      // Whoever builds waits for those who hold its standard output; the child ends with its
      // parent.
      parent.destroyForcibly();
    }
    Path marker = folder.resolve("usher.java");
    Files.writeString(marker, java + "\n");
    Files.setLastModifiedTime(marker, FileTime.from(Instant.parse(moment)));
  }

  /// Serves here what a command line may ask for, as if this were no child.
  private static void rehearse(Path folder) throws IOException, InterruptedException {
    String part = System.clearProperty(CHILD);
    try (Rehearsal rehearsal = new Rehearsal(folder)) {
      rehearsal.serve(List.of(), "/", "/absent");
      rehearsal.serve(List.of("--model", "event-loop"), "/", "/absent");
      rehearsal.serve(
          List.of(folder.toString()), "/", "/classes/usher/cli/welcome/index.html", "/absent");
    }
    if (part != null) {
      System.setProperty(CHILD, part);
    }
  }

  private static void serveByChild(int port) {
    run(
        "serve",
        "--model",
        "prefork(1, event-loop)",
        "--drain",
        "120s",
        "--no-control",
        "--listen",
        "tcp:" + port);
  }

  /// Servers one after the other, in the same order in the parent and in the child: a child is told
  /// the number of its server. Each has two, for the service and for its control socket, and has
  /// started both before the next one begins.
  private static final class Rehearsal implements AutoCloseable {
    private final Path folder;
    private final Path control;

    Rehearsal(Path folder) {
      this.folder = folder;
      // Parent and child may not share it.
      this.control = folder.resolve("training-" + ProcessHandle.current().pid() + ".sock");
    }

    void serve(List<String> more, String... targets) throws IOException, InterruptedException {
      Files.deleteIfExists(control);
      int port = freePort();
      List<String> line = new ArrayList<>(List.of("serve", "--listen", "tcp:" + port));
      line.addAll(List.of("--control", control.toString()));
      line.addAll(more);
      Thread.ofPlatform().daemon().start(() -> run(line.toArray(String[]::new)));
      await(port, targets);
      until("the control socket is open in " + folder, () -> listens(control));
    }

    private static boolean listens(Path control) {
      // Connected, not asked: what reads and writes JSON would be a fifth of the archive, and a
      // service pays for each of its classes at every start.
      try (SocketChannel client = SocketChannel.open(StandardProtocolFamily.UNIX)) {
        return client.connect(UnixDomainSocketAddress.of(control));
      } catch (IOException nobody) {
        return false;
      }
    }

    @Override
    public void close() throws IOException {
      Files.deleteIfExists(control);
    }
  }

  private static void run(String... line) {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    int code = Main.run(new Terminal(nowhere, System.err, true, true), line);
    if (code != 0) {
      System.exit(code);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static void await(int port, String... targets) throws InterruptedException {
    until("a server answers at port " + port, () -> answers(port, targets));
  }

  private static void until(String what, BooleanSupplier condition) throws InterruptedException {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - start > PATIENCE) {
        throw new IllegalStateException("the training run failed: not in time: " + what);
      }
      Thread.sleep(10);
    }
  }

  /// Asks for all of them on one connection; false while nobody listens yet.
  private static boolean answers(int port, String... targets) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      OutputStream out = socket.getOutputStream();
      for (int i = 0; i < targets.length; i++) {
        String request =
            """
            GET %s HTTP/1.1\r
            Host: localhost\r
            User-Agent: training\r
            Accept: */*\r
            Accept-Encoding: gzip\r
            Connection: %s\r
            \r
            """
                .formatted(targets[i], i == targets.length - 1 ? "close" : "keep-alive");
        out.write(request.getBytes(StandardCharsets.US_ASCII));
      }
      InputStream in = socket.getInputStream();
      String answer = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
      return answer.startsWith("HTTP/1.1 200 ");
    } catch (IOException e) {
      return false;
    }
  }
}
