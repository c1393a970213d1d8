package dev.carillon.events.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each of these was given to Python's {@code uuid.UUID()}. */
class UuidsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "12345678-1234-5678-1234-56781234567a",
                "12345678-1234-5678-1234-56781234567A",
                "1234567812345678123456781234567a",
                "{12345678-1234-5678-1234-56781234567a}",
                "{{1234567812345678123456781234567a",
                "urn:uuid:12345678-1234-5678-1234-56781234567a",
                "uuid:1234567812345678123456781234567aurn:",
                "1234-5678-12345678-123456781234567a-"
            })
    void whatPythonReadsIsRead(String text) {
        assertThat(Uuids.parse(text)).hasToString("12345678-1234-5678-1234-56781234567a");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "1-1-1-1-1",
                "12345678-1234-5678-1234-56781234567",
                "12345678-1234-5678-1234-56781234567ab",
                "12345678-1234-5678-1234-56781234567g",
                "URN:UUID:12345678-1234-5678-1234-56781234567a",
                "(12345678-1234-5678-1234-56781234567a)"
            })
    void whatPythonRefusesIsRefused(String text) {
        assertThatThrownBy(() -> Uuids.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("it does not have 32 hexadecimal digits");
    }

    /** Python's {@code int()} takes them, and makes another UUID of them than was meant. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "1234567812345678123456781234567_a",
                "0x345678123456781234567812345678",
                "+2345678123456781234567812345678",
                " 2345678123456781234567812345678",
                "\uff112345678123456781234567812345678"
            })
    void whatIsNoDigitIsRefused(String text) {
        assertThatThrownBy(() -> Uuids.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
