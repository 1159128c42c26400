package dev.blastscope.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blastscope.Markdown;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The documentation names settings that exist, and each environment variable in one spelling. */
class DocumentedSettingsTest {

    private static final Pattern PROPERTY = Pattern.compile("`(?:--)?(blastscope(?:\\.[a-z0-9-]+)+)(\\.\\*)?[`=]");
    private static final Pattern TABLE = Pattern.compile("\\| `(blastscope\\.[a-z0-9.-]+)\\.\\*` \\| default \\|.*");
    private static final Pattern ROW = Pattern.compile("\\| ((?:`[a-z0-9.-]+`(?:, )?)+) \\|.*");
    private static final Pattern NAME = Pattern.compile("`([^`]+)`");
    private static final Pattern VARIABLE = Pattern.compile("\\bBLASTSCOPE_[A-Z_]+");

    /** They belong to the tests. */
    private static final List<String> OF_THE_TESTS =
            List.of("BLASTSCOPE_DATA", "BLASTSCOPE_POSTGRES", "BLASTSCOPE_PROMETHEUS");

    @Test
    void everyDocumentedPropertyExists() throws IOException {
        TreeSet<String> unknown = new TreeSet<>();
        int properties = 0;
        for (Markdown page : Markdown.pages()) {
            String prefix = "";
            for (String line : Files.readAllLines(page.file())) {
                for (MatchResult found : PROPERTY.matcher(line).results().toList()) {
                    properties++;
                    String name = found.group(1);
                    if (!(found.group(2) == null ? SettingNames.isProperty(name) : SettingNames.isPrefix(name))) {
                        unknown.add(name);
                    }
                }
                Matcher table = TABLE.matcher(line);
                Matcher row = ROW.matcher(line);
                if (table.matches()) {
                    prefix = table.group(1);
                } else if (!line.startsWith("|")) {
                    prefix = "";
                } else if (!prefix.isEmpty() && row.matches()) {
                    for (MatchResult found :
                            NAME.matcher(row.group(1)).results().toList()) {
                        properties++;
                        String name = prefix + "." + found.group(1);
                        if (!SettingNames.isProperty(name)) {
                            unknown.add(name);
                        }
                    }
                }
            }
        }

        assertThat(unknown).isEmpty();
        assertThat(properties).isGreaterThan(50);
    }

    @Test
    void everyDocumentedVariableIsSpeltInOneWay() throws IOException {
        TreeSet<String> others = new TreeSet<>();
        for (Path page : Markdown.pages().stream().map(Markdown::file).toList()) {
            VARIABLE.matcher(Files.readString(page))
                    .results()
                    .map(MatchResult::group)
                    .filter(name -> !SettingNames.isCanonical(name) && !OF_THE_TESTS.contains(name))
                    .forEach(others::add);
        }

        assertThat(others).isEmpty();
    }
}
