package usher.testkit.memory;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import usher.testkit.Await;

/// A thread that does one thing, and may block in it.
final class Worker<T> {
  static final Duration BOUND = Duration.ofSeconds(20);

  private static final int LOOKS = 6;

  private final FutureTask<T> task;
  private final Thread thread;

  private Worker(FutureTask<T> task, Thread thread) {
    this.task = task;
    this.thread = thread;
  }

  static <T> Worker<T> start(Thread.Builder threads, Callable<T> work) {
    FutureTask<T> task = new FutureTask<>(work);
    return new Worker<>(task, threads.start(task));
  }

  /// Waits until the thread is inside a call that blocks: parked, or in native code below a channel
  /// or selector, each of several times that it is looked at.
  Worker<T> awaitBlocked() {
    int[] seen = new int[1];
    Await.until(
        "the worker blocks",
        BOUND,
        () -> {
          seen[0] = isBlocked() ? seen[0] + 1 : 0;
          return task.isDone() || seen[0] == LOOKS;
        });
    return this;
  }

  private boolean isBlocked() {
    StackTraceElement[] stack = thread.getStackTrace();
    boolean inChannel = false;
    for (StackTraceElement frame : stack) {
      String name = frame.getClassName();
      inChannel |= name.startsWith("sun.nio.ch.") || name.startsWith("usher.testkit.memory.Memory");
    }
    if (!inChannel) {
      return false;
    }
    String top = stack[0].getMethodName();
    return stack[0].isNativeMethod() || top.startsWith("park") || top.startsWith("yield");
  }

  Thread thread() {
    return thread;
  }

  boolean isDone() {
    return task.isDone();
  }

  T result() throws Exception {
    try {
      return task.get(BOUND.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    } catch (TimeoutException e) {
      StringBuilder stack = new StringBuilder();
      for (StackTraceElement frame : thread.getStackTrace()) {
        stack.append("\n    at ").append(frame);
      }
      throw new AssertionError("still not done: " + thread + stack, e);
    }
  }
}
