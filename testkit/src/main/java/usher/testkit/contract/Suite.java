package usher.testkit.contract;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import usher.server.Model;

/// Behaviours that belong together, in groups, as they stand on the page.
///
/// @param name a word, for files
/// @param title a heading
/// @param transports what they run over
public record Suite(String name, String title, List<Group> groups, List<Transport> transports) {
  /// A few behaviours under one heading.
  public record Group(String title, List<Behaviour> behaviours) {
    /// Keeps the list as it is now.
    public Group {
      behaviours = List.copyOf(behaviours);
    }
  }

  /// How one behaviour went under one model over one transport.
  ///
  /// @param text why it was skipped or how it failed, empty if it passed
  record Result(
      String group,
      String behaviour,
      String model,
      String transport,
      Outcome outcome,
      String text) {}

  /// How a behaviour can go.
  enum Outcome {
    PASSED,
    SKIPPED,
    FAILED
  }

  /// Keeps the lists as they are now.
  public Suite {
    groups = List.copyOf(groups);
    transports = List.copyOf(transports);
    List<String> names = groups.stream().flatMap(Suite::names).toList();
    if (names.stream().distinct().count() < names.size()) {
      throw new IllegalArgumentException("two behaviours of " + name + " have the same name");
    }
  }

  /// Behaviours over all transports that carry streams.
  public Suite(String name, String title, List<Group> groups) {
    this(name, title, groups, Transport.STREAMS);
  }

  private static Stream<String> names(Group group) {
    return group.behaviours().stream().map(Behaviour::name);
  }

  /// How everything goes when nothing fails.
  List<Result> expected() {
    return Model.inProcess().stream()
        .map(model -> Contract.model(model.name()))
        .flatMap(model -> groups.stream().flatMap(group -> expected(model, group)))
        .toList();
  }

  private Stream<Result> expected(Model model, Group group) {
    return group.behaviours().stream()
        .flatMap(
            behaviour ->
                transports.stream()
                    .map(
                        transport -> {
                          Optional<String> reason = behaviour.skipped(model, transport);
                          return new Result(
                              group.title(),
                              behaviour.name(),
                              model.name(),
                              transport.label(),
                              reason.isEmpty() ? Outcome.PASSED : Outcome.SKIPPED,
                              reason.orElse(""));
                        }));
  }
}
