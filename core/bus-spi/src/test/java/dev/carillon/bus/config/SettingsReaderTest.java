package dev.carillon.bus.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsReaderTest {

    @Test
    void whatIsNotSetReadsAsItsDefault() {
        SettingsReader reader = reader(Map.of());

        assertThat(reader.text("A")).isEmpty();
        assertThat(reader.bool("A", true)).isTrue();
        assertThat(reader.number("A", 0)).isEmpty();
        assertThat(reader.seconds("A", Duration.ofSeconds(3))).isEqualTo(Duration.ofSeconds(3));
        assertThat(reader.map("A")).isEmpty();
        reader.finish();
    }

    @ParameterizedTest
    @CsvSource({"true, true", "True, true", "' TRUE ', true", "false, false", "False, false"})
    void truthIsReadFromText(String text, boolean expected) {
        assertThat(reader(Map.of("A", text)).bool("A", !expected)).isEqualTo(expected);
    }

    @Test
    void valuesFromAFileHaveTheirType() {
        SettingsReader reader = reader(Map.of("B", false, "N", 7, "D", 0.25, "M", Map.of(1, "x"), "T", 12));

        assertThat(reader.bool("B", true)).isFalse();
        assertThat(reader.number("N", 1)).contains(7L);
        assertThat(reader.seconds("D", Duration.ZERO)).isEqualTo(Duration.ofMillis(250));
        assertThat(reader.map("M")).containsExactly(Map.entry("1", "x"));
        assertThat(reader.text("T")).contains("12");
        reader.finish();
    }

    @ParameterizedTest
    @CsvSource({"7, 7", "' 7 ', 7", "7.0, 7", "1e3, 1000"})
    void wholeNumbersAreReadFromText(String text, long expected) {
        assertThat(reader(Map.of("A", text)).number("A", 0)).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"seven", "7.5", "-1", "1e99", "99999999999999999999", "0x10"})
    void whatIsNoWholeNumberIsAProblem(String text) {
        assertProblem(
                Map.of("A", text),
                reader -> reader.number("A", 0),
                "A must be a whole number of 0 or more, but is '" + text + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-0.1", "31536001", "soon", "1e999999999"})
    void whatIsNoTimeIsAProblem(String text) {
        assertProblem(
                Map.of("A", text),
                reader -> reader.seconds("A", Duration.ZERO),
                "A must be a number of seconds between 0 and 31536000, but is '" + text + "'");
    }

    @Test
    void whatIsNeitherTrueNorFalseIsAProblem() {
        assertProblem(Map.of("A", "yes"), reader -> reader.bool("A", false), "A must be true or false, but is 'yes'");
        assertProblem(Map.of("A", 1), reader -> reader.bool("A", false), "A must be true or false, but is '1'");
    }

    @Test
    void aMapOrAListIsNoText() {
        assertProblem(Map.of("A", Map.of("b", "c")), reader -> reader.text("A"), "A must be text, but is a map");
        assertProblem(Map.of("A", List.of("b")), reader -> reader.text("A"), "A must be text, but is a list");
    }

    @Test
    void mapsAreReadFromTextAsJsonOrYaml() {
        assertThat(reader(Map.of("A", "{\"b\": {\"c\": true}}")).map("A")).isEqualTo(Map.of("b", Map.of("c", true)));
        assertThat(reader(Map.of("A", "b: {c: true}")).map("A")).isEqualTo(Map.of("b", Map.of("c", true)));
    }

    @Test
    void textThatIsNoMapIsAProblem() {
        assertProblem(Map.of("A", "[1]"), reader -> reader.map("A"), "A must be a map, but is '[1]'");
        assertProblem(
                Map.of("A", "{\"b\": opensesame"),
                reader -> reader.map("A"),
                "A must be a map, as JSON or YAML, but cannot be read: ");
    }

    @Test
    void whatMustBeSetButIsNotIsAProblem() {
        assertProblem(
                Map.of(),
                reader -> reader.requiredText("A", "the address of the broker"),
                "A is not set, but must be the address of the broker");
    }

    @Test
    void everyProblemIsReportedAtOnce() {
        SettingsReader reader = reader(Map.of("A", "yes", "B", "seven"));
        reader.bool("A", true);
        reader.number("B", 1);
        reader.requiredText("C", "set");
        reader.report("D is odd");

        assertThatThrownBy(reader::finish)
                .isInstanceOfSatisfying(
                        SettingsException.class,
                        e -> assertThat(e.problems())
                                .containsExactly(
                                        "A must be true or false, but is 'yes'",
                                        "B must be a whole number of 1 or more, but is 'seven'",
                                        "C is not set, but must be set",
                                        "D is odd"))
                .hasMessageStartingWith("4 settings are wrong:");
    }

    @ParameterizedTest
    @ValueSource(strings = {"REDIS_PASSWORD", "KAFKA_API_SECRET", "KAFKA_API_KEY", "ACCESS_TOKEN", "DB_CREDENTIALS"})
    void secretsAreMaskedByTheirName(String name) {
        assertProblem(Map.of(name, "opensesame"), reader -> reader.bool(name, true), "but is ***");
    }

    @Test
    void longValuesAreCut() {
        assertProblem(
                Map.of("A", "x".repeat(5_000)),
                reader -> reader.bool("A", true),
                "'" + "x".repeat(100) + "'… (5000 characters)");
    }

    private static void assertProblem(Map<String, ?> settings, Consumer<SettingsReader> read, String problem) {
        SettingsReader reader = reader(settings);
        read.accept(reader);
        assertThatThrownBy(reader::finish)
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(problem)
                .hasMessageNotContaining("opensesame");
    }

    private static SettingsReader reader(Map<String, ?> settings) {
        return new SettingsReader(Settings.of(settings));
    }
}
