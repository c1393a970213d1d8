package dev.carillon.bus;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.bus.config.ProducerConfig;
import dev.carillon.bus.config.Settings;
import dev.carillon.bus.config.SettingsException;
import dev.carillon.bus.config.SettingsReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Settings that would cost a stack, the memory or a minute end in one sentence. */
class SettingsLimitsTest {

    @TempDir
    private Path folder;

    static Stream<Arguments> tooMuch() {
        return Stream.of(
                Arguments.of("{a: ".repeat(5_000) + "1" + "}".repeat(5_000), "deeper than 50 levels (line 1"),
                Arguments.of("{\"a\": " + "[".repeat(5_000) + "]".repeat(5_000) + "}", "deeper than 50 levels (line 1"),
                Arguments.of("a: " + "- ".repeat(5_000) + "x", "(line 1"),
                Arguments.of("? &a [*a]\n: 1\n", "an anchor that contains itself (line 1"),
                Arguments.of("? &a {*a : 1}\n: 1\n", "an anchor that contains itself (line 1"),
                Arguments.of("a: &a {b: *a}\n", "an anchor that contains itself (line 1"),
                Arguments.of("a: " + "9".repeat(2_000_000), "longer than 1048576 characters"),
                Arguments.of("a: " + "9".repeat(1_000_000), "a number of more than 100 digits (line 1"),
                Arguments.of("a: 0x" + "f".repeat(1_000_000), "a number of more than 100 digits (line 1"),
                Arguments.of(laughs(), "more than 100000 values (line"));
    }

    /** Each line has the one before twice. */
    private static String laughs() {
        StringBuilder text = new StringBuilder("x0: &x0 [a, b]\n");
        for (int i = 1; i < 25; i++) {
            text.append("x" + i + ": &x" + i + " [*x" + (i - 1) + ", *x" + (i - 1) + "]\n");
        }
        return text.toString();
    }

    @ParameterizedTest
    @MethodSource("tooMuch")
    void whatIsTooMuchInAFileIsRefused(String text, String reason) throws IOException {
        Path file = Files.writeString(folder.resolve("settings.yml"), text);

        assertThatThrownBy(() -> Settings.fromFile(file))
                .isInstanceOf(SettingsException.class)
                .hasMessageContainingAll(file.toString(), reason);
    }

    @ParameterizedTest
    @MethodSource("tooMuch")
    void whatIsTooMuchInAVariableIsRefused(String text, String reason) {
        SettingsReader reader = new SettingsReader(Settings.of(Map.of("EVENT_BUS_PRODUCER_CONFIG", text)));
        reader.map("EVENT_BUS_PRODUCER_CONFIG");

        assertThatThrownBy(reader::finish)
                .isInstanceOf(SettingsException.class)
                .hasMessageContainingAll("EVENT_BUS_PRODUCER_CONFIG must be a map", reason);
    }

    @Test
    void aNumberOfTwoMillionDigitsIsNoNumber() {
        SettingsReader reader = new SettingsReader(Settings.of(Map.of("A", "9".repeat(2_000_000))));
        reader.number("A", 0);

        assertThatThrownBy(reader::finish)
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("A must be a whole number of 0 or more, but is '999");
    }

    @Test
    void aProducerConfigThatHoldsItselfIsRefused() {
        Map<String, Object> config = new HashMap<>();
        Map<String, Object> topic = new HashMap<>(Map.of("event_key_field", config, "enabled", config));
        config.put("some.event.v1", Map.of("topic", topic));
        SettingsReader reader = new SettingsReader(Settings.of(Map.of("EVENT_BUS_PRODUCER_CONFIG", config)));
        ProducerConfig.read(reader);

        assertThatThrownBy(reader::finish)
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("'enabled' must be true or false, but is a map");
    }

    @Test
    void aSecretThatYamlStumblesOverIsNotShown() {
        for (String text : new String[] {"a: *opensesame", "a: !opensesame 1", "a: !opensesame!x 1"}) {
            SettingsReader reader = new SettingsReader(Settings.of(Map.of("A_CONFIG", text)));
            reader.map("A_CONFIG");

            assertThatThrownBy(reader::finish)
                    .isInstanceOf(SettingsException.class)
                    .hasMessageNotContaining("opensesame");
        }
    }
}
