package usher.bench.report;

import java.awt.Color;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.CategorySeries.CategorySeriesRenderStyle;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;
import usher.bench.measure.Metric;
import usher.bench.workload.Workload;

/// A bar chart of a workload's main figure, lowest first: the bars are medians, the dots the least
/// and the greatest of the repeats. Written as PNG.
public final class Plot {
  /// One server's bar.
  record Bar(String contender, Summary summary) {}

  private Plot() {}

  /// Writes the chart, if any server has that figure.
  ///
  /// @return the file written, in that folder
  public static Optional<Path> write(Workload workload, Results results, Path folder)
      throws IOException {
    Metric metric = metric(workload);
    List<Bar> bars = bars(workload, metric, results);
    if (bars.isEmpty()) {
      return Optional.empty();
    }
    Path file = folder.resolve(workload.name() + ".png");
    try (OutputStream out = Files.newOutputStream(file)) {
      BitmapEncoder.saveBitmap(chart(workload, metric, bars), out, BitmapFormat.PNG);
    }
    return Optional.of(file);
  }

  static Metric metric(Workload workload) {
    return switch (workload) {
      case Workload.Load _ -> Metric.CPU_RATIO;
      case Workload.IdleMemory _ -> Metric.IDLE_BYTES;
      case Workload.IdleActive _ -> Metric.RATE_KEPT;
      case Workload.StartUp _ -> Metric.START_MILLIS;
    };
  }

  /// The servers that have the figure, lowest median first.
  static List<Bar> bars(Workload workload, Metric metric, Results results) {
    return results.contenders(workload.name()).stream()
        .flatMap(
            contender ->
                results.summary(workload.name(), contender, metric).stream()
                    .map(summary -> new Bar(contender, summary)))
        .sorted(Comparator.comparingDouble(bar -> bar.summary().median()))
        .toList();
  }

  private static CategoryChart chart(Workload workload, Metric metric, List<Bar> bars) {
    String axis =
        switch (workload) {
          case Workload.Load load -> "CPU a request, of " + load.reference();
          case Workload.IdleMemory _ -> "bytes a connection";
          case Workload.IdleActive _ -> metric.title();
          case Workload.StartUp _ -> "ms";
        };
    CategoryChart chart =
        new CategoryChartBuilder()
            .width(960)
            .height(480)
            .title(workload.title())
            .yAxisTitle(axis)
            .build();
    chart
        .getStyler()
        .setAvailableSpaceFill(0.6)
        .setOverlapped(true)
        .setXAxisLabelRotation(45)
        .setYAxisMin(0.0)
        .setPlotGridVerticalLinesVisible(false)
        .setLegendPosition(LegendPosition.InsideNW)
        .setChartBackgroundColor(Color.WHITE);
    List<String> names = bars.stream().map(Bar::contender).toList();
    chart
        .addSeries("median", names, bars.stream().map(bar -> bar.summary().median()).toList())
        .setFillColor(new Color(0x4C78A8));
    dots(chart, "least", names, bars.stream().map(bar -> bar.summary().min()).toList());
    dots(chart, "greatest", names, bars.stream().map(bar -> bar.summary().max()).toList());
    return chart;
  }

  private static void dots(
      CategoryChart chart, String name, List<String> names, List<Double> values) {
    chart
        .addSeries(name, names, values)
        .setChartCategorySeriesRenderStyle(CategorySeriesRenderStyle.Scatter)
        .setMarker(SeriesMarkers.CIRCLE)
        .setMarkerColor(name.equals("least") ? new Color(0x2F4B6B) : new Color(0xB03A2E));
  }
}
