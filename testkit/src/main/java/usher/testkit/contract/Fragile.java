package usher.testkit.contract;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import usher.server.Address;
import usher.server.Model;
import usher.server.Processes;
import usher.server.Server;
import usher.session.Step;
import usher.testkit.Await;

/// A server in a process of its own whose handlers go wrong on demand: see [Isolation]. Says `READY
/// address` when it serves, and ends with its standard input.
public final class Fragile {
  private static final int MEGABYTE = 1 << 20;
  private static final int MANY = 200;

  private Fragile() {}

  /// Serves lines at a free port.
  ///
  /// @param args a model, and a file whose appearance has the handlers return that hang
  public static void main(String[] args) throws Exception {
    Path gate = Path.of(args[1]);
    Model model = Contract.model(args[0]);
    if (model instanceof Model.ThreadPool) {
      // Whoever waits for a thread sees nothing but that.
      model = model.withThreads(MANY);
    }
    Server server =
        Server.builder()
            .listen(Address.tcp(0))
            .serve(new Lines(line -> answer(line, gate)))
            .model(model)
            .processes(Processes.DEFAULT.withSilence(Duration.ofSeconds(2)))
            .start();
    System.out.println("READY " + server.addresses().getFirst());
    while (System.in.read() >= 0) {
      // Until the other side has gone.
    }
    System.exit(0);
  }

  private static List<Step> answer(String line, Path gate) {
    return switch (line) {
      // Who serves: the process, and the loop if there is one.
      case "who" ->
          List.of(
              Lines.say(ProcessHandle.current().pid() + " " + Thread.currentThread().getName()));
      case "THROWS" ->
          List.of(
              blocking(
                  () -> {
                    throw new IllegalStateException("made for this test");
                  }));
      case "HANGS" -> List.of(Lines.say("hanging"), blocking(() -> hang(gate)));
      case "ALLOCATES" -> List.of(blocking(() -> allocate(new ArrayList<>())));
      case "OVERFLOWS" -> List.of(blocking(() -> overflow(0)));
      case "EXITS" -> List.of(blocking(() -> System.exit(3)));
      default -> List.of(Lines.say(line));
    };
  }

  private static Step blocking(Runnable code) {
    return Lines.call(
        Step.Kind.BLOCKING,
        () -> {
          code.run();
          return "done";
        });
  }

  private static void hang(Path gate) {
    Await.until("there is " + gate, Duration.ofDays(1), () -> Files.exists(gate));
  }

  private static void allocate(List<byte[]> hoard) {
    while (true) {
      hoard.add(new byte[MEGABYTE]);
    }
  }

  @SuppressWarnings("InfiniteRecursion") // what it is for
  private static int overflow(int depth) {
    return overflow(depth + 1) + 1;
  }
}
