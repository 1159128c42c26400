package dev.blastscope.inference.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The dashboard's structure, as far as it can be told without Grafana. */
class DashboardTest {

    private static final int COLUMNS = 24;

    private final Dashboard dashboard;

    DashboardTest() throws IOException {
        dashboard = Dashboard.read();
    }

    @Test
    void eachPanelHasANumberOfItsOwnATitleAndAPlace() {
        Set<Integer> ids = new HashSet<>();
        Set<List<Integer>> taken = new HashSet<>();
        for (JsonNode panel : dashboard.panels()) {
            assertThat(ids.add(panel.path("id").asInt())).as(panel.toString()).isTrue();
            assertThat(panel.path("title").asString()).isNotEmpty();
            for (List<Integer> cell : cells(panel.path("gridPos"))) {
                assertThat(taken.add(cell))
                        .as("%s lies on another", panel.path("title"))
                        .isTrue();
                assertThat(cell.get(0)).isBetween(0, COLUMNS - 1);
            }
        }
    }

    @Test
    void whatIsShownComesFromTheSourceThatIsChosenSuchAsTheProvisionedOne() throws IOException {
        JsonNode source = provisioned("datasources/prometheus.yml", "datasources");
        JsonNode choice = dashboard.variables().get(0);

        assertThat(source.path("url").asString()).isEqualTo("http://prometheus:9090");
        assertThat(source.path("isDefault").asBoolean()).isTrue();
        assertThat(choice.path("name").asString()).isEqualTo("datasource");
        assertThat(choice.path("type").asString()).isEqualTo("datasource");
        assertThat(choice.path("query").asString())
                .isEqualTo(source.path("type").asString());
        List<JsonNode> asked = new ArrayList<>(dashboard.targets().toList());
        asked.addAll(dashboard.variables().subList(1, dashboard.variables().size()));
        asked.addAll(dashboard.annotations());
        dashboard.panels().stream()
                .filter(panel -> !panel.path("type").asString().equals("row"))
                .forEach(asked::add);
        assertThat(asked).allSatisfy(node -> assertThat(
                        node.path("datasource").path("uid").asString())
                .isEqualTo("${datasource}"));
    }

    @Test
    void installationAndReplicasAreChosenInEveryExpression() {
        assertThat(dashboard.variables())
                .extracting(variable -> variable.path("name").asString())
                .containsExactly("datasource", "namespace", "instance");
        List<JsonNode> asked = new ArrayList<>(dashboard.targets().toList());
        asked.addAll(dashboard.annotations());
        assertThat(asked).extracting(node -> node.path("expr").asString()).allSatisfy(expression -> assertThat(
                        count(expression, "namespace=~\"$namespace\""))
                .isPositive()
                .isEqualTo(count(expression, "job=\"blastscope\"")));
    }

    @Test
    void refusalsForKeyOrRoleAndActivationsAreVisible() {
        assertThat(dashboard.expressions()).anyMatch(expression -> expression.contains("status=~\"401|403\""));
        assertThat(dashboard.annotations()).singleElement().satisfies(annotation -> assertThat(
                        annotation.path("titleFormat").asString())
                .contains("{{version}}"));
    }

    @Test
    void theDashboardIsFoundWhereItsFolderIsMounted() throws IOException {
        assertThat(provisioned("dashboards/blastscope.yml", "providers")
                        .at("/options/path")
                        .asString())
                .isEqualTo("/var/lib/grafana/dashboards");
    }

    @Test
    void eachPanelAsksEachQuestionUnderANameOfItsOwn() {
        for (JsonNode panel : dashboard.panels()) {
            List<String> names = panel.path("targets")
                    .valueStream()
                    .map(target -> target.path("refId").asString())
                    .toList();
            assertThat(names).doesNotHaveDuplicates();
            assertThat(names.isEmpty()).isEqualTo(panel.path("type").asString().equals("row"));
        }
        assertThat(dashboard.expressions())
                .allSatisfy(expression -> assertThat(expression).contains("job=\"blastscope\""));
    }

    private static int count(String text, String part) {
        return text.split(Pattern.quote(part), -1).length - 1;
    }

    private static List<List<Integer>> cells(JsonNode grid) {
        List<List<Integer>> cells = new ArrayList<>();
        for (int x = 0; x < grid.path("w").asInt(); x++) {
            for (int y = 0; y < grid.path("h").asInt(); y++) {
                cells.add(List.of(grid.path("x").asInt() + x, grid.path("y").asInt() + y));
            }
        }
        return cells;
    }

    private static JsonNode provisioned(String file, String list) throws IOException {
        JsonNode found = YamlFile.read(Dashboard.GRAFANA.resolve("provisioning").resolve(file))
                .path(list);
        assertThat(found).hasSize(1);
        return found.path(0);
    }
}
