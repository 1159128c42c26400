package dev.blastscope;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The packages' arrows point downwards, as README draws them; tensors and Spring stay where they belong. */
@AnalyzeClasses(packages = "dev.blastscope", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String ROOT = "dev.blastscope";

    /** The packages of each level, from the lowest; a package uses none of its own level or above. */
    private static final List<Set<String>> LEVELS = List.of(
            Set.of("home", "refusal"),
            Set.of("database", "web", "image", "prediction", "batching", "safetensors"),
            Set.of("modelstore", "dataset", "audit"),
            Set.of("network", "security", "report", "review"),
            Set.of("training", "inference"),
            Set.of("releases", "predictionlog", "keptimages"),
            Set.of("assembly", "datasetstore", "shadow"),
            Set.of("commandline", "trainingjobs"));

    /** A line of the drawing in README: the number of a level, and its packages before what they are for. */
    private static final Pattern DRAWN_LEVEL = Pattern.compile("level (\\d+) {2}([a-z ]+?) *\\|.*");

    /** What each package may use of this program besides itself. */
    private static final Map<String, Set<String>> ARROWS = Map.ofEntries(
            Map.entry("home", Set.of()),
            Map.entry("refusal", Set.of()),
            entry("web", "refusal"),
            entry("image"),
            entry("prediction"),
            entry("batching"),
            entry("safetensors"),
            entry("database", "home"),
            entry("audit", "database", "web", "home"),
            entry("security", "audit", "web"),
            entry("modelstore", "image", "prediction", "safetensors", "home"),
            entry("dataset", "prediction", "image"),
            entry("network", "image", "prediction", "safetensors", "modelstore"),
            entry("review", "modelstore", "image", "prediction", "safetensors"),
            entry(
                    "training",
                    "review",
                    "network",
                    "dataset",
                    "image",
                    "prediction",
                    "safetensors",
                    "modelstore",
                    "home"),
            entry(
                    "inference",
                    "audit",
                    "review",
                    "network",
                    "image",
                    "prediction",
                    "batching",
                    "safetensors",
                    "modelstore",
                    "web"),
            entry("predictionlog", "inference", "review", "audit", "image", "prediction", "modelstore", "web"),
            entry("report", "modelstore", "image", "prediction"),
            entry(
                    "releases",
                    "report",
                    "review",
                    "inference",
                    "network",
                    "modelstore",
                    "prediction",
                    "safetensors",
                    "audit",
                    "database",
                    "web",
                    "home"),
            entry("keptimages", "inference", "audit", "image", "web", "home"),
            entry("shadow", "releases", "inference", "review", "prediction", "audit", "database", "web"),
            entry("datasetstore", "inference", "dataset", "prediction", "image", "audit", "database", "web", "home"),
            entry(
                    "assembly",
                    "training",
                    "review",
                    "inference",
                    "network",
                    "dataset",
                    "image",
                    "modelstore",
                    "safetensors",
                    "home"),
            entry(
                    "trainingjobs",
                    "keptimages",
                    "assembly",
                    "datasetstore",
                    "releases",
                    "training",
                    "inference",
                    "network",
                    "dataset",
                    "image",
                    "prediction",
                    "modelstore",
                    "safetensors",
                    "audit",
                    "web"),
            entry(
                    "commandline",
                    "assembly",
                    "training",
                    "review",
                    "inference",
                    "network",
                    "dataset",
                    "image",
                    "prediction",
                    "modelstore",
                    "safetensors",
                    "audit",
                    "report",
                    "web",
                    "database",
                    "home"));

    /** A refusal may be met anywhere. */
    private static Map.Entry<String, Set<String>> entry(String name, String... uses) {
        Set<String> all = new TreeSet<>(Set.of(uses));
        all.add("refusal");
        return Map.entry(name, all);
    }

    @ArchTest
    static void everyPackageIsDrawnAndHasClasses(JavaClasses program) {
        Set<String> packages = program.stream()
                .map(JavaClass::getPackageName)
                .filter(name -> !name.equals(ROOT))
                .map(name -> name.substring(ROOT.length() + 1).replaceAll("\\..*", ""))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(packages).isEqualTo(new TreeSet<>(ARROWS.keySet()));
    }

    @Test
    void arrowsLeadToLowerLevels() {
        assertThat(LEVELS.stream().flatMap(Set::stream)).containsExactlyInAnyOrderElementsOf(ARROWS.keySet());
        ARROWS.forEach((name, uses) -> assertThat(uses)
                .as("what %s uses is on lower levels", name)
                .allMatch(used -> level(used) < level(name)));
    }

    @Test
    void readmeDrawsTheLevels() throws IOException {
        Map<Integer, Set<String>> drawn = Files.readAllLines(Path.of("README.md")).stream()
                .map(DRAWN_LEVEL::matcher)
                .filter(Matcher::matches)
                .collect(Collectors.toMap(
                        line -> Integer.valueOf(line.group(1)),
                        line -> Set.of(line.group(2).split(" +"))));

        assertThat(drawn).hasSameSizeAs(LEVELS);
        drawn.forEach(
                (level, packages) -> assertThat(packages).as("level %d", level).isEqualTo(LEVELS.get(level)));
    }

    private static int level(String name) {
        return IntStream.range(0, LEVELS.size())
                .filter(level -> LEVELS.get(level).contains(name))
                .findFirst()
                .orElseThrow();
    }

    @ArchTest
    static void arrowsPointDownwards(JavaClasses program) {
        ARROWS.forEach((name, allowed) -> classes()
                .that(resideInAnyPackage(within(name)))
                .should()
                .onlyDependOnClassesThat(outsideOrIn(name, allowed))
                .check(program));
    }

    @ArchTest
    static final ArchRule noPackagesGoRound =
            slices().matching(ROOT + ".(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule tensorsStayInTheNetworkAndWhatTrainsAndRunsIt = noClasses()
            .that(resideOutsideOfPackages(within("network"), within("training"), within("inference")))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("ai.djl..");

    @ArchTest
    static final ArchRule theDomainKnowsNoSpring = noClasses()
            .that(resideInAnyPackage(
                    within("batching"), within("prediction"), within("dataset"), within("image"), within("network")))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.springframework..");

    private static DescribedPredicate<JavaClass> outsideOrIn(String name, Set<String> allowed) {
        List<String> packages =
                new ArrayList<>(allowed.stream().map(ArchitectureTest::within).toList());
        packages.add(within(name));
        return resideOutsideOfPackages(ROOT + "..")
                .or(resideInAnyPackage(packages.toArray(String[]::new)))
                .as("reside in %s, or outside of this program", packages);
    }

    private static String within(String name) {
        return ROOT + "." + name + "..";
    }
}
