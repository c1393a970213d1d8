package dev.carillon.bus.internal.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.avro.EventCodec;
import dev.carillon.bus.Examples;
import dev.carillon.bus.Examples.Loan;
import dev.carillon.bus.transport.Header;
import dev.carillon.bus.transport.IncomingMessage;
import dev.carillon.bus.transport.SchemaFingerprint;
import dev.carillon.bus.transport.WriterSchema;
import dev.carillon.events.Signal;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which schema event data are read with. */
class WriterSchemaOfDeliveryTest {

    /** The loan of a former release: its fields were in another order. */
    record Former(long days, String book) {}

    private static final Signal<Former> FORMER = Signal.of(Examples.LENT.eventType(), "loan", Former.class);
    private static final EventCodec<Loan> CODEC = EventCodec.of(Examples.LENT);

    private static Delivery<Loan> delivery(String fingerprint, byte[] data) {
        List<Header> headers = List.of(Header.of(SchemaFingerprint.HEADER, fingerprint));
        return delivery(IncomingMessage.of("books", Examples.position("0:1"), headers, data));
    }

    private static Delivery<Loan> delivery(IncomingMessage message) {
        return new Delivery<>(message, Examples.METADATA, Examples.LENT, CODEC);
    }

    @Test
    void dataWhoseSchemaIsLostAreReadIfItIsOurOwn() {
        Loan loan = Examples.loan("b1", 14);

        assertThat(delivery(SchemaFingerprint.of(CODEC.schemaText()), CODEC.encode(loan))
                        .data())
                .isEqualTo(loan);
    }

    @Test
    void dataWhoseSchemaIsLostAreNotReadWithAGuess() {
        String lost = SchemaFingerprint.of(EventCodec.of(FORMER).schemaText());

        assertThatThrownBy(() ->
                        delivery(lost, CODEC.encode(Examples.loan("b1", 14))).data())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("it was written with the schema " + lost)
                .hasMessageContaining("the broker does not have any more");
    }

    @Test
    void theSchemaOfTheMessageCountsBeforeTheReleaseInTheMetadata() {
        record Shorter(String book) {}
        Signal<Former> former = FORMER;
        EventCodec<Former> codec = EventCodec.of(former);
        Signal<Shorter> shorter = Signal.of(former.eventType(), "loan", Shorter.class);
        IncomingMessage message = IncomingMessage.of(
                        "books", Examples.position("0:1"), List.of(), codec.encode(new Former(14, "b1")))
                .withWriterSchema(new WriterSchema(codec.schemaText()));

        assertThat(new Delivery<>(message, Examples.METADATA, shorter, EventCodec.of(shorter)).data())
                .isEqualTo(new Shorter("b1"));
    }
}
