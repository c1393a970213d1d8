package dev.carillon.events.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PythonConformanceTest {

    static Stream<KeyCase> valid() {
        return KeyCase.all().filter(recorded -> !recorded.invalid());
    }

    static Stream<KeyCase> invalid() {
        return KeyCase.all().filter(KeyCase::invalid);
    }

    @ParameterizedTest
    @MethodSource("valid")
    void whatPythonReadsIsReadWithTheSamePartsAndWrittenTheSame(KeyCase recorded) {
        OpaqueKey key = recorded.kind().parse(recorded.input());

        assertThat(key).isInstanceOf(recorded.kind().type());
        assertThat(key.typeName()).isEqualTo(recorded.type());
        assertThat(key.parts()).isEqualTo(recorded.parts());
        assertThat(key).hasToString(recorded.string());
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void whatPythonRefusesIsRefusedWithAReason(KeyCase recorded) {
        assertThatExceptionOfType(InvalidKeyException.class)
                .isThrownBy(() -> recorded.kind().parse(recorded.input()))
                .satisfies(e -> {
                    assertThat(e.input()).isEqualTo(recorded.input());
                    assertThat(e.kind()).isEqualTo(recorded.kind());
                    assertThat(e.reason()).isNotBlank();
                });
    }

    @ParameterizedTest
    @MethodSource("valid")
    void theTextOfAKeyReadsAsAKeyWithThatText(KeyCase recorded) {
        String text = recorded.kind().parse(recorded.input()).toString();

        assertThat(recorded.kind().parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @MethodSource("valid")
    void twoReadingsOfOneTextAreEqual(KeyCase recorded) {
        OpaqueKey one = recorded.kind().parse(recorded.input());
        OpaqueKey other = recorded.kind().parse(recorded.input());

        assertThat(one).isEqualTo(other).hasSameHashCodeAs(other);
    }
}
