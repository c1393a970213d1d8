package dev.carillon.bus.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamIdTest {

    private static final String LARGEST = "18446744073709551615-18446744073709551615";

    @Test
    void bothPartsCompareAsUnsignedNumbers() {
        assertThat(StreamId.parse("1700000000000-9")).isLessThan(StreamId.parse("1700000000000-10"));
        assertThat(StreamId.parse("999-0")).isLessThan(StreamId.parse("1700000000000-0"));
        assertThat(StreamId.parse("1700000000000-0")).isLessThan(StreamId.parse(LARGEST));
        assertThat(StreamId.parse("5-3")).isEqualByComparingTo(StreamId.parse("5-3"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0-0", "1700000000000-0", "1700000000000-12", LARGEST})
    void anIdInAReplyIsTheOneOfItsText(String text) {
        ByteBuffer reply = ByteBuffer.wrap(text.getBytes(US_ASCII));

        assertThat(StreamId.read(reply)).isEqualTo(StreamId.parse(text)).hasToString(text);
        assertThat(reply.hasRemaining()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0:17", "-5", "5-", "5-6-7", " 5-0", "99999999999999999999-0"})
    void otherTextsAreNoIds(String text) {
        assertThatThrownBy(() -> StreamId.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
