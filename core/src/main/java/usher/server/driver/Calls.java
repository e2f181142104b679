package usher.server.driver;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import usher.session.Conversation;
import usher.session.Outcome;
import usher.session.Step;

/// Code of the user, run behind a boundary: whatever it throws, also an [Error], becomes its
/// outcome.
final class Calls {
  private Calls() {}

  static Outcome run(Step.Task task) {
    try {
      return new Outcome.Value(task.run());
    } catch (Throwable thrown) {
      return new Outcome.Failure(thrown);
    }
  }

  /// Lends the streams and flushes what was written in the end.
  static Outcome hold(Conversation conversation, InputStream in, OutputStream out) {
    try (out) {
      conversation.hold(in, out);
      return new Outcome.Value(null);
    } catch (Throwable thrown) {
      return new Outcome.Failure(thrown);
    }
  }

  /// The outcome of a stage that has ended, or null if it has not, or does not say.
  static @Nullable Outcome ended(CompletionStage<?> stage) {
    if (!(stage instanceof CompletableFuture<?> some)) {
      return null;
    }
    // The JDK's minimal stages are futures by their class, but answer no question themselves.
    CompletableFuture<?> future = some.toCompletableFuture();
    return switch (future.state()) {
      case RUNNING -> null;
      case SUCCESS -> new Outcome.Value(future.resultNow());
      case FAILED -> new Outcome.Failure(future.exceptionNow());
      case CANCELLED -> new Outcome.Failure(new CancellationException("the stage was cancelled"));
    };
  }

  /// Tells the outcome of a stage when it ends, on whatever thread ends it.
  static void whenEnded(CompletionStage<?> stage, Consumer<Outcome> told) {
    stage.whenComplete(
        (value, thrown) ->
            told.accept(
                thrown == null ? new Outcome.Value(value) : new Outcome.Failure(bare(thrown))));
  }

  private static Throwable bare(Throwable thrown) {
    return thrown instanceof CompletionException && thrown.getCause() != null
        ? thrown.getCause()
        : thrown;
  }
}
