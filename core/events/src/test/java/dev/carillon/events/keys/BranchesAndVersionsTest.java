package dev.carillon.events.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Keys with {@code branch@} and {@code version@}, as Python's {@code str()} writes what {@code from_string()} read. */
class BranchesAndVersionsTest {

    /** Kind, text, and what Python writes; empty where Python refuses the text. */
    static List<String[]> recorded() throws IOException {
        try (InputStream table = Objects.requireNonNull(
                BranchesAndVersionsTest.class.getResourceAsStream("/conformance/opaque-key-branches.tsv"))) {
            return new String(table.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.split("\t", -1))
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("recorded")
    void areWrittenAsPythonWritesThem(String kind, String text, String written) {
        KeyKind keyKind = KeyKind.valueOf(kind.toUpperCase(Locale.ROOT));
        if (written.isEmpty()) {
            assertThatExceptionOfType(InvalidKeyException.class).isThrownBy(() -> keyKind.parse(text));
        } else {
            assertThat(keyKind.parse(text)).hasToString(written);
        }
    }
}
