package dev.carillon.conventions;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.carillon.bus.config.BrokerSettings;
import dev.carillon.bus.config.Settings;
import dev.carillon.bus.config.SettingsReader;
import dev.carillon.bus.kafka.KafkaTransportProvider;
import dev.carillon.bus.redis.RedisTransportProvider;
import dev.carillon.bus.transport.TransportProvider;
import dev.carillon.testing.GeneratedPage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The references of settings and properties say what the code reads, and nothing else. */
class ReferencesTest {

    private static final Pattern SETTINGS_OF_ROW =
            Pattern.compile("^\\| ((?:`[A-Z_]+`(?:, )?)+) \\|", Pattern.MULTILINE);
    private static final Pattern NAME = Pattern.compile("`([A-Z_]+)`");
    private static final Pattern NAME_IN_CODE = Pattern.compile("\"((?:EVENT_BUS|EVENTS|SERVICE)_[A-Z_]*[A-Z])\"");

    @Test
    void everySettingThatIsReadHasARowAndEachRowIsASettingThatIsRead() {
        Set<String> documented = SETTINGS_OF_ROW
                .matcher(Project.THIS.text("docs/settings.md"))
                .results()
                .flatMap(row -> NAME.matcher(row.group(1)).results().map(name -> name.group(1)))
                .collect(Collectors.toCollection(TreeSet::new));

        Set<String> read = new TreeSet<>(namesInCode());
        for (TransportProvider each : List.of(new RedisTransportProvider(), new KafkaTransportProvider())) {
            SettingsReader reader = new SettingsReader(Settings.of(Map.of()));
            each.prepare(reader, Optional.empty());
            BrokerSettings.read(reader, each.settingsPrefix());
            read.addAll(reader.namesRead());
        }
        assertThat(documented).isEqualTo(read);
    }

    /** The settings of every broker, which stand in the code by their whole names. */
    private static Set<String> namesInCode() {
        return Project.THIS.files("core/bus(-spi)?/src/main/java/.*").stream()
                .filter(file -> !Project.THIS.name(file).contains("/memory/"))
                .flatMap(file -> NAME_IN_CODE.matcher(Project.text(file)).results())
                .map(name -> name.group(1))
                .collect(Collectors.toSet());
    }

    @Test
    void everyPropertyOfTheSpringBootStarter() throws IOException {
        StringBuilder page = new StringBuilder("""
                # Properties of the Spring Boot starter

                `bin/references` writes this page from the code. How to use them is described in [Spring Boot](../spring-boot.md).

                | property | type | meaning | default |
                | --- | --- | --- | --- |
                """);
        properties()
                .forEach((name, property) -> page.append("| `")
                        .append(name)
                        .append("` | ")
                        .append(type(property.path("type").asText()))
                        .append(" | ")
                        .append(property.path("description").asText())
                        .append(" | ")
                        .append(
                                property.has("defaultValue")
                                        ? "`" + property.get("defaultValue").asText() + "`"
                                        : "")
                        .append(" |\n"));
        GeneratedPage.check(Path.of("..", "..", "docs", "reference", "properties.md"), page.toString());
    }

    private static Map<String, JsonNode> properties() throws IOException {
        Map<String, JsonNode> properties = new TreeMap<>();
        try (InputStream in =
                ReferencesTest.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
            for (JsonNode property :
                    new ObjectMapper().readTree(requireNonNull(in)).get("properties")) {
                properties.put(property.get("name").asText(), property);
            }
        }
        return properties;
    }

    private static String type(String javaType) {
        if (javaType.startsWith("java.util.List")) {
            return "list";
        }
        String simple = javaType.substring(javaType.lastIndexOf('.') + 1);
        return switch (simple) {
            case "String" -> "text";
            case "Integer" -> "number";
            case "Boolean" -> "true or false";
            case "Duration" -> "duration";
            case "Access" -> "`none`, `read-only`, `unrestricted`"; // Spring's, which is not on the class path
            default -> values(javaType);
        };
    }

    /** The constants of an enumeration, as they are written in application.properties. */
    private static String values(String enumeration) {
        try {
            return Arrays.stream(requireNonNull(Class.forName(enumeration).getEnumConstants(), enumeration))
                    .map(constant ->
                            ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-'))
                    .collect(Collectors.joining("`, `", "`", "`"));
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(enumeration, e);
        }
    }
}
