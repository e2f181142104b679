package usher.lab.subject;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import usher.http.HttpHandler;
import usher.http.HttpResponse;
import usher.http.site.Site;
import usher.server.Address;
import usher.server.DatagramHandler;
import usher.server.Model;
import usher.server.Probe;
import usher.server.Server;
import usher.server.StreamHandler;
import usher.session.Limits;
import usher.session.Timeouts;

/// The program of a server that is measured:
///
/// `SubjectServer MODEL HANDLER ROUNDS FOLDER`
///
/// HANDLER is a class's name, `service`, or one of `http`, `line`, `datagram` for the built-in
/// ones. It prints `READY ADDRESS`, and then answers lines of its standard input: to `heap` the
/// bytes that live on its heap. It ends when its standard input does.
final class SubjectServer {
  private static final int MANY = 20_000;
  private static final int FEW = 16;

  private SubjectServer() {}

  public static void main(String[] words) throws IOException {
    Model model =
        Model.named(words[0]).orElseThrow(() -> new IllegalArgumentException("no such model"));
    Object handler = handler(words[1], new Work(Integer.parseInt(words[2])), Path.of(words[3]));
    // What is said of failing requests would be a part of what is measured.
    Server.Builder builder =
        Server.builder()
            .model(model)
            .limits(Limits.DEFAULT.withConnections(seats(model)))
            .timeouts(Timeouts.DEFAULT)
            .probe(new Probe() {});
    try (Server server = Handlers.at(builder, handler).build().start()) {
      for (Address address : server.addresses()) {
        System.out.println("READY " + address);
      }
      obey();
      server.drain(Duration.ZERO);
    }
    System.exit(0);
  }

  /// Enough for the ladder of idle connections; of processes as many as a machine bears.
  private static int seats(Model model) {
    return model instanceof Model.ProcessPerConnection ? FEW : MANY;
  }

  private static Object handler(String name, Work work, Path folder) throws IOException {
    return switch (name) {
      case "http" -> Exercises.http(work, Site.of(folder));
      case "line" -> (StreamHandler) (in, out, peer) -> Exercises.echo(in, out);
      case "datagram" -> DatagramHandler.inline(in -> in.reply(in.bytes()));
      case "hello" -> HttpHandler.inline(request -> HttpResponse.text("Hello, World!"));
      case "service" -> Handlers.announced();
      default -> Handlers.named(name);
    };
  }

  private static void obey() throws IOException {
    var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
    String line;
    while ((line = in.readLine()) != null) {
      if (line.equals("heap")) {
        System.out.println("HEAP " + heap());
      }
    }
  }

  private static long heap() {
    var memory = ManagementFactory.getMemoryMXBean();
    memory.gc();
    return memory.getHeapMemoryUsage().getUsed();
  }
}
