package dev.carillon.events.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Text from outside neither steers a terminal nor fills a log. */
class ShownTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1b5b324a            | \\u001b[2J
            610a62              | a\\u000ab
            610d62              | a\\u000db
            61c29b33316d        | a\\u009b31m
            61e280ae62          | a\\u202eb
            61e281a662          | a\\u2066b
            61e280a862          | a\\u2028b
            00                  | \\u0000
            f3a08081            | \\udb40\\udc01
            c3a5e4bda0f09f9881  | å你😁
            """)
    void whatSteersATerminalIsWrittenOut(String utf8, String shown) {
        String text = new String(java.util.HexFormat.of().parseHex(utf8), java.nio.charset.StandardCharsets.UTF_8);

        assertThat(Shown.text(text)).isEqualTo(shown);
        assertThat(Shown.quoted(text)).isEqualTo("'" + shown + "'");
        assertThat(Shown.escaped(text)).isEqualTo(shown);
    }

    @Test
    void halfACharacterIsWrittenOut() {
        assertThat(Shown.text("a\ud83d")).isEqualTo("a\\ud83d");
    }

    @Test
    void whatIsLongIsCutWithItsLengthAndNotWithinACharacter() {
        assertThat(Shown.text("x".repeat(100_000))).isEqualTo("x".repeat(100) + "… (100000 characters)");
        assertThat(Shown.quoted("x".repeat(101))).isEqualTo("'" + "x".repeat(100) + "'… (101 characters)");
        assertThat(Shown.text("x".repeat(99) + "😁😁")).isEqualTo("x".repeat(99) + "… (103 characters)");
        assertThat(Shown.message("y".repeat(100_000))).hasSizeLessThan(2_100);
    }

    @Test
    void aMessageKeepsItsLines() {
        assertThat(Shown.message("2 settings are wrong:\n\t- a\u001b[1m"))
                .isEqualTo("2 settings are wrong:\n\t- a\\u001b[1m");
    }
}
