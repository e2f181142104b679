package usher.bench.contender;

import java.util.ArrayList;
import java.util.List;

/// This project under each of its models, as `./usher` command lines. What a scenario needs of the
/// command line is here and nowhere else.
final class Models {
  /// A model, how many connections it can serve side by side, and whether it must be told to have a
  /// thread for each.
  private record Model(String name, int seats, boolean threadForEach) {}

  private static final List<Model> MODELS =
      List.of(
          new Model("iterative", 1, false),
          new Model("thread-per-connection", Contender.ANY, false),
          new Model("thread-pool", Contender.ANY, true),
          new Model("virtual-threads", Contender.ANY, false),
          new Model("event-loop", Contender.ANY, false),
          new Model("event-loops", Contender.ANY, false),
          new Model("event-loop-workers", Contender.ANY, false),
          new Model("prefork", Contender.ANY, false));

  private Models() {}

  static List<Contender> of(Installation installation) {
    return MODELS.stream().map(model -> contender(installation, model)).toList();
  }

  private static Contender contender(Installation installation, Model model) {
    String program = installation.home().resolve("usher").toString();
    return new Contender(
        model.name(),
        Family.USHER,
        model.seats(),
        launch -> line(program, "testee", model, launch),
        launch -> line(program, "serve", model, launch));
  }

  private static List<String> line(String program, String command, Model model, Launch launch) {
    List<String> line = new ArrayList<>();
    line.addAll(List.of(program, command));
    line.addAll(List.of("--model", model.name()));
    line.addAll(List.of("--listen", "tcp:127.0.0.1:" + launch.port()));
    if (command.equals("testee")) {
      line.addAll(List.of("--root", launch.folder().toString()));
      // Room for the one connection more that checks the answer beforehand; one child of two may
      // get nearly all.
      int room = (launch.connections() + 16) * (model.name().equals("prefork") ? 2 : 1);
      line.addAll(List.of("--max-connections", Integer.toString(room)));
      if (model.threadForEach()) {
        line.addAll(List.of("--threads", Integer.toString(launch.connections())));
      }
    }
    return List.copyOf(line);
  }
}
