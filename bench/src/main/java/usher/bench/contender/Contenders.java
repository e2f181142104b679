package usher.bench.contender;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// All the servers that this machine can measure.
public final class Contenders {
  private Contenders() {}

  /// The limit, nginx if it is installed, this project under each model, and the peers, in that
  /// order.
  public static List<Contender> of(Installation installation) {
    List<Contender> all = new ArrayList<>();
    all.add(limit(installation.limit()));
    Optional<Path> nginx = Installation.find("nginx");
    nginx.ifPresent(program -> all.add(Nginx.of(program)));
    all.addAll(Models.of(installation));
    all.addAll(Peers.of(installation));
    return List.copyOf(all);
  }

  private static Contender limit(Path program) {
    return Contender.of(
        "limit",
        Family.LIMIT,
        launch -> List.of(program.toString(), Integer.toString(launch.port())));
  }
}
