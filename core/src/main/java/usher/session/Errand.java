package usher.session;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A task that may outlive its connection, with the means to clear up after it. This is the one
/// place where the owner of a session and another thread meet: whoever comes second, the end of the
/// task or the end of the connection, clears up, and does so once.
///
/// ```
///   UNDER_WAY ──the task ends──► ENDED      the owner clears up, if the connection is lost
///       └──────the connection──► ABANDONED  the task clears up when it ends
/// ```
public final class Errand implements Step.Task {
  private static final int UNDER_WAY = 0;
  private static final int ENDED = 1;
  private static final int ABANDONED = 2;

  /// What is to be done once neither side needs anything any more.
  @FunctionalInterface
  public interface Clearing {
    /// Clears up. The result is null where the task failed or never ran.
    void clear(@Nullable Object result);
  }

  private final Step.Task task;
  private final Clearing clearing;
  private final AtomicInteger state = new AtomicInteger(UNDER_WAY);

  /// Written before the state says ENDED, read after.
  private @Nullable Object result;

  public Errand(Step.Task task, Clearing clearing) {
    this.task = task;
    this.clearing = clearing;
  }

  @Override
  public boolean refusable() {
    return task.refusable();
  }

  @Override
  public void waited(long nanos) {
    task.waited(nanos);
  }

  @Override
  public @Nullable Object run() throws Exception {
    if (state.get() == ABANDONED) {
      clearing.clear(null);
      return null;
    }
    Object value;
    try {
      value = task.run();
    } catch (Throwable thrown) {
      end(null);
      throw thrown;
    }
    if (value instanceof CompletionStage<?> stage) {
      return followed(stage);
    }
    end(value);
    return value;
  }

  /// Not `stage.whenComplete`: a stage that is no more than that may refuse to say whether it is
  /// done, which a driver likes to know.
  private CompletionStage<Object> followed(CompletionStage<?> stage) {
    var followed = new CompletableFuture<@Nullable Object>();
    stage.whenComplete(
        (value, thrown) -> {
          end(value);
          if (thrown == null) {
            followed.complete(value);
          } else {
            followed.completeExceptionally(bare(thrown));
          }
        });
    return followed;
  }

  /// What was thrown in a stage, without what the stages behind it have wrapped around it.
  private static Throwable bare(Throwable thrown) {
    return thrown instanceof CompletionException && thrown.getCause() != null
        ? thrown.getCause()
        : thrown;
  }

  private void end(@Nullable Object value) {
    result = value;
    if (!state.compareAndSet(UNDER_WAY, ENDED)) {
      clearing.clear(value);
    }
  }

  /// The connection is lost before the owner was told of the task's end.
  public void abandon() {
    if (!state.compareAndSet(UNDER_WAY, ABANDONED)) {
      clearing.clear(result);
    }
  }
}
