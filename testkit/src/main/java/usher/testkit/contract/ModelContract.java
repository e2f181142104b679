package usher.testkit.contract;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.function.Executable;
import usher.server.Model;

/// A suite under one model, over each transport, as JUnit tests named like `event-loop/unix: an
/// echo comes back whole`. A suite has a subclass for each model.
///
/// Under the models of several processes each trial starts programs, which takes a hundred times as
/// long. There a build runs every third behaviour, unless it is told to run the whole: `mvn verify
/// -Dusher.whole=true`.
///
/// What came of it is written to `target/contract` of the module, for the [ModelsPage].
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class ModelContract {
  private final Suite suite;
  private final Model model;
  private final String maker;
  private final List<Suite.Result> results = new ArrayList<>();
  private @Nullable Company company;

  /// The contract of one model.
  ///
  /// @param model its name
  protected ModelContract(Suite suite, String model) {
    this(suite, model, Contract.class.getName() + "#core");
  }

  /// The contract of one model, which may be one of several processes.
  ///
  /// @param maker the static method that made the suite, as `class#method`: other processes make it
  ///   once more
  protected ModelContract(Suite suite, String model, String maker) {
    this.model = Contract.model(model);
    this.suite = suite.part(this.model);
    this.maker = maker;
  }

  @BeforeAll
  final void begin() throws Exception {
    if (model.processes()) {
      company = new Company(suite, maker, model, target().resolve("company"));
    } else {
      Contract.warmUp();
    }
  }

  @AfterAll
  final void end() throws IOException {
    if (company != null) {
      company.close();
    }
    new Results(suite.name(), suite.title(), results)
        .write(target().resolve("contract"), model.name());
  }

  private static Path target() {
    return Path.of(System.getProperty("basedir", ""), "target").toAbsolutePath();
  }

  @TestFactory
  final Stream<DynamicNode> behaviours() {
    return suite.groups().stream()
        .map(
            group ->
                DynamicContainer.dynamicContainer(
                    group.title(),
                    group.behaviours().stream().map(behaviour -> tests(group, behaviour))));
  }

  private DynamicNode tests(Suite.Group group, Behaviour behaviour) {
    Company others = company;
    if (others != null) {
      return DynamicContainer.dynamicContainer(
          behaviour.name(),
          suite.transports().stream()
              .map(
                  transport ->
                      test(
                          group,
                          behaviour,
                          transport,
                          () -> others.outcome(behaviour, transport))));
    }
    Round round = new Round(behaviour, model, suite.transports());
    DynamicNode leaks =
        DynamicTest.dynamicTest(
            model.name() + ": nothing is left after: " + behaviour.name(), round::leavesNothing);
    return DynamicContainer.dynamicContainer(
        behaviour.name(),
        Stream.concat(
            suite.transports().stream()
                .map(
                    transport -> test(group, behaviour, transport, () -> round.outcome(transport))),
            Stream.of(leaks)));
  }

  private DynamicNode test(
      Suite.Group group, Behaviour behaviour, Transport transport, Executable outcome) {
    Optional<String> reason = suite.skipped(group, behaviour, model, transport);
    return DynamicTest.dynamicTest(
        model.name() + "/" + transport.label() + ": " + behaviour.name(),
        () -> {
          if (reason.isPresent()) {
            note(group, behaviour, transport, Suite.Outcome.SKIPPED, reason.get());
            Assumptions.abort("skipped: " + reason.get());
          }
          try {
            outcome.execute();
          } catch (Throwable thrown) {
            note(group, behaviour, transport, Suite.Outcome.FAILED, thrown.toString());
            throw thrown;
          }
          note(group, behaviour, transport, Suite.Outcome.PASSED, "");
        });
  }

  private void note(
      Suite.Group group,
      Behaviour behaviour,
      Transport transport,
      Suite.Outcome outcome,
      String text) {
    results.add(
        new Suite.Result(
            group.title(), behaviour.name(), model.name(), transport.label(), outcome, text));
  }
}
