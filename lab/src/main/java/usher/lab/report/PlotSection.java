package usher.lab.report;

import java.awt.AWTError;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import usher.lab.result.Cell;
import usher.lab.result.Curve;
import usher.lab.result.Curve.Kind;
import usher.lab.result.LabResult;
import usher.lab.result.Metric;
import usher.lab.result.Wording;
import usher.lab.result.WorkloadNote;

/// The plots, each with its points as a table. Where the JDK cannot draw, for want of fonts or of
/// its graphics, the tables are open in their place.
final class PlotSection {
  private final Html html;
  private final LabResult result;
  private final Plots plots;

  private PlotSection(Html html, LabResult result) {
    this.html = html;
    this.result = result;
    this.plots = new Plots(result);
  }

  static void write(Html html, LabResult result) {
    html.open("section", "id", "plots").leaf("h2", "Plots");
    var section = new PlotSection(html, result);
    section.whiskers("Highest rate within the objective", Metric.CAPACITY);
    section.curves(
        "Rate against connections",
        "A closed loop: each connection asks again as soon as it has its answer.",
        Kind.RATE_BY_CONNECTIONS);
    section.curves(
        "Latency percentiles",
        "At the common rate, from when each request was due. Each step to the right is another"
            + " nine: what looks flat until 90% may not be at 99.9%.",
        Kind.PERCENTILES);
    section.curves(
        "Latency against rate",
        "p99 as more is asked for, until the objective is missed.",
        Kind.LATENCY_BY_RATE);
    section.curves(
        "Memory against connections", "All but a few are idle.", Kind.MEMORY_BY_CONNECTIONS);
    section.curves(
        "Latency through overload and recovery",
        "Calm, then three times the highest rate, then calm again; p99 of what was due then.",
        Kind.OVERLOAD_LATENCY);
    section.curves(
        "Good answers through overload and recovery",
        "The same time; what was answered within the objective.",
        Kind.OVERLOAD_GOODPUT);
    html.close("section");
  }

  private void whiskers(String title, Metric metric) {
    boolean titled = false;
    for (WorkloadNote workload : result.workloads()) {
      List<Cell> cells =
          result.subjects().stream()
              .flatMap(subject -> result.cell(subject, workload.name()).stream())
              .filter(cell -> cell.figure(metric).isPresent())
              .toList();
      if (!cells.isEmpty()) {
        if (!titled) {
          begin(title, "The marker is the median, the whiskers are its interval.");
          titled = true;
        }
        String label = title + " under " + workload.name();
        html.open("figure");
        drawn(() -> plots.whiskers(label, metric, cells)).ifPresent(html::raw);
        html.leaf("figcaption", workload.name()).close("figure");
      }
    }
    if (titled) {
      html.close("div");
    }
  }

  private void curves(String title, String note, Kind kind) {
    boolean titled = false;
    for (WorkloadNote workload : result.workloads()) {
      Map<String, Curve> curves = plots.of(kind, workload.name());
      if (!curves.isEmpty()) {
        if (!titled) {
          begin(title, note);
          titled = true;
        }
        String label = title + " under " + workload.name();
        html.open("figure");
        Optional<String> svg = drawn(() -> plots.curves(label, kind, curves));
        svg.ifPresent(html::raw);
        html.leaf("figcaption", workload.name());
        points(label, kind, curves, svg.isEmpty());
        html.close("figure");
      }
    }
    if (titled) {
      html.close("div");
    }
  }

  private void begin(String title, String note) {
    html.leaf("h3", title).leaf("p", note, "class", "note").open("div", "class", "plots");
  }

  private void points(String label, Kind kind, Map<String, Curve> curves, boolean open) {
    if (open) {
      html.open("details", "open", "");
    } else {
      html.open("details");
    }
    html.leaf("summary", "Points");
    Tables.open(html, "Points: " + label);
    html.open("thead").open("tr").leaf("th", "model", "scope", "col");
    html.leaf("th", kind.x(), "scope", "col", "class", "figure");
    html.leaf("th", kind.y(), "scope", "col", "class", "figure");
    html.close("tr").close("thead").open("tbody");
    curves.forEach(
        (subject, curve) ->
            curve
                .points()
                .forEach(
                    point ->
                        html.open("tr")
                            .leaf("th", subject, "scope", "row")
                            .leaf("td", x(kind, point), "class", "figure")
                            .leaf("td", Wording.number(point.y()), "class", "figure")
                            .close("tr")));
    html.close("tbody");
    Tables.close(html);
    html.close("details");
  }

  private static String x(Kind kind, Curve.Point point) {
    return kind == Kind.PERCENTILES
        ? BigDecimal.valueOf(point.x()).movePointRight(2).stripTrailingZeros().toPlainString() + "%"
        : Wording.number(point.x());
  }

  /// The graphics of a JDK without fonts fail with errors of several kinds; a report without plots
  /// is better than none.
  private static Optional<String> drawn(Supplier<String> plot) {
    try {
      return Optional.of(plot.get());
    } catch (LinkageError | InternalError | AWTError unable) {
      return Optional.empty();
    }
  }
}
