package usher.lab.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Polygon;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.List;

/// How a subject's line looks: a colour, a dash and a marker, so that it can be told from the
/// others without any one of them. The same in all plots of a report.
///
/// Colours are places to put one: `rgb(1,2,n)` stands for the variable `--kn` of the style sheet,
/// which has one value for light and one for dark.
record Style(int slot) {
  /// Of text, and of the lines behind the curves.
  static final Color INK = new Color(1, 2, 4);

  static final Color GRID = new Color(1, 2, 5);

  /// Colours that the style sheet has.
  private static final int SLOTS = 9;

  private static final List<String> MODELS =
      List.of(
          "iterative",
          "thread-per-connection",
          "thread-pool",
          "virtual-threads",
          "event-loop",
          "event-loops",
          "event-loop-workers",
          "prefork",
          "process-per-connection");

  private static final float[][] DASHES = {{}, {7, 3}, {2, 3}, {9, 3, 2, 3}};

  /// A model has its own; others follow in the order of the run.
  static Style of(String subject, List<String> subjects) {
    int known = known(subject);
    if (known >= 0) {
      return new Style(known);
    }
    int place = subjects.stream().filter(s -> known(s) < 0).toList().indexOf(subject);
    return new Style(MODELS.size() + Math.max(0, place));
  }

  private static int known(String subject) {
    int parameters = subject.indexOf('(');
    return MODELS.indexOf(parameters < 0 ? subject : subject.substring(0, parameters).strip());
  }

  Color color() {
    return new Color(1, 2, 10 + slot % SLOTS);
  }

  BasicStroke stroke() {
    float[] dash = DASHES[(slot + slot / SLOTS) % DASHES.length];
    return dash.length == 0
        ? new BasicStroke(2, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND)
        : new BasicStroke(2, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, dash, 0);
  }

  Shape marker() {
    return switch (slot % 5) {
      case 0 -> new Ellipse2D.Double(-3.5, -3.5, 7, 7);
      case 1 -> new Rectangle2D.Double(-3, -3, 6, 6);
      case 2 -> new Polygon(new int[] {0, 4, -4}, new int[] {-4, 3, 3}, 3);
      case 3 -> new Polygon(new int[] {0, 4, 0, -4}, new int[] {-4, 0, 4, 0}, 4);
      default -> cross();
    };
  }

  private static Shape cross() {
    var cross = new Path2D.Double();
    cross.append(new Rectangle2D.Double(-4, -1.25, 8, 2.5), false);
    cross.append(new Rectangle2D.Double(-1.25, -4, 2.5, 8), false);
    return cross;
  }
}
