package dev.carillon.conventions;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import dev.carillon.conventions.Project.Module;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which module and package may use which. The modules come from the root POM, their rules from {@link ModuleRule}. */
class ModuleRulesTest {

    /** Which top folders a module of a top folder may use. */
    private static final Map<String, Set<String>> GROUPS = Map.of(
            "bom", Set.of(),
            "core", Set.of("core"),
            "transports", Set.of("core"),
            "integrations", Set.of("core", "integrations"),
            "apps", Set.of("core", "transports", "integrations", "apps", "testing"),
            "samples", Set.of("core", "transports", "integrations"),
            "testing", Set.of("core", "transports", "integrations", "apps", "samples", "testing"),
            "interop", Set.of("core", "transports", "integrations", "testing"));

    private static final Set<String> PROGRAMS = Set.of("dev.carillon.cli", "dev.carillon.rig");

    private static final Map<Module, JavaClasses> CLASSES =
            Project.THIS.modules().stream().collect(Collectors.toMap(module -> module, Project.THIS::mainClasses));

    static List<Module> modules() {
        return Project.THIS.modules();
    }

    static List<ModuleRule> rules() {
        return ModuleRule.ALL.stream()
                .filter(rule -> !classesUnder(rule).isEmpty())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("modules")
    void everyModuleOfTheRootPomHasARule(Module module) {
        assertThat(ModuleRule.of(module.name()))
                .as("rule of module %s in ModuleRule.ALL", module)
                .isPresent();
    }

    @Test
    void everyRuleIsForAModuleOfTheRootPom() {
        assertThat(modules())
                .extracting(Module::name)
                .containsAll(ModuleRule.ALL.stream().map(ModuleRule::module).toList());
    }

    /** The commands in {@code bin} build with {@code -Dmaven.test.skip=true}, which makes no jar of tests. */
    @ParameterizedTest
    @MethodSource("modules")
    void noModuleNeedsTheTestClassesOfAnother(Module module) {
        assertThat(Project.THIS.text(module.folder() + "/pom.xml"))
                .as("POM of %s; what several modules' tests share is in testing/test-support", module)
                .doesNotContain("test-jar");
    }

    @ParameterizedTest
    @MethodSource("modules")
    void everyClassIsInThePackageOfItsModule(Module module) {
        assertThat(classesOf(module).stream()
                        .filter(type -> ModuleRule.of(type)
                                .filter(rule -> rule.module().equals(module.name()))
                                .isEmpty()))
                .as("classes of module %s outside of its package", module)
                .isEmpty();
    }

    @Test
    void aModuleWhoseMainCodeIsNotCompiledIsRefused(@TempDir Path root) throws IOException {
        Files.createDirectories(root.resolve("core/uncompiled/src/main/java"));

        assertThatThrownBy(() -> new Project(root).mainClasses(new Module("uncompiled", "core/uncompiled", List.of())))
                .hasMessageContaining("mvn test-compile -pl :carillon-uncompiled");
    }

    @ParameterizedTest
    @MethodSource("rules")
    void aModuleUsesOnlyWhatItsRuleAllows(ModuleRule rule) {
        classes()
                .that(describe("are under the rule of " + rule, rule::covers))
                .should()
                .onlyDependOnClassesThat(rule.allowed())
                .check(classesUnder(rule));
    }

    @ParameterizedTest
    @MethodSource("modules")
    void aPomDeclaresOnlyModulesThatTheRuleAllows(Module module) {
        if (Project.THIS.hasMainCode(module)) {
            assertThat(ModuleRule.of(module.name()).orElseThrow().uses())
                    .as("modules that the rule of %s allows", module)
                    .containsAll(module.uses());
        }
    }

    @Test
    void aRuleAllowsOnlyModulesThatComeBeforeItsOwn() {
        for (ModuleRule rule : ModuleRule.ALL) {
            assertThat(ModuleRule.ALL.subList(0, ModuleRule.ALL.indexOf(rule)))
                    .as("modules before %s", rule)
                    .extracting(ModuleRule::module)
                    .containsAll(rule.uses());
        }
    }

    @Test
    void aTopFolderUsesOnlyTheTopFoldersThatItMay() {
        Map<String, String> groups = modules().stream().collect(Collectors.toMap(Module::name, Module::group));
        for (Module module : modules()) {
            assertThat(GROUPS).as("top folders").containsKey(module.group());
            assertThat(module.uses())
                    .as("modules that %s uses", module)
                    .allMatch(used ->
                            GROUPS.getOrDefault(module.group(), Set.of()).contains(groups.get(used)));
        }
    }

    @ParameterizedTest
    @MethodSource("modules")
    void noPackagesFormACircle(Module module) {
        SlicesRuleDefinition.slices()
                .assignedFrom(new ByPackage())
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true)
                .check(classesOf(module));
    }

    /** In packages without an API for users: those named internal, and those of programs. */
    @Test
    void aPublicTypeWithoutUsersIsUsedByAnotherPackage() {
        assertThat(Project.THIS.allClasses().stream()
                        .filter(ModuleRulesTest::isPublicWithoutUsers)
                        .filter(type -> type.getDirectDependenciesToSelf().stream()
                                .allMatch(use ->
                                        use.getOriginClass().getPackageName().equals(type.getPackageName()))))
                .as("public types that only their own package uses")
                .isEmpty();
    }

    private static boolean isPublicWithoutUsers(JavaClass type) {
        boolean program =
                PROGRAMS.stream().anyMatch(root -> type.getPackageName().startsWith(root));
        return (program || type.getPackageName().endsWith(".internal"))
                && type.getModifiers().contains(JavaModifier.PUBLIC)
                && type.isTopLevelClass()
                && !type.isAnnotation()
                && !type.getMethods().isEmpty() // the compiler inlines constants, so nobody seems to use their class
                && type.tryGetMethod("main", String[].class).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("modules")
    void noStaticFieldCanChange(Module module) {
        fields().that()
                .areStatic()
                .and()
                .doNotHaveModifier(JavaModifier.SYNTHETIC)
                .should()
                .beFinal()
                .allowEmptyShould(true)
                .check(classesOf(module));
    }

    @ParameterizedTest
    @MethodSource("modules")
    void nobodySleeps(Module module) {
        noClasses()
                .should()
                .callMethodWhere(describe(
                        "Thread.sleep",
                        call -> call.getTargetOwner().isEquivalentTo(Thread.class)
                                && call.getName().equals("sleep")))
                .allowEmptyShould(true)
                .check(classesOf(module));
    }

    private static JavaClasses classesOf(Module module) {
        return Objects.requireNonNull(CLASSES.get(module));
    }

    private static JavaClasses classesUnder(ModuleRule rule) {
        return modules().stream()
                .filter(module -> module.name().equals(rule.module()))
                .map(module -> classesOf(module).that(describe("are under " + rule, rule::covers)))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No module for the rule of " + rule));
    }

    /** Each package is a slice of its own. */
    private static final class ByPackage implements SliceAssignment {

        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            return SliceIdentifier.of(type.getPackageName());
        }

        @Override
        public String getDescription() {
            return "packages";
        }
    }
}
