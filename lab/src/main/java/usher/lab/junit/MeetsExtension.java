package usher.lab.junit;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import usher.lab.trial.Trial;

/// Measures what [Meets] asks for, fails the test where it is missed, and hands the outcome on.
final class MeetsExtension implements BeforeTestExecutionCallback, ParameterResolver {
  private static final ExtensionContext.Namespace OURS =
      ExtensionContext.Namespace.create(MeetsExtension.class);

  MeetsExtension() {}

  @Override
  public void beforeTestExecution(ExtensionContext test) throws Exception {
    Trial.Outcome outcome = outcome(test);
    if (!outcome.met()) {
      throw new AssertionError(outcome.toString());
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
    return parameter.getParameter().getType() == Trial.Outcome.class;
  }

  @Override
  public @Nullable Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
    return outcome(test);
  }

  /// Measured once, whoever asks first.
  private static Trial.Outcome outcome(ExtensionContext test) {
    return test.getStore(OURS)
        .computeIfAbsent(Trial.class, _ -> measured(test), Trial.Outcome.class);
  }

  private static Trial.Outcome measured(ExtensionContext test) {
    Meets asked = test.getRequiredTestMethod().getAnnotation(Meets.class);
    try {
      return Trial.of(asked.handler())
          .model(asked.model())
          .path(asked.path())
          .rate(asked.rate())
          .objective(asked.objective())
          .connections(asked.connections())
          .lasting(Duration.ofSeconds(1), Duration.ofMillis((long) (asked.seconds() * 1_000)))
          .run();
    } catch (IOException failed) {
      throw new AssertionError("nothing was measured: " + failed.getMessage(), failed);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", stopped);
    }
  }
}
