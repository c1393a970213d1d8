package dev.carillon.conventions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.carillon.conventions.Project.Module;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

/** Compares the module tables of the README and of docs/architecture.md with the POMs. */
class ModuleTablesTest {

    /** A table row of a module: its name, its folder, and the remaining cells. */
    private static final Pattern ROW =
            Pattern.compile("^\\| `([a-z-]+)` \\| `([a-z-/]+)` \\|(.*)\\|$", Pattern.MULTILINE);

    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    @Test
    void theReadmeListsEveryModuleWithItsFolder() {
        assertThat(rows("README.md"))
                .extracting(Row::module, Row::folder)
                .containsExactlyInAnyOrderElementsOf(expected());
    }

    @Test
    void theArchitectureListsEveryModuleWithItsFolder() {
        assertThat(rows("docs/architecture.md"))
                .extracting(Row::module, Row::folder)
                .containsExactlyInAnyOrderElementsOf(expected());
    }

    @Test
    void theArchitectureNamesThePackageOfEachModule() {
        for (Row row : rows("docs/architecture.md")) {
            List<String> roots = ModuleRule.of(row.module()).orElseThrow().roots();
            assertThat(row.codeIn(0)).as("packages of %s", row.module()).isEqualTo(roots);
            assertThat(roots)
                    .as("packages that exist in %s", row.folder())
                    .allMatch(root -> Stream.of("main", "test")
                            .anyMatch(code -> Files.isDirectory(Project.THIS
                                    .root()
                                    .resolve(row.folder() + "/src/" + code + "/java/" + root.replace('.', '/')))));
        }
    }

    @Test
    void theArchitectureNamesTheModulesThatEachModuleUses() {
        for (Module module : Project.THIS.modules()) {
            List<Row> rows = rows("docs/architecture.md").stream()
                    .filter(row -> row.module().equals(module.name()))
                    .toList();
            assertThat(rows).as("rows of %s", module).hasSize(1);
            assertThat(rows.get(0).codeIn(2))
                    .as("modules that the POM of %s declares", module)
                    .containsExactlyInAnyOrderElementsOf(module.uses());
        }
    }

    @Test
    void theArchitectureListsAModuleBelowThoseThatItUses() {
        List<String> listed =
                rows("docs/architecture.md").stream().map(Row::module).toList();
        for (Module module : Project.THIS.modules()) {
            assertThat(listed.subList(0, listed.indexOf(module.name())))
                    .as("rows above %s", module)
                    .containsAll(module.uses());
        }
    }

    private static List<Tuple> expected() {
        return Project.THIS.modules().stream()
                .map(module -> tuple(module.name(), module.folder()))
                .toList();
    }

    private static List<Row> rows(String document) {
        return ROW.matcher(Project.THIS.text(document))
                .results()
                .map(row ->
                        new Row(row.group(1), row.group(2), List.of(row.group(3).split("\\|"))))
                .toList();
    }

    private record Row(String module, String folder, List<String> cells) {

        /** What is written as code in a cell behind those of name and folder. */
        List<String> codeIn(int cell) {
            return CODE.matcher(cells.get(cell))
                    .results()
                    .map(code -> code.group(1))
                    .toList();
        }
    }
}
