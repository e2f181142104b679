package usher.testkit.contract;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import usher.server.Address;
import usher.server.Model;
import usher.testkit.Await;

/// A [Fragile] server as a process, and its clients.
final class FragileServer implements AutoCloseable {
  private static final Duration LONG = Duration.ofSeconds(60);

  private final Process process;
  private final Address.Tcp address;
  private final Deque<FragileGuest> guests = new ArrayDeque<>();

  FragileServer(Model model, Path gate) throws IOException {
    List<String> line = new ArrayList<>(Archive.common());
    line.addAll(
        List.of(
            "-Xmx48m",
            "-Xshare:auto",
            "-XX:-CreateCoredumpOnCrash",
            "-XX:ErrorFile=/dev/null",
            "-cp",
            System.getProperty("java.class.path"),
            Fragile.class.getName(),
            model.text(),
            gate.toString()));
    process = new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    BufferedReader said = process.inputReader(StandardCharsets.UTF_8);
    String ready = said.readLine();
    if (ready == null
        || !ready.startsWith("READY ")
        || !(Address.parse(ready.substring(6)) instanceof Address.Tcp tcp)) {
      close();
      throw new AssertionError("the server does not start: " + ready);
    }
    address = tcp;
    // A crash tells of itself there, and would wait for a reader.
    Thread.ofVirtual().start(() -> said.lines().forEach(_ -> {}));
  }

  FragileGuest guest() throws IOException {
    FragileGuest guest = new FragileGuest(address);
    guests.push(guest);
    return guest;
  }

  void awaitEnd() {
    Await.until("the server has ended", LONG, () -> !process.isAlive());
  }

  @Override
  public void close() throws IOException {
    for (FragileGuest guest : guests) {
      guest.close();
    }
    process.destroyForcibly();
    try {
      boolean _ = process.waitFor(LONG.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
