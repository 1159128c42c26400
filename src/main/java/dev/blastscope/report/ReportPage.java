package dev.blastscope.report;

import java.util.Locale;
import org.thymeleaf.TemplateEngine;
import org.thymeleaf.context.Context;
import org.thymeleaf.templatemode.TemplateMode;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;

/** A report as one HTML page that needs no other file; safe for use by several threads. */
public final class ReportPage {

    private static final TemplateEngine ENGINE = engine();

    private ReportPage() {}

    public static String of(Report report) {
        Context context = new Context(Locale.ROOT);
        context.setVariable("report", report);
        context.setVariable("figures", report.figures().map(FigureTable::of).orElse(null));
        context.setVariable(
                "roc",
                report.operatingPoint()
                        .flatMap(point -> Plot.roc(report.roc(), point))
                        .orElse(""));
        context.setVariable(
                "reliability",
                report.reliability().isEmpty()
                        ? ""
                        : Plot.reliability(report.reliability()).orElse(""));
        context.setVariable(
                "selective",
                report.selective().isEmpty()
                        ? ""
                        : Plot.selective(report.selective()).orElse(""));
        return ENGINE.process("report/report.html", context);
    }

    private static TemplateEngine engine() {
        ClassLoaderTemplateResolver resolver = new ClassLoaderTemplateResolver(ReportPage.class.getClassLoader());
        resolver.setTemplateMode(TemplateMode.HTML);
        resolver.setCharacterEncoding("UTF-8");
        TemplateEngine engine = new TemplateEngine();
        engine.setTemplateResolver(resolver);
        return engine;
    }
}
