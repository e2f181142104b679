package usher.session;

import org.jspecify.annotations.Nullable;

/// How a call ended.
public sealed interface Outcome {
  /// It returned.
  record Value(@Nullable Object value) implements Outcome {}

  /// It threw, its stage failed, or it was refused with an [Overload].
  record Failure(Throwable thrown) implements Outcome {}
}
