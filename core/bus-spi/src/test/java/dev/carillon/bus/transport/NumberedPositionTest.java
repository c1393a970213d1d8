package dev.carillon.bus.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NumberedPositionTest {

    @Test
    void comparesAsANumber() {
        assertThat(NumberedPosition.parse("9")).isLessThan(NumberedPosition.parse("10"));
        assertThat(NumberedPosition.parse("10")).isEqualByComparingTo(new NumberedPosition(10));
    }

    @Test
    void theTextIsTheNumber() {
        NumberedPosition position = new NumberedPosition(1_700);
        IncomingMessage message = IncomingMessage.of("books", position, List.of(), new byte[0]);

        assertThat(position).hasToString("1700").isEqualTo(NumberedPosition.parse("1700"));
        assertThat(message).hasToString("books@1700");
        assertThat(NumberedPosition.of(message)).isEqualTo(1_700);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "1:2", "1-2", " 1", "9999999999999999999"})
    void otherTextsAreNoPositions(String text) {
        assertThatThrownBy(() -> NumberedPosition.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the number of a message");
    }
}
