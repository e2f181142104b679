package usher.testkit.contract;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import usher.server.Model;

/// Behaviours that belong together, in groups, as they stand on the page.
///
/// @param name a word, for files
/// @param title a heading
/// @param transports what they run over
public record Suite(String name, String title, List<Group> groups, List<Transport> transports) {
  /// The property that asks for the whole.
  static final String WHOLE = "usher.whole";

  private static final int PART = 3;
  private static final String COSTLY =
      "tried over tcp4 only: a trial of processes takes seconds, and all sockets are alike to them";

  /// A few behaviours under one heading.
  ///
  /// @param farTransports where they are tried under the models of several processes
  public record Group(String title, List<Behaviour> behaviours, List<Transport> farTransports) {
    /// Keeps the lists as they are now.
    public Group {
      behaviours = List.copyOf(behaviours);
      farTransports = List.copyOf(farTransports);
    }

    /// Behaviours that are tried over one transport under the models of several processes.
    public Group(String title, List<Behaviour> behaviours) {
      this(title, behaviours, List.of(Transport.TCP4));
    }

    private Group part() {
      List<Behaviour> some =
          IntStream.range(0, behaviours.size())
              .filter(i -> i % PART == 0)
              .mapToObj(behaviours::get)
              .toList();
      return new Group(title, some, farTransports);
    }

    /// The same, but tried over all sockets.
    public Group overAllSockets() {
      return new Group(title, behaviours, List.of(Transport.TCP4, Transport.TCP6, Transport.UNIX));
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

  /// What a build runs under a model: all of it, but of what takes a hundred times as long under
  /// the models of several processes every third behaviour, unless the whole is asked for
  /// (`-Dusher.whole=true`).
  Suite part(Model model) {
    if (!model.processes() || Boolean.getBoolean(WHOLE)) {
      return this;
    }
    return new Suite(name, title, groups.stream().map(Group::part).toList(), transports);
  }

  /// The models that it runs under.
  List<Model> models() {
    return transports.equals(Transport.DATAGRAMS) ? Model.inProcess() : Model.all();
  }

  /// Why a behaviour of a group is not tried there, or nothing if it is.
  Optional<String> skipped(Group group, Behaviour behaviour, Model model, Transport transport) {
    return expectedSkip(group, behaviour, model, transport)
        .or(
            () ->
                transport.present()
                    ? Optional.empty()
                    : Optional.of("this machine has no " + transport.label()));
  }

  /// The same on a machine that has everything.
  private static Optional<String> expectedSkip(
      Group group, Behaviour behaviour, Model model, Transport transport) {
    return behaviour
        .skipped(model, transport)
        .or(
            () ->
                model.processes() && !group.farTransports().contains(transport)
                    ? Optional.of(COSTLY)
                    : Optional.empty());
  }

  /// Whether there is anything to be run there.
  boolean anything(Model model, Transport transport) {
    return groups.stream()
        .anyMatch(
            group ->
                group.behaviours().stream()
                    .anyMatch(it -> skipped(group, it, model, transport).isEmpty()));
  }

  /// How everything goes when nothing fails.
  List<Result> expected() {
    return models().stream()
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
                          Optional<String> reason =
                              expectedSkip(group, behaviour, model, transport);
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
