package usher.testkit.drive;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import usher.session.Outcome;
import usher.session.Session;
import usher.session.Step;

/// The blocking and asynchronous calls of one rehearsal: run at once, or held until the test says
/// so.
final class Calls {
  /// Told when a call has ended.
  @FunctionalInterface
  interface End {
    void ended(Session origin, long key, Outcome outcome);
  }

  private record Held(Step.Call call, Session origin) {}

  private final End end;
  private final List<Held> held = new ArrayList<>();
  private final Queue<Runnable> posted = new ArrayDeque<>();
  private boolean holding;
  private int pending;

  Calls(End end) {
    this.end = end;
  }

  void hold() {
    holding = true;
  }

  int held() {
    return held.size();
  }

  /// Calls that have not ended.
  int pending() {
    return pending;
  }

  void begin(Step.Call call, Session origin) {
    pending++;
    if (holding) {
      held.add(new Held(call, origin));
    } else {
      run(call, origin);
    }
  }

  /// Runs the call that was held first.
  void release() {
    Held first = held.remove(0);
    run(first.call, first.origin);
  }

  /// Refuses the call that was held first.
  void refuse(Throwable why) {
    Held first = held.remove(0);
    ended(first.origin, first.call, new Outcome.Failure(why));
  }

  /// Takes up the stages that have ended.
  void settle() {
    for (Runnable next = posted.poll(); next != null; next = posted.poll()) {
      next.run();
    }
  }

  private void run(Step.Call call, Session origin) {
    Outcome outcome = outcome(call);
    if (call.kind() == Step.Kind.ASYNC
        && outcome instanceof Outcome.Value(CompletionStage<?> stage)) {
      stage.whenComplete(
          (value, thrown) ->
              posted.add(
                  () ->
                      ended(
                          origin,
                          call,
                          thrown == null
                              ? new Outcome.Value(value)
                              : new Outcome.Failure(bare(thrown)))));
      // A stage that is done already has posted its end by now.
      settle();
    } else {
      ended(origin, call, outcome);
    }
  }

  private void ended(Session origin, Step.Call call, Outcome outcome) {
    pending--;
    end.ended(origin, call.key(), outcome);
  }

  static Outcome outcome(Step.Call call) {
    try {
      return new Outcome.Value(call.task().run());
    } catch (Throwable thrown) {
      return new Outcome.Failure(thrown);
    }
  }

  private static Throwable bare(Throwable thrown) {
    return thrown instanceof CompletionException && thrown.getCause() != null
        ? thrown.getCause()
        : thrown;
  }
}
