package usher.lab.report;

import java.awt.BasicStroke;
import java.awt.geom.Line2D;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jfree.chart.axis.SymbolAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.PlotOrientation;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYErrorRenderer;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.xy.XYIntervalSeries;
import org.jfree.data.xy.XYIntervalSeriesCollection;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;
import usher.lab.result.Cell;
import usher.lab.result.Curve;
import usher.lab.result.Curve.Kind;
import usher.lab.result.Estimate;
import usher.lab.result.LabResult;
import usher.lab.result.Metric;

/// What is plotted: the curves of a workload, and figures with their intervals.
///
/// @param result whose subjects have the same look in all plots
record Plots(LabResult result) {
  private static final int WIDE = 620;
  private static final int NARROW = 360;

  /// Curves of one kind under one workload, each subject's in its own look; in two widths, of which
  /// the page shows one. Needs at least one curve.
  String curves(String label, Kind kind, Map<String, Curve> curves) {
    return Plot.svg(curves(kind, curves), label, "wide", WIDE, 380)
        + Plot.svg(curves(kind, curves), label, "narrow", NARROW, 420);
  }

  private XYPlot curves(Kind kind, Map<String, Curve> curves) {
    var data = new XYSeriesCollection();
    var renderer = new XYLineAndShapeRenderer(true, true);
    renderer.setDrawSeriesLineAsPath(true);
    curves.forEach(
        (subject, curve) -> {
          var series = new XYSeries(new Name(data.getSeriesCount(), subject), false, true);
          curve.points().forEach(point -> series.add(x(kind, point), point.y()));
          Style style = Style.of(subject, result.subjects());
          int index = data.getSeriesCount();
          renderer.setSeriesPaint(index, style.color());
          renderer.setSeriesStroke(index, style.stroke());
          renderer.setSeriesShape(index, style.marker());
          data.addSeries(series);
        });
    renderer.setLegendLine(new Line2D.Double(-14, 0, 14, 0));
    return dressed(new XYPlot(data, domain(kind, curves), range(kind, curves), renderer));
  }

  private static double x(Kind kind, Curve.Point point) {
    return kind == Kind.PERCENTILES ? Axes.nines(point.x()) : point.x();
  }

  private static ValueAxis domain(Kind kind, Map<String, Curve> curves) {
    DoubleSummaryStatistics x = span(curves, Curve.Point::x);
    return switch (kind) {
      case PERCENTILES -> Axes.percentiles(kind.x(), x.getMax());
      case RATE_BY_CONNECTIONS, MEMORY_BY_CONNECTIONS ->
          Axes.fitting(kind.x(), x.getMin(), x.getMax());
      case LATENCY_BY_RATE, OVERLOAD_LATENCY, OVERLOAD_GOODPUT -> Axes.even(kind.x(), x.getMax());
    };
  }

  private static ValueAxis range(Kind kind, Map<String, Curve> curves) {
    DoubleSummaryStatistics y = span(curves, Curve.Point::y);
    return switch (kind) {
      case RATE_BY_CONNECTIONS, OVERLOAD_GOODPUT -> Axes.even(kind.y(), y.getMax());
      case PERCENTILES, MEMORY_BY_CONNECTIONS, LATENCY_BY_RATE, OVERLOAD_LATENCY ->
          Axes.fitting(kind.y(), y.getMin(), y.getMax());
    };
  }

  private static DoubleSummaryStatistics span(
      Map<String, Curve> curves, ToDoubleFunction<Curve.Point> part) {
    return curves.values().stream()
        .flatMap(curve -> curve.points().stream())
        .mapToDouble(part)
        .summaryStatistics();
  }

  /// A figure of all subjects under each other, with whiskers from end to end of its interval.
  String whiskers(String label, Metric metric, List<Cell> cells) {
    int height = 90 + 26 * cells.size();
    return Plot.svg(whiskers(metric, cells), label, "wide", WIDE, height)
        + Plot.svg(whiskers(metric, cells), label, "narrow", NARROW, height);
  }

  private XYPlot whiskers(Metric metric, List<Cell> cells) {
    var data = new XYIntervalSeriesCollection();
    var renderer = new XYErrorRenderer();
    renderer.setDrawXError(false);
    renderer.setErrorStroke(new BasicStroke(1.5f));
    renderer.setCapLength(7);
    List<String> names = new ArrayList<>();
    double least = Double.POSITIVE_INFINITY;
    double greatest = 0;
    for (Cell cell : cells.reversed()) {
      Estimate figure = cell.figure(metric).orElseThrow();
      int place = names.size();
      var series = new XYIntervalSeries(Integer.toString(place));
      series.add(place, place, place, figure.median(), figure.low(), figure.high());
      data.addSeries(series);
      Style style = Style.of(cell.subject(), result.subjects());
      renderer.setSeriesPaint(place, style.color());
      renderer.setSeriesShape(place, style.marker());
      renderer.setSeriesVisibleInLegend(place, false);
      names.add(new Name(place, cell.subject()).toString());
      least = Math.min(least, figure.low());
      greatest = Math.max(greatest, figure.high());
    }
    var subjects = new SymbolAxis(null, names.toArray(String[]::new));
    subjects.setGridBandsVisible(false);
    ValueAxis figures = Axes.fitting(metric.unit(), least, greatest);
    var plot = new XYPlot(data, Axes.dressed(subjects), figures, renderer);
    plot.setOrientation(PlotOrientation.HORIZONTAL);
    return dressed(plot);
  }

  private static XYPlot dressed(XYPlot plot) {
    plot.setBackgroundPaint(null);
    plot.setOutlineVisible(false);
    plot.setDomainGridlinePaint(Style.GRID);
    plot.setRangeGridlinePaint(Style.GRID);
    plot.setDomainGridlineStroke(new BasicStroke(1));
    plot.setRangeGridlineStroke(new BasicStroke(1));
    plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
    return plot;
  }

  /// What the legend says, and not the same as another that reads the same.
  private record Name(int place, String subject) implements Comparable<Name> {
    private static final int LONGEST = 36;

    @Override
    public int compareTo(Name other) {
      return Integer.compare(place, other.place);
    }

    @Override
    public String toString() {
      String name = Html.printable(subject).replace('\n', ' ');
      return name.length() <= LONGEST ? name : name.substring(0, LONGEST - 1) + "…";
    }
  }

  /// The curves of this kind under this workload, in the order of the run.
  Map<String, Curve> of(Kind kind, String workload) {
    Map<String, Curve> curves = new LinkedHashMap<>();
    for (String subject : result.subjects()) {
      result
          .cell(subject, workload)
          .flatMap(cell -> cell.curve(kind))
          .filter(curve -> !curve.points().isEmpty())
          .ifPresent(curve -> curves.put(subject, curve));
    }
    return curves;
  }
}
