package usher.cli.files;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import usher.files.client.Cancelled;
import usher.files.client.FileClient;
import usher.files.client.Progress;

/// A connection that comes back: what is cut is tried again, and goes on where it was, as long as
/// each few attempts bring it forward. For one thread.
public final class Transfers implements AutoCloseable {
  private static final int ATTEMPTS = 5;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);

  private final Remote remote;
  private @Nullable FileClient client;

  /// Connects when it is first used.
  public Transfers(Remote remote) {
    this.remote = remote;
  }

  /// Something to do on a connection.
  @FunctionalInterface
  public interface Work<T> {
    /// Does it.
    T run(FileClient client) throws IOException;
  }

  /// A transfer on a connection.
  @FunctionalInterface
  public interface Transfer<T> {
    /// Does it, from where an earlier attempt ended.
    T run(FileClient client, Progress progress) throws IOException;
  }

  /// Does something that is over soon.
  public <T> T ask(Work<T> work) throws IOException {
    return transfer((client, _) -> work.run(client), Progress.NONE);
  }

  /// Does something that may be cut, again and again.
  ///
  /// @throws Cancelled if the progress says so, or the thread is interrupted
  public <T> T transfer(Transfer<T> transfer, Progress progress) throws IOException {
    long best = 0;
    Duration pause = FIRST_PAUSE;
    for (int attempt = 1; ; attempt++) {
      long[] reached = {0};
      Progress watched =
          (done, total) -> {
            reached[0] = done;
            return progress.at(done, total);
          };
      try {
        return transfer.run(connected(), watched);
      } catch (Cancelled cancelled) {
        close();
        throw cancelled;
      } catch (IOException cut) {
        close();
        if (Thread.interrupted()) {
          throw new Cancelled();
        }
        if (reached[0] > best) {
          best = reached[0];
          attempt = 1;
          pause = FIRST_PAUSE;
        }
        if (attempt >= ATTEMPTS) {
          throw cut;
        }
        await(pause);
        pause = pause.multipliedBy(2);
      }
    }
  }

  private static void await(Duration pause) throws Cancelled {
    try {
      Thread.sleep(pause);
    } catch (InterruptedException asked) {
      throw new Cancelled();
    }
  }

  private FileClient connected() throws IOException {
    FileClient usable = client;
    if (usable == null || !usable.open()) {
      close();
      usable = remote.connect();
      client = usable;
    }
    return usable;
  }

  @Override
  public void close() {
    FileClient old = client;
    client = null;
    if (old != null) {
      try {
        old.close();
      } catch (IOException alreadyGone) {
        // Nothing is left to be closed.
      }
    }
  }
}
