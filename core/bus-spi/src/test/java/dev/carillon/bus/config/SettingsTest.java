package dev.carillon.bus.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {

    @TempDir
    Path folder;

    @Test
    void aYamlFileHoldsNamesWithValues() throws IOException {
        Settings settings = Settings.fromFile(file("""
                SERVICE_VARIANT: lms
                EVENT_BUS_REDIS_CONSUMERS_ENABLED: false
                EVENT_BUS_REDIS_CONSUMER_POLL_TIMEOUT: 1.5
                EVENT_BUS_PRODUCER_CONFIG:
                  some.event.v1: {topic: {event_key_field: a.b, enabled: true}}
                EVENT_BUS_TOPIC_PREFIX:
                """));

        assertThat(settings.value("SERVICE_VARIANT")).contains("lms");
        assertThat(settings.value("EVENT_BUS_REDIS_CONSUMERS_ENABLED")).contains(false);
        assertThat(settings.value("EVENT_BUS_REDIS_CONSUMER_POLL_TIMEOUT")).contains(1.5);
        assertThat(settings.value("EVENT_BUS_TOPIC_PREFIX")).isEmpty();
        assertThat(settings.value("EVENT_BUS_PRODUCER_CONFIG"))
                .contains(Map.of("some.event.v1", Map.of("topic", Map.of("event_key_field", "a.b", "enabled", true))));
    }

    @Test
    void aYamlFileMayHoldValuesAsPythonWritesThem() throws IOException {
        Settings settings = Settings.fromFile(file("""
                EVENT_BUS_REDIS_CONSUMERS_ENABLED: False
                EVENT_BUS_REDIS_AUDIT_LOGGING_ENABLED: True
                EVENT_BUS_TOPIC_PREFIX: None
                SERVICE_VARIANT: 'None'
                """));

        assertThat(settings.value("EVENT_BUS_REDIS_CONSUMERS_ENABLED")).contains(false);
        assertThat(settings.value("EVENT_BUS_REDIS_AUDIT_LOGGING_ENABLED")).contains(true);
        assertThat(settings.value("EVENT_BUS_TOPIC_PREFIX")).isEmpty();
        assertThat(settings.value("SERVICE_VARIANT")).contains("None");
    }

    @Test
    void aJsonFileIsReadAsWell() throws IOException {
        Settings settings =
                Settings.fromFile(file("{\"SERVICE_VARIANT\": \"cms\", \"EVENT_BUS_TOPIC_PREFIX\": \"dev\"}"));

        assertThat(settings.serviceName()).contains("cms");
        assertThat(settings.value("EVENT_BUS_TOPIC_PREFIX")).contains("dev");
    }

    @Test
    void whatIsShownToPeopleHasNoSecrets() {
        Settings settings = Settings.of(Map.of(
                "EVENT_BUS_REDIS_CONNECTION_URL", "redis://ada:sesame@host:6379/0",
                "EVENT_BUS_KAFKA_API_SECRET", "sesame",
                "EVENT_BUS_KAFKA_CLIENT_CONFIG", "{sasl.jaas.config: password=sesame, acks: all}",
                "EVENT_BUS_PRODUCER_CONFIG", "password=sesame",
                "EVENT_BUS_TOPIC_PREFIX", "",
                "SERVICE_VARIANT", "lms",
                "DATABASE", "sesame"));

        assertThat(settings.shown())
                .containsExactly(
                        Map.entry("EVENT_BUS_KAFKA_API_SECRET", "***"),
                        Map.entry("EVENT_BUS_KAFKA_CLIENT_CONFIG", "a map of sasl.jaas.config, acks"),
                        Map.entry("EVENT_BUS_PRODUCER_CONFIG", "text of 15 characters that is not a map"),
                        Map.entry("EVENT_BUS_REDIS_CONNECTION_URL", "'redis://ada:***@host:6379/0'"),
                        Map.entry("SERVICE_VARIANT", "'lms'"));
    }

    @Test
    void anEmptyFileHoldsNothing() throws IOException {
        assertThat(Settings.fromFile(file("")).value("SERVICE_VARIANT")).isEmpty();
    }

    @Test
    void aVariableWinsOverTheFileThatAnotherOneNames() throws IOException {
        Path file = file("{SERVICE_VARIANT: lms, EVENT_BUS_TOPIC_PREFIX: from-file}");

        Settings settings = Settings.load(
                Map.of(Settings.FILE_VARIABLE, file.toString(), "EVENT_BUS_TOPIC_PREFIX", "from-variable"));

        assertThat(settings.serviceName()).contains("lms");
        assertThat(settings.value("EVENT_BUS_TOPIC_PREFIX")).contains("from-variable");
    }

    @Test
    void withoutAFileTheVariablesAreAll() {
        assertThat(Settings.load(Map.of("SERVICE_VARIANT", "lms", Settings.FILE_VARIABLE, " "))
                        .serviceName())
                .contains("lms");
        assertThat(Settings.load().value("PATH")).isPresent();
    }

    @Test
    void otherSettingsUponTheseWinWhereBothHaveOne() {
        Settings settings = Settings.of(Map.of("A", 1, "B", 2))
                .with(Settings.of(Map.of("B", 3, "C", 4)))
                .with("C", 5);

        assertThat(List.of(settings.value("A"), settings.value("B"), settings.value("C")))
                .map(value -> value.orElse("nothing"))
                .containsExactly(1, 3, 5);
    }

    @Test
    void emptyTextCountsAsNotSet() {
        assertThat(Settings.of(Map.of("A", "  ")).value("A")).isEmpty();
    }

    @Test
    void theServiceIsNamedByItsOwnSettingOrElseByItsVariant() {
        assertThat(Settings.of(Map.of("EVENTS_SERVICE_NAME", "credentials", "SERVICE_VARIANT", "lms"))
                        .serviceName())
                .contains("credentials");
        assertThat(Settings.of(Map.of("SERVICE_VARIANT", "lms")).serviceName()).contains("lms");
        assertThat(Settings.of(Map.of()).serviceName()).isEmpty();
    }

    @Test
    void aFileThatIsMissingIsNamed() {
        Path missing = folder.resolve("missing.yml");

        assertThatThrownBy(() -> Settings.fromFile(missing))
                .isInstanceOf(SettingsException.class)
                .hasMessageContainingAll(missing.toString(), "does not exist");
        assertThatThrownBy(() -> Settings.load(Map.of(Settings.FILE_VARIABLE, missing.toString())))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(missing.toString());
    }

    @Test
    void aFileThatCannotBeReadIsNamed() {
        assertThatThrownBy(() -> Settings.fromFile(folder))
                .isInstanceOf(SettingsException.class)
                .hasMessageContainingAll(folder.toString(), "cannot be read");
    }

    @Test
    void aFileWithAListAtItsTopIsRefused() throws IOException {
        Path file = file("- SERVICE_VARIANT");

        assertThatThrownBy(() -> Settings.fromFile(file))
                .isInstanceOf(SettingsException.class)
                .hasMessageContainingAll(file.toString(), "SERVICE_VARIANT: lms");
    }

    @Test
    void aMistakeInAFileIsShownByItsPlaceAndNotByItsText() throws IOException {
        Path file = file("SERVICE_VARIANT: lms\nPASSWORD: \"opensesame\n");

        assertThatThrownBy(() -> Settings.fromFile(file))
                .isInstanceOf(SettingsException.class)
                .hasMessageContainingAll(file.toString(), "line", "column")
                .hasMessageNotContaining("opensesame");
    }

    @Test
    void aNameThatStandsTwiceInAFileIsRefused() throws IOException {
        Path file = file("A: 1\nA: 2\n");

        assertThatThrownBy(() -> Settings.fromFile(file)).isInstanceOf(SettingsException.class);
    }

    @Test
    void showsNamesButNoValues() {
        assertThat(Settings.of(Map.of("EVENT_BUS_REDIS_CONNECTION_URL", "redis://:opensesame@h")))
                .asString()
                .contains("EVENT_BUS_REDIS_CONNECTION_URL")
                .doesNotContain("opensesame");
    }

    private Path file(String content) throws IOException {
        return Files.writeString(folder.resolve("settings.yml"), content);
    }
}
