package usher.testkit.contract;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import usher.server.Model;

/// A suite under one model, over each transport, as JUnit tests named like `event-loop/unix: an
/// echo comes back whole`. A suite has a subclass for each model.
///
/// What came of it is written to `target/contract` of the module, for the [ModelsPage].
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class ModelContract {
  private final Suite suite;
  private final Model model;
  private final List<Suite.Result> results = new ArrayList<>();

  /// The contract of one model.
  ///
  /// @param model its name
  protected ModelContract(Suite suite, String model) {
    this.suite = suite;
    this.model = Contract.model(model);
  }

  @BeforeAll
  final void warmUp() throws Exception {
    Contract.warmUp();
  }

  @AfterAll
  final void write() throws IOException {
    Path module = Path.of(System.getProperty("basedir", ""));
    new Results(suite.name(), suite.title(), results)
        .write(module.resolve("target/contract"), model.name());
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
    Round round = new Round(behaviour, model, suite.transports());
    DynamicNode leaks =
        DynamicTest.dynamicTest(
            model.name() + ": nothing is left after: " + behaviour.name(), round::leavesNothing);
    return DynamicContainer.dynamicContainer(
        behaviour.name(),
        Stream.concat(
            suite.transports().stream().map(transport -> test(group, behaviour, round, transport)),
            Stream.of(leaks)));
  }

  private DynamicNode test(
      Suite.Group group, Behaviour behaviour, Round round, Transport transport) {
    return DynamicTest.dynamicTest(
        model.name() + "/" + transport.label() + ": " + behaviour.name(),
        () -> {
          Optional<String> reason = round.skipped(transport);
          if (reason.isPresent()) {
            note(group, behaviour, transport, Suite.Outcome.SKIPPED, reason.get());
            Assumptions.abort("skipped: " + reason.get());
          }
          try {
            round.outcome(transport);
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
