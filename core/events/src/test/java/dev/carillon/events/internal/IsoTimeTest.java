package dev.carillon.events.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Times as Python's {@code fromisoformat} reads and its {@code isoformat} writes them. */
class IsoTimeTest {

    /** A line of iso-times.tsv, which Python wrote (see bin/record-conformance). */
    record Case(String text, String python) {}

    static List<Case> valid() throws IOException {
        return table().filter(each -> !each.python().equals("invalid")).toList();
    }

    static List<Case> invalid() throws IOException {
        return table().filter(each -> each.python().equals("invalid")).toList();
    }

    private static Stream<Case> table() throws IOException {
        try (InputStream in = IsoTimeTest.class.getResourceAsStream("/conformance/iso-times.tsv")) {
            return new String(in.readAllBytes(), UTF_8)
                            .lines()
                            .map(line -> line.split("\t", -1))
                            .map(columns -> new Case(columns[0], columns[1]))
                            .toList()
                            .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("valid")
    void whatPythonReadsIsReadAndWrittenAsPythonWritesIt(Case each) {
        assertThat(IsoTime.format(IsoTime.parse(each.text()))).isEqualTo(each.python());
    }

    @ParameterizedTest
    @MethodSource("valid")
    void theJdkAgreesWithEveryTextWritten(Case each) {
        assertThat(OffsetDateTime.parse(each.python())).isEqualTo(IsoTime.parse(each.text()));
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void whatPythonRefusesIsRefused(Case each) {
        assertThatExceptionOfType(DateTimeException.class).isThrownBy(() -> IsoTime.parse(each.text()));
    }

    /** Python reads them, but no isoformat writes them. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "2024-W01-2T03:04:05",
                "2024-01-02_03:04:05",
                "2024-01-02T03:04.5",
                "2024-01-02T03:04:05.+00:00",
                "2024-01-02T03:04:05 +00:00",
                "2024-01-02T03:04:05+05:60",
                "2024-01-02T03:04:05+18:01",
                "2024-01-02T03:04:05+00:00:00.000001",
            })
    void odditiesOfPythonAreRefused(String text) {
        assertThatExceptionOfType(DateTimeException.class).isThrownBy(() -> IsoTime.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2024-01-02T03:04:05+00:0x", "2024-01-02T03:04:05.٣", "２024-01-02T03:04:05"})
    void lettersAndDigitsOfOtherScriptsAreRefused(String text) {
        assertThatExceptionOfType(DateTimeException.class).isThrownBy(() -> IsoTime.parse(text));
    }

    @Test
    void theMessageSaysWhereReadingStoppedButNotWhatWasRead() {
        assertThatExceptionOfType(DateTimeException.class)
                .isThrownBy(() -> IsoTime.parse("2024-01-02X03:04:05"))
                .withMessage("not a time such as 2024-01-02T03:04:05+00:00 (stopped at character 11 of 19)");
    }

    @Test
    void nanosecondsAreCutOff() {
        assertThat(IsoTime.format(OffsetDateTime.parse("2024-01-02T03:04:05.123456789Z")))
                .isEqualTo("2024-01-02T03:04:05.123456+00:00");
        assertThat(IsoTime.format(OffsetDateTime.parse("2024-01-02T03:04:05.000000999Z")))
                .isEqualTo("2024-01-02T03:04:05+00:00");
    }

    @Test
    void theLongestTextFitsItsBuffer() {
        byte[] buffer = new byte[IsoTime.MAX_LENGTH];

        int end = IsoTime.write(OffsetDateTime.parse("9999-12-31T23:59:59.999999-17:59:59"), buffer, 0);

        assertThat(new String(buffer, 0, end, UTF_8)).isEqualTo("9999-12-31T23:59:59.999999-17:59:59");
        assertThat(end).isEqualTo(IsoTime.MAX_LENGTH);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0000-12-31T23:59:59Z", "-0001-01-01T00:00:00Z", "+10000-01-01T00:00:00Z"})
    void yearsThatPythonDoesNotHaveAreNotWritten(String text) {
        assertThatExceptionOfType(DateTimeException.class)
                .isThrownBy(() -> IsoTime.format(OffsetDateTime.parse(text)))
                .withMessageContaining("years 1 to 9999");
    }
}
