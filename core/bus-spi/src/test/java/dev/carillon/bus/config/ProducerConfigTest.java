package dev.carillon.bus.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.bus.config.ProducerConfig.PublishMode;
import dev.carillon.bus.config.ProducerConfig.TopicConfig;
import dev.carillon.bus.config.Settings.SettingsFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ProducerConfigTest {

    private static final String TYPE = "org.example.library.book.lent.v1";

    @Test
    void readsTheFormWithAMapOfTopics() {
        ProducerConfig config = read("""
                {"org.example.library.book.lent.v1": {
                  "loans": {"event_key_field": "loan.book", "enabled": true},
                  "statistics": {"event_key_field": "loan.days", "enabled": false}}}
                """);

        assertThat(config.of(TYPE))
                .containsExactly(
                        Map.entry("loans", new TopicConfig("loan.book", true)),
                        Map.entry("statistics", new TopicConfig("loan.days", false)));
        assertThat(config.keyField(TYPE, "statistics")).contains("loan.days");
        assertThat(config.keyField(TYPE, "others")).isEmpty();
        assertThat(config.keyField("other.event.v1", "loans")).isEmpty();
    }

    @Test
    void readsTheOlderFormWithAListOfTopics() {
        ProducerConfig config = read("""
                org.example.library.book.lent.v1:
                  - {topic: loans, event_key_field: loan.book, enabled: true}
                  - {topic: statistics, event_key_field: loan.days, enabled: false}
                """);

        assertThat(config.of(TYPE))
                .containsExactly(
                        Map.entry("loans", new TopicConfig("loan.book", true)),
                        Map.entry("statistics", new TopicConfig("loan.days", false)));
    }

    @Test
    void aTopicHasItsModeOrTheOneOfTheSetting() {
        Settings settings = Settings.of(Map.of(
                ProducerConfig.SETTING,
                Map.of(
                        TYPE,
                        Map.of(
                                "loans",
                                Map.of("event_key_field", "loan.book", "enabled", true),
                                "statistics",
                                Map.of("event_key_field", "loan.days", "enabled", true, "mode", "direct"))),
                ProducerConfig.MODE_SETTING,
                "outbox"));

        ProducerConfig config = ProducerConfig.read(new SettingsReader(settings));

        assertThat(config.of(TYPE))
                .containsEntry("loans", new TopicConfig("loan.book", true, PublishMode.OUTBOX))
                .containsEntry("statistics", new TopicConfig("loan.days", true, PublishMode.DIRECT));
    }

    @Test
    void aModeThatThereIsNotIsNamed() {
        SettingsReader reader = new SettingsReader(Settings.of(Map.of(
                ProducerConfig.SETTING,
                "{e.v1: {loans: {event_key_field: id, enabled: true, mode: out-box}}}",
                ProducerConfig.MODE_SETTING,
                "later")));

        ProducerConfig.read(reader);

        assertThatThrownBy(reader::finish)
                .hasMessageContaining("EVENT_BUS_PRODUCER_MODE must be direct or outbox, but is 'later'")
                .hasMessageContaining("topic 'loans' of 'e.v1': 'mode' must be direct or outbox, but is 'out-box'");
    }

    @Test
    void readsTheSettingAsItStandsInDjangosSettings() {
        ProducerConfig config = read("""
                {
                    'org.example.library.book.lent.v1': {
                        # to the readers' service
                        'loans': {'event_key_field': 'loan.book', 'enabled': True, 'mode': None},
                        'statistics': {'event_key_field': 'loan.days', 'enabled': False},
                    },
                }
                """);

        assertThat(config.of(TYPE))
                .containsExactly(
                        Map.entry("loans", new TopicConfig("loan.book", true)),
                        Map.entry("statistics", new TopicConfig("loan.days", false)));
    }

    @Test
    void aTextIsNoTruthValueAsInPython() {
        assertThatThrownBy(() -> read("{e.v1: {loans: {event_key_field: a, enabled: 'True'}}}"))
                .hasMessageContaining("'enabled' must be true or false, but is 'True'");
    }

    @Test
    void nothingIsPublishedWhereItIsNotSet() {
        assertThat(read("{}")).isEqualTo(ProducerConfig.EMPTY);
    }

    static Stream<List<String>> mistakes() {
        String at = "EVENT_BUS_PRODUCER_CONFIG, topic 'loans' of 'e.v1'";
        return Stream.of(
                List.of("[e.v1]", "EVENT_BUS_PRODUCER_CONFIG must be a map, but is '[e.v1]'"),
                List.of("{e.v1: loans}", "'e.v1' must be a map of topics, or a list of maps", "but is 'loans'"),
                List.of("{e.v1: }", "'e.v1' must be a map of topics", "but is missing"),
                List.of(
                        "{e.v1: {loans: true}}",
                        at + " must be a map with 'event_key_field' and 'enabled', but is 'true'"),
                List.of(
                        "{e.v1: {loans: {enabled: true}}}",
                        at + ": 'event_key_field' must be a dotted path",
                        "but is missing"),
                List.of(
                        "{e.v1: {loans: {event_key_field: 7, enabled: true}}}",
                        at + ": 'event_key_field'",
                        "but is '7'"),
                List.of(
                        "{e.v1: {loans: {event_key_field: a}}}",
                        at + ": 'enabled' must be true or false, but is missing"),
                List.of(
                        "{e.v1: {loans: {event_key_field: a, enabled: 'yes'}}}",
                        at + ": 'enabled' must be true or false, but is 'yes'"),
                List.of("{e.v1: {' ': {event_key_field: a, enabled: true}}}", "topic ' ' of 'e.v1' must have a name"),
                List.of("{e.v1: [loans]}", "each entry of the list for 'e.v1' must be a map with a 'topic'", "'loans'"),
                List.of("{e.v1: [{event_key_field: a, enabled: true}]}", "must be a map with a 'topic'"),
                List.of(
                        "{e.v1: [{topic: loans, event_key_field: a, enabled: true},"
                                + " {topic: loans, event_key_field: b, enabled: true}]}",
                        at + " is listed twice, but must be listed once"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void aMistakeIsReportedWithItsPlaceAndWhatIsExpected(List<String> mistake) {
        assertThatThrownBy(() -> read(mistake.get(0)))
                .isInstanceOf(SettingsException.class)
                .hasMessageContainingAll(mistake.subList(1, mistake.size()).toArray(String[]::new));
    }

    @Test
    void everyMistakeIsReportedAtOnce() {
        assertThatThrownBy(() -> read("{e.v1: {a: {}, b: {enabled: true}}, f.v1: 7}"))
                .isInstanceOfSatisfying(
                        SettingsException.class, e -> assertThat(e.problems()).hasSize(4));
    }

    @Test
    void cannotBeChanged() {
        ProducerConfig config = read("{e.v1: {loans: {event_key_field: a, enabled: true}}}");

        assertThatThrownBy(() -> config.topics().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> config.of("e.v1").clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    private static ProducerConfig read(String text) {
        SettingsReader reader = new SettingsReader(Settings.of(Map.of(ProducerConfig.SETTING, text)));
        ProducerConfig config = ProducerConfig.read(reader);
        reader.finish();
        return config;
    }

    /** The results of the Python function, one line per case. */
    static Stream<Map<?, ?>> merges() throws IOException {
        try (InputStream lines = Objects.requireNonNull(
                ProducerConfigTest.class.getResourceAsStream("/conformance/merged-producer-configs.jsonl"))) {
            return new String(lines.readAllBytes(), StandardCharsets.UTF_8)
                    .lines().<Map<?, ?>>map(line -> (Map<?, ?>) SettingsFile.parse(line)).toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("merges")
    void mergesAsThePythonFunctionDoes(Map<?, ?> merge) {
        Map<String, Object> original = new SettingsReader(Settings.of(Map.of("A", part(merge, "original")))).map("A");
        Map<String, Object> overrides = new SettingsReader(Settings.of(Map.of("A", part(merge, "overrides")))).map("A");
        String before = original.toString();

        assertThat(ProducerConfig.merge(original, overrides))
                .as(String.valueOf(merge.get("case")))
                .isEqualTo(merge.get("merged"))
                .hasToString(part(merge, "merged").toString());
        assertThat(original).hasToString(before);
    }

    private static Object part(Map<?, ?> merge, String name) {
        return Objects.requireNonNull(merge.get(name));
    }

    @Test
    void whatIsMergedCanBeRead() {
        Map<String, ?> defaults =
                Map.of(TYPE, Map.of("loans", Map.of("event_key_field", "loan.book", "enabled", false)));
        Map<String, ?> ours = Map.of(TYPE, Map.of("loans", Map.of("enabled", true)));

        Settings settings = Settings.of(Map.of(ProducerConfig.SETTING, ProducerConfig.merge(defaults, ours)));

        assertThat(ProducerConfig.read(new SettingsReader(settings)).of(TYPE))
                .containsExactly(Map.entry("loans", new TopicConfig("loan.book", true)));
    }

    @Test
    void onlyTheFormWithAMapOfTopicsCanBeMerged() {
        assertThatThrownBy(() -> ProducerConfig.merge(Map.of(TYPE, List.of()), Map.of()))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("'" + TYPE + "' must be a map of topics, but is '[]'");
        assertThatThrownBy(() -> ProducerConfig.merge(Map.of(), Map.of(TYPE, Map.of("loans", true))))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("topic 'loans' of '" + TYPE + "' must be a map of 'event_key_field'");
    }
}
