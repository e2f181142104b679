package usher.testkit.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import usher.server.Model;
import usher.session.Capability;

/// One thing that a user may count on, written once for all models and transports, with the reasons
/// why some cannot give it.
public final class Behaviour {
  private final String name;
  private final Body body;
  private final List<Skip> skips;

  /// What is done, and what is expected of it.
  @FunctionalInterface
  public interface Body {
    /// Does it.
    void run(Trial trial) throws Exception;
  }

  private record Skip(BiPredicate<Model, Transport> where, String reason) {}

  private Behaviour(String name, Body body, List<Skip> skips) {
    this.name = name;
    this.body = body;
    this.skips = skips;
  }

  /// A behaviour that holds everywhere.
  ///
  /// @param name a sentence that says what holds
  public static Behaviour of(String name, Body body) {
    return new Behaviour(name, body, List.of());
  }

  /// The same, but it cannot be had under the models that do not offer this.
  public Behaviour needs(Capability capability) {
    return skip(
        (model, _) -> !model.capabilities().contains(capability),
        "needs a model in which " + sentence(capability));
  }

  /// The same, but it cannot be had over these transports.
  public Behaviour notOver(Predicate<Transport> transport, String reason) {
    return skip((_, over) -> transport.test(over), reason);
  }

  /// The same, but it cannot be had under these models.
  public Behaviour notUnder(Predicate<Model> model, String reason) {
    return skip((under, _) -> model.test(under), reason);
  }

  private Behaviour skip(BiPredicate<Model, Transport> where, String reason) {
    List<Skip> more = new ArrayList<>(skips);
    more.add(new Skip(where, reason));
    return new Behaviour(name, body, List.copyOf(more));
  }

  private static String sentence(Capability capability) {
    return switch (capability) {
      case CONCURRENT_CLIENTS -> "several clients are served at once";
      case SHARED_MEMORY -> "connections share one memory";
      case BLOCKING_ALONE -> "a handler that blocks holds up its own client only";
      case CHEAP_WAITING -> "a waiting client occupies no platform thread";
    };
  }

  /// What holds, in a sentence.
  public String name() {
    return name;
  }

  /// Why it cannot be had there, or nothing if it can.
  public Optional<String> skipped(Model model, Transport transport) {
    if (model.processes() && transport == Transport.MEMORY) {
      return Optional.of("a network in memory belongs to one process");
    }
    return skips.stream()
        .filter(skip -> skip.where().test(model, transport))
        .map(Skip::reason)
        .findFirst();
  }

  void run(Trial trial) throws Exception {
    body.run(trial);
  }
}
