package dev.carillon.bus.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordPositionTest {

    @Test
    void offsetsCompareAsNumbersWithinTheirPartition() {
        assertThat(new RecordPosition(3, 99)).isLessThan(new RecordPosition(3, 100));
        assertThat(new RecordPosition(2, 100)).isLessThan(new RecordPosition(3, 1));
        assertThat(new RecordPosition(3, 99)).isEqualByComparingTo(new RecordPosition(3, 99));
    }

    @Test
    void theTextIsPartitionAndOffset() {
        RecordPosition position = new RecordPosition(3, 999_999_999_999_999_999L);

        assertThat(position).hasToString("3:999999999999999999");
        assertThat(RecordPosition.parse(position.toString())).isEqualTo(position);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "17", "1700000000000-0", "0:-1", "0:1:2", " 0:1", "0:9999999999999999999"})
    void otherTextsAreNoPositions(String text) {
        assertThatThrownBy(() -> RecordPosition.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("<partition>:<offset>");
    }
}
