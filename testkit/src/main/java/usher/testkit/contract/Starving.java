package usher.testkit.contract;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import usher.server.Address;
import usher.server.Model;
import usher.server.Probe;
import usher.server.Server;
import usher.testkit.Classes;

/// A server in a process of its own that may open few descriptors: [#main]; and its clients, more
/// than it can accept: [#run].
///
/// The process says `READY address` when it serves and `STARVED` when an accept has failed. It ends
/// with its standard input.
final class Starving {
  private static final int DESCRIPTORS = 80;

  private Starving() {}

  static void run(Trial trial) throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Address where =
        trial.site() instanceof UnixSite unix ? Address.unix(unix.fresh()) : Address.tcp(0);
    Process process =
        new ProcessBuilder(
                "bash",
                "-c",
                "ulimit -n " + DESCRIPTORS + "; exec \"$@\"",
                "starving",
                java,
                "-Xshare:auto",
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Starving.class.getName(),
                trial.model().text(),
                where.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    trial.hold(() -> end(process));
    BufferedReader said = process.inputReader(StandardCharsets.UTF_8);
    Address address = Address.parse(expect(said, "READY").substring("READY ".length()));
    ask(trial, address);

    List<Client> crowd = new ArrayList<>();
    for (int i = 0; i < DESCRIPTORS; i++) {
      crowd.add(trial.client(address));
    }
    String _ = expect(said, "STARVED");
    // Those who were let in are served all the same.
    Expect.equal("answer in the midst of it", "hello", crowd.getFirst().ask("hello"));
    for (Client client : crowd) {
      client.close();
    }
    ask(trial, address);
  }

  private static void ask(Trial trial, Address address) throws IOException {
    try (Client client = trial.client(address)) {
      Expect.equal("answer", "hello", client.ask("hello"));
    }
  }

  private static String expect(BufferedReader said, String word) throws IOException {
    String line = said.readLine();
    if (line == null || !line.startsWith(word)) {
      throw new AssertionError("expected " + word + " of the process, got " + line);
    }
    return line;
  }

  private static void end(Process process) throws IOException, InterruptedException {
    process.getOutputStream().close();
    if (!process.waitFor(Duration.ofSeconds(10))) {
      process.destroyForcibly();
      throw new AssertionError("the process does not end");
    }
  }

  /// Serves lines.
  ///
  /// @param args a model's name, and an address
  public static void main(String[] args) throws Exception {
    // A class is a file, and there will be no descriptor to open it.
    for (String name : Classes.beside(Server.class)) {
      Class<?> _ = Class.forName(name, false, Server.class.getClassLoader());
    }
    AtomicBoolean starved = new AtomicBoolean();
    Probe probe =
        new Probe() {
          @Override
          public void acceptFailed(IOException thrown) {
            if (starved.compareAndSet(false, true)) {
              System.out.println("STARVED");
            }
          }

          @Override
          public void broken(Throwable thrown) {
            thrown.printStackTrace();
          }
        };
    Model model = Contract.model(args[0]);
    if (model instanceof Model.Prefork) {
      // Two children have twice as many descriptors.
      model = model.withThreads(1);
    }
    try (Server server =
        Server.builder()
            .listen(Address.parse(args[1]))
            .serve(Lines.echo())
            .model(model)
            .probe(probe)
            .start()) {
      System.out.println("READY " + server.addresses().getFirst());
      while (System.in.read() >= 0) {
        // Until the other side has gone.
      }
    }
  }
}
