package usher.cli.lab;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;
import org.jline.utils.Display;
import org.jspecify.annotations.Nullable;
import usher.cli.console.Quantity;
import usher.lab.experiment.LabListener;
import usher.lab.result.Metric;
import usher.lab.result.Wording;

/// What a person sees while the lab runs: how far it is, what it does, and the figures of the
/// workload that it is at, on a few lines that are drawn anew. Where nobody looks, a line for each
/// figure.
///
/// For the thread that runs the lab; closed by it.
public final class LiveTable implements LabListener, AutoCloseable {
  private static final int BAR = 30;
  private static final double ENOUGH = 0.03;

  private final usher.cli.console.Terminal console;
  private final @Nullable Terminal screen;
  private final @Nullable Display display;
  private final boolean lines;
  private final long start = System.nanoTime();
  private final Map<String, Map<Metric, Double>> rows = new LinkedHashMap<>();
  private String workload = "";

  private LiveTable(usher.cli.console.Terminal console, @Nullable Terminal screen, boolean lines) {
    this.console = console;
    this.screen = screen;
    this.lines = lines;
    this.display = screen == null ? null : new Display(screen, false);
    if (screen != null && display != null) {
      Size size = screen.getSize();
      display.resize(size.getRows(), size.getColumns());
    }
  }

  /// One for this terminal.
  ///
  /// @param quiet whether nothing is said but warnings
  public static LiveTable of(usher.cli.console.Terminal console, boolean quiet) throws IOException {
    boolean drawn = !quiet && console.errColours() && usher.cli.console.Terminal.canAsk();
    return new LiveTable(
        console,
        drawn ? TerminalBuilder.builder().system(true).nativeSignals(false).build() : null,
        !quiet && !drawn);
  }

  @Override
  public void step(double done, String subject, String at, String step) {
    if (!at.equals(workload) && !at.isEmpty()) {
      workload = at;
      rows.clear();
    }
    draw(done, (subject + " " + at + ": " + step).strip());
  }

  @Override
  public void figure(String subject, String at, Metric metric, double figure) {
    rows.computeIfAbsent(subject, _ -> new LinkedHashMap<>()).put(metric, figure);
    if (lines) {
      console.say(
          String.format(
              Locale.ROOT,
              "%-10s %-24s %s: %s",
              at,
              subject,
              metric.label(),
              Wording.of(metric, figure)));
    }
  }

  @Override
  public void warning(String text) {
    clear();
    console.warn(text);
  }

  private void draw(double done, String step) {
    Display area = display;
    if (area == null) {
      return;
    }
    List<AttributedString> all = new ArrayList<>();
    int full = (int) Math.round(done * BAR);
    all.add(
        new AttributedStringBuilder()
            .style(AttributedStyle.DEFAULT.foreground(AttributedStyle.CYAN))
            .append("━".repeat(full))
            .style(AttributedStyle.DEFAULT.faint())
            .append("━".repeat(BAR - full))
            .style(AttributedStyle.DEFAULT)
            .append(String.format(Locale.ROOT, " %3.0f%%", done * 100))
            .append(left(done))
            .toAttributedString());
    all.add(new AttributedString(step));
    rows.forEach(
        (subject, figures) -> {
          StringBuilder row = new StringBuilder(String.format(Locale.ROOT, "  %-24s", subject));
          figures.forEach(
              (metric, figure) ->
                  row.append(
                      String.format(
                          Locale.ROOT, "  %s %s", shortened(metric), Wording.of(metric, figure))));
          all.add(new AttributedString(row));
        });
    Terminal seen = screen;
    int most = seen == null ? all.size() : Math.max(2, seen.getHeight() - 1);
    area.update(all.subList(0, Math.min(most, all.size())), -1);
  }

  private String left(double done) {
    double seconds = (System.nanoTime() - start) / 1e9;
    if (done < ENOUGH) {
      return "";
    }
    return ", about "
        + Quantity.duration(Duration.ofSeconds(Math.round(seconds * (1 - done) / done)))
        + " left";
  }

  private static String shortened(Metric metric) {
    return switch (metric) {
      case CAPACITY -> "highest rate";
      case COMMON_P99 -> "p99";
      default -> metric.label();
    };
  }

  private void clear() {
    if (display != null) {
      display.update(List.of(), -1);
    }
  }

  @Override
  public void close() throws IOException {
    clear();
    if (screen != null) {
      screen.close();
    }
  }
}
