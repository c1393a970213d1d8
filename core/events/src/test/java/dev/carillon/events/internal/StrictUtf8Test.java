package dev.carillon.events.internal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.CharacterCodingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrictUtf8Test {

    @ParameterizedTest
    @ValueSource(strings = {"", "plain", "\u00FCmlaut", "\uD83D\uDE00", "a valid replacement character: \uFFFD"})
    void decodesValidText(String text) throws CharacterCodingException {
        byte[] bytes = text.getBytes(UTF_8);

        assertThat(StrictUtf8.decode(bytes, 0, bytes.length)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u00FC", "cut off \u00C3", "surrogate \u00ED\u00A0\u0080", "overlong \u00C0\u00AF"})
    void rejectsInvalidBytes(String latin1) {
        byte[] bytes = latin1.getBytes(ISO_8859_1);

        assertThatThrownBy(() -> StrictUtf8.decode(bytes, 0, bytes.length))
                .isInstanceOf(CharacterCodingException.class);
    }

    @Test
    void ignoresBytesOutsideOfThePart() throws CharacterCodingException {
        byte[] bytes = "\u00FFpart\u00FF".getBytes(ISO_8859_1);

        assertThat(StrictUtf8.decode(bytes, 1, 4)).isEqualTo("part");
    }
}
