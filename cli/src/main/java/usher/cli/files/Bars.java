package usher.cli.files;

import java.util.concurrent.atomic.AtomicBoolean;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import usher.files.client.Progress;

/// Progress of transfers for a person: a bar with rate and remaining time on standard error, or
/// nothing where no person looks.
public final class Bars {
  private static final long UNIT = 1 << 20;
  private static final int REFRESH_MILLIS = 200;

  private final boolean shown;
  private final AtomicBoolean cancelled = new AtomicBoolean();

  /// @param shown whether standard error is a terminal and somebody wants to see them
  public Bars(boolean shown) {
    this.shown = shown;
  }

  /// Ends the transfers under way.
  public void cancel() {
    cancelled.set(true);
  }

  /// Begins anew.
  public void renew() {
    cancelled.set(false);
  }

  /// A bar for one file.
  public Bar bar(String name) {
    return new Bar(shown ? builder(name).build() : null, cancelled);
  }

  private static ProgressBarBuilder builder(String name) {
    return ProgressBar.builder()
        .setTaskName(name)
        .setStyle(ProgressBarStyle.ASCII)
        .setUnit(" MiB", UNIT)
        .setInitialMax(-1)
        .setUpdateIntervalMillis(REFRESH_MILLIS)
        .showSpeed();
  }

  /// One bar; closing it leaves its last line on the screen.
  public static final class Bar implements Progress, AutoCloseable {
    private final @org.jspecify.annotations.Nullable ProgressBar bar;
    private final AtomicBoolean cancelled;

    Bar(@org.jspecify.annotations.Nullable ProgressBar bar, AtomicBoolean cancelled) {
      this.bar = bar;
      this.cancelled = cancelled;
    }

    @Override
    public boolean at(long done, long total) {
      if (bar != null) {
        bar.maxHint(total);
        bar.stepTo(done);
      }
      return !cancelled.get();
    }

    @Override
    public void close() {
      if (bar != null) {
        bar.close();
      }
    }
  }
}
