package usher.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import usher.cli.console.Terminal;

/// The run that the build's start-up archive is made from: the welcome page and a folder are
/// served, then the JVM ends.
///
/// The JVM writes the archive (`-XX:AOTCacheOutput`) from what it loaded and linked here.
/// Arguments: the file that tells the launcher which `java` the archive belongs to, and the moment
/// at which the build began, which becomes that file's date: a source that is newer makes the
/// launcher build again.
///
/// Nobody else calls this. It fails, and the build with it, where a server does not answer within
/// [#PATIENCE].
final class Training {
  private static final long PATIENCE = 20_000_000_000L;

  private Training() {}

  public static void main(String[] args) throws Exception {
    Path marker = Path.of(args[0]);
    Path folder = Path.of(String.valueOf(marker.toAbsolutePath().getParent()));
    int welcome = serve();
    int files = serve(folder.toString());
    await(welcome, "/", "/absent");
    await(files, "/", "/classes/usher/cli/welcome/index.html", "/absent");
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Files.writeString(marker, java + "\n");
    Files.setLastModifiedTime(marker, FileTime.from(Instant.parse(args[1])));
    System.exit(0);
  }

  /// Starts a server, and gives its port.
  private static int serve(String... more) throws IOException {
    int port = freePort();
    List<String> line = new ArrayList<>(List.of("serve", "--listen", "tcp:" + port));
    Collections.addAll(line, more);
    Thread.ofPlatform().daemon().start(() -> run(line.toArray(String[]::new)));
    return port;
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
    long start = System.nanoTime();
    while (!answers(port, targets)) {
      if (System.nanoTime() - start > PATIENCE) {
        System.err.println("the server did not answer its training run");
        System.exit(1);
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
