package dev.carillon.cli;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the table of modules in docs/architecture.md: what each may use. The command sees them all. */
class ModuleRulesTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.carillon");

    private static final Module EVENTS = module(
            "dev.carillon.events",
            List.of(),
            "org.slf4j",
            "com.fasterxml.uuid",
            "com.fasterxml.jackson.core",
            "org.snakeyaml.engine");

    private static final Module CATALOG = module("dev.carillon.catalog", List.of(EVENTS), "io.soabase.recordbuilder");

    private static final Module AVRO =
            module("dev.carillon.avro", List.of(EVENTS), "org.slf4j", "org.apache.avro", "com.fasterxml.jackson.core");

    /** Of Avro it knows the schema that a message brings along. */
    private static final Module BUS =
            module("dev.carillon.bus", List.of(EVENTS, AVRO), "org.slf4j", "org.snakeyaml.engine", "org.apache.avro");

    private static final Module BUS_REDIS =
            module("dev.carillon.bus.redis", List.of(EVENTS, AVRO, BUS), "org.slf4j", "io.lettuce", "io.netty");

    private static final Module BUS_KAFKA = module(
            "dev.carillon.bus.kafka",
            List.of(EVENTS, AVRO, BUS),
            "org.slf4j",
            "org.apache.kafka",
            "org.apache.avro",
            "com.fasterxml.jackson");

    private static final Module BUS_JDBC = module("dev.carillon.bus.jdbc", List.of(EVENTS, AVRO, BUS), "org.slf4j");

    private static final Module EMBEDDED =
            module("dev.carillon.embedded", List.of(), "org.slf4j", "org.wildfly.security");

    /** It starts a Kafka, but knows none of its classes: they are on no user's class path. */
    private static final Module EMBEDDED_KAFKA = module("dev.carillon.embedded.kafka", List.of(EMBEDDED), "org.slf4j");

    /** What runs in the broker's process, on a class path of its own. */
    private static final Module EMBEDDED_BROKER =
            module("dev.carillon.embedded.kafka.broker", List.of(), "kafka", "org.apache.kafka.common");

    private static final Module TESTKIT = module(
            "dev.carillon.testkit",
            List.of(EVENTS, AVRO, BUS, CATALOG, EMBEDDED, EMBEDDED_KAFKA),
            "org.slf4j",
            "org.junit",
            "org.assertj",
            "org.awaitility");

    static List<Module> modules() {
        return List.of(
                EVENTS,
                CATALOG,
                AVRO,
                BUS,
                BUS_REDIS,
                BUS_KAFKA,
                BUS_JDBC,
                EMBEDDED,
                EMBEDDED_KAFKA,
                EMBEDDED_BROKER,
                TESTKIT);
    }

    private static Module module(String root, List<Module> above, String... libraries) {
        return new Module(root, above, List.of(libraries));
    }

    /** A module with its package, the modules above it that it may use, and the libraries. */
    record Module(String root, List<Module> above, List<String> libraries) {

        /** Transports live below the package of the bus, but are modules of their own; and so does the embedded Kafka. */
        DescribedPredicate<JavaClass> classes() {
            DescribedPredicate<JavaClass> here = resideInAnyPackage(root + "..");
            for (String below : List.of(root + ".redis", root + ".kafka", root + ".jdbc", root + ".broker")) {
                here = here.and(DescribedPredicate.not(resideInAnyPackage(below + "..")));
            }
            return here;
        }

        DescribedPredicate<JavaClass> allowed() {
            List<String> packages = new ArrayList<>(List.of("java..", "javax..", "org.jspecify..", ""));
            libraries.forEach(library -> packages.add(library + ".."));
            return above.stream()
                    .map(Module::classes)
                    .reduce(classes(), (one, other) -> one.or(other))
                    .or(resideInAnyPackage(packages.toArray(String[]::new)))
                    .as("what the table of modules allows");
        }

        @Override
        public String toString() {
            return root;
        }
    }

    /** A package that is renamed is noticed below: its classes belong to no module any more. */
    @ParameterizedTest
    @MethodSource("modules")
    void aModuleUsesOnlyWhatTheTableAllows(Module module) {
        classes()
                .that(module.classes())
                .should()
                .onlyDependOnClassesThat(module.allowed())
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @Test
    void everyClassBelongsToAModule() {
        DescribedPredicate<JavaClass> command = resideInAnyPackage("dev.carillon.cli..");
        DescribedPredicate<JavaClass> known =
                modules().stream().map(Module::classes).reduce(command, (one, other) -> one.or(other));

        assertThat(CLASSES.that(DescribedPredicate.not(known))).isEmpty();
    }

    @Test
    void nothingStaticCanChange() {
        fields().that()
                .areStatic()
                .and()
                .doNotHaveModifier(JavaModifier.SYNTHETIC)
                .should()
                .beFinal()
                .check(CLASSES);
    }

    @Test
    void nobodySleeps() {
        noClasses()
                .should()
                .callMethodWhere(DescribedPredicate.describe(
                        "Thread.sleep",
                        call -> call.getTargetOwner().isEquivalentTo(Thread.class)
                                && call.getName().equals("sleep")))
                .check(CLASSES);
    }
}
