package dev.carillon.bus.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SchemaFingerprintTest {

    /** What is on brokers contains it, so it must never change. */
    @Test
    void aFingerprintIsTheBeginningOfTheSha256OfTheText() {
        assertThat(SchemaFingerprint.of("abc")).isEqualTo("ba7816bf8f01cfea414140de5dae2223");
        assertThat(SchemaFingerprint.of("")).isEqualTo("e3b0c44298fc1c149afbf4c8996fb924");
    }

    @Test
    void otherTextsAreNoFingerprints() {
        assertThat(SchemaFingerprint.isFingerprint(SchemaFingerprint.of("abc"))).isTrue();
        for (String text : List.of(
                "", "abc", "ba7816bf8f01cfea414140de5dae222g", "ba7816bf8f01cfea414140de5dae22230", "٣".repeat(32))) {
            assertThat(SchemaFingerprint.isFingerprint(text)).as(text).isFalse();
        }
    }

    @Test
    void onlyAMessageWithAFingerprintNamesItInItsHeaders() {
        List<Header> headers = List.of(Header.of("type", "a.v1"));
        OutgoingMessage plain = new OutgoingMessage("topic", "a.v1", headers, null, new byte[0], "abc");
        OutgoingMessage own =
                new OutgoingMessage("topic", "a.v1", headers, null, new byte[0], "abc", SchemaFingerprint.of("abc"));

        assertThat(plain.headersWithFingerprint()).isSameAs(headers);
        assertThat(own.headersWithFingerprint())
                .extracting(Header::name)
                .containsExactly("type", SchemaFingerprint.HEADER);
    }
}
