package dev.blastscope.report;

import dev.blastscope.report.Report.ReliabilityBin;
import dev.blastscope.report.Report.RocPoint;
import dev.blastscope.report.Report.SelectivePoint;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Dimension;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Rectangle2D;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.apache.batik.dom.GenericDOMImplementation;
import org.apache.batik.svggen.SVGGraphics2D;
import org.jfree.chart.ChartFactory;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.plot.PlotOrientation;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Plots as SVG elements; none where this Java has no fonts, as in a container without fontconfig. */
final class Plot {

    private static final Logger log = LoggerFactory.getLogger(Plot.class);

    private static final int SIDE = 380;
    private static final Color INK = new Color(0x1f2328);
    private static final Color BLUE = new Color(0x0969da);
    private static final Color RED = new Color(0xcf222e);
    private static final Color GRID = new Color(0xd1d9e0);
    private static final BasicStroke THICK = new BasicStroke(2);
    private static final BasicStroke DASHED =
            new BasicStroke(1, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 10, new float[] {4, 4}, 0);

    private Plot() {}

    static Optional<String> roc(List<RocPoint> points, RocPoint operatingPoint) {
        XYSeries curve = new XYSeries("ROC", false);
        points.forEach(point -> curve.add(point.falseAlarms(), point.sensitivity()));
        XYSeries decision = new XYSeries("operating point", false);
        decision.add(operatingPoint.falseAlarms(), operatingPoint.sensitivity());
        return svg("false alarms (1 - specificity)", "sensitivity", 0, 0, curve, decision);
    }

    static Optional<String> reliability(List<ReliabilityBin> bins) {
        XYSeries curve = new XYSeries("answers", false);
        bins.forEach(bin -> curve.add(bin.confidence(), bin.right()));
        return svg("confidence", "share of right answers", 0.5, 0, curve, new XYSeries("none", false));
    }

    /** Its upper part alone, as the curve of a model that is of use lies there. */
    static Optional<String> selective(List<SelectivePoint> points) {
        XYSeries curve = new XYSeries("answers", false);
        points.forEach(point -> curve.add(point.decided(), point.right()));
        double lowest = points.stream().mapToDouble(SelectivePoint::right).min().orElse(0);
        return svg(
                "share of answers that stand",
                "share of right answers",
                0,
                Math.min(0.9, Math.floor(10 * lowest) / 10),
                curve,
                new XYSeries("none", false));
    }

    private static Optional<String> svg(
            String across, String up, double left, double bottom, XYSeries curve, XYSeries points) {
        XYSeries diagonal = new XYSeries("diagonal", false);
        if (bottom == 0) {
            diagonal.add(left, left);
            diagonal.add(1, 1);
        }
        XYSeriesCollection series = new XYSeriesCollection(diagonal);
        series.addSeries(curve);
        series.addSeries(points);
        try {
            return Optional.of(draw(chart(across, up, left, bottom, series)));
        } catch (LinkageError | InternalError e) {
            log.warn("Plots are left out of a report, as this Java cannot draw text. Install fontconfig and a font.");
            return Optional.empty();
        }
    }

    private static JFreeChart chart(String across, String up, double left, double bottom, XYSeriesCollection series) {
        JFreeChart chart =
                ChartFactory.createXYLineChart(null, across, up, series, PlotOrientation.VERTICAL, false, false, false);
        chart.setBackgroundPaint(Color.WHITE);
        XYPlot plot = chart.getXYPlot();
        plot.setBackgroundPaint(Color.WHITE);
        plot.setRangeGridlinePaint(GRID);
        plot.setDomainGridlinePaint(GRID);
        plot.getDomainAxis().setRange(left, 1);
        plot.getRangeAxis().setRange(bottom, 1);
        XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(true, false);
        renderer.setSeriesPaint(0, INK);
        renderer.setSeriesStroke(0, DASHED);
        renderer.setSeriesPaint(1, BLUE);
        renderer.setSeriesStroke(1, THICK);
        renderer.setSeriesShapesVisible(1, series.getItemCount(1) <= 20);
        renderer.setSeriesShape(1, new Ellipse2D.Double(-3, -3, 6, 6));
        renderer.setSeriesPaint(2, RED);
        renderer.setSeriesShapesVisible(2, true);
        renderer.setSeriesShape(2, new Ellipse2D.Double(-5, -5, 10, 10));
        plot.setRenderer(renderer);
        return chart;
    }

    private static String draw(JFreeChart chart) {
        SVGGraphics2D graphics = new SVGGraphics2D(GenericDOMImplementation.getDOMImplementation()
                .createDocument("http://www.w3.org/2000/svg", "svg", null));
        graphics.setSVGCanvasSize(new Dimension(SIDE, SIDE));
        chart.draw(graphics, new Rectangle2D.Double(0, 0, SIDE, SIDE));
        try {
            StringWriter text = new StringWriter();
            graphics.stream(text, true);
            String document = text.toString();
            // What precedes the element, a document type among it, has no place in a page.
            return document.substring(document.indexOf("<svg"));
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory failed", e);
        }
    }
}
