package usher.lab.report;

import java.awt.Dimension;
import java.awt.Font;
import java.awt.geom.Rectangle2D;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.block.BlockBorder;
import org.jfree.chart.plot.PlotOrientation;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.title.TextTitle;
import org.jfree.chart.ui.HorizontalAlignment;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/// A plot as SVG to stand inside of HTML: text stays text, colours are variables of the page's
/// style sheet, nothing is fetched and nothing has an id that another plot might have too.
final class Plot {
  private static final String SVG = "http://www.w3.org/2000/svg";

  private Plot() {}

  /// Draws a plot that has its data, axes and renderer.
  ///
  /// @param label what it shows, for who does not see it
  /// @param kind class of the element
  static String svg(XYPlot plot, String label, String kind, int width, int height) {
    var font = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
    var chart = new JFreeChart(null, font, plot, true);
    chart.setBackgroundPaint(null);
    chart.setPadding(new RectangleInsets(4, 2, 2, 20));
    if (plot.getOrientation().equals(PlotOrientation.VERTICAL)) {
      raise(chart, plot.getRangeAxis(), font);
    }
    LegendTitle legend = chart.getLegend();
    legend.setPosition(RectangleEdge.BOTTOM);
    legend.setItemFont(font);
    legend.setItemPaint(Style.INK);
    legend.setBackgroundPaint(null);
    legend.setFrame(BlockBorder.NONE);

    Document document = document();
    SVGGeneratorContext context = SVGGeneratorContext.createDefault(document);
    context.setComment(null);
    context.setPrecision(1);
    var graphics = new SVGGraphics2D(context, false);
    graphics.setSVGCanvasSize(new Dimension(width, height));
    chart.draw(graphics, new Rectangle2D.Double(0, 0, width, height));

    Element root = graphics.getRoot();
    strip(root);
    root.removeAttribute("width");
    root.removeAttribute("height");
    root.setAttribute("viewBox", "0 0 " + width + " " + height);
    root.setAttribute("class", kind);
    root.setAttribute("role", "img");
    root.setAttribute("aria-label", Html.printable(label));
    var text = new StringWriter();
    try {
      graphics.stream(root, text, true, false);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    String svg = text.toString();
    return svg.substring(svg.indexOf("<svg"))
        .replaceAll(" xmlns(:\\w+)?=\"[^\"]*\"", "")
        .replaceAll("\\s+(/?>)", "$1")
        .replaceAll("rgb\\(1,2,(\\d+)\\)", "var(--k$1)");
  }

  /// What the vertical axis is stands above it: upright text is read faster, and turned text would
  /// become shapes.
  private static void raise(JFreeChart chart, ValueAxis axis, Font font) {
    var title = new TextTitle(axis.getLabel(), font);
    title.setPaint(Style.INK);
    title.setHorizontalAlignment(HorizontalAlignment.LEFT);
    title.setPadding(new RectangleInsets(0, 4, 6, 0));
    chart.addSubtitle(0, title);
    axis.setLabel(null);
  }

  /// All data lie within the axes, so that nothing has to be clipped; and without definitions there
  /// are no ids.
  private static void strip(Element element) {
    element.removeAttribute("clip-path");
    NodeList children = element.getChildNodes();
    List<Node> superfluous = new ArrayList<>();
    for (int i = 0; i < children.getLength(); i++) {
      if (children.item(i) instanceof Element child) {
        if (child.getTagName().equals("defs")) {
          superfluous.add(child);
        } else {
          strip(child);
        }
      }
    }
    superfluous.forEach(element::removeChild);
  }

  private static Document document() {
    try {
      return DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .getDOMImplementation()
          .createDocument(SVG, "svg", null);
    } catch (ParserConfigurationException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
