package dev.carillon.bus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.avro.EventCodec;
import dev.carillon.avro.EventCodecs;
import dev.carillon.bus.Examples.Loan;
import dev.carillon.bus.config.Settings;
import dev.carillon.bus.config.SettingsReader;
import dev.carillon.bus.internal.TopicNames;
import dev.carillon.bus.memory.MemoryBroker;
import dev.carillon.bus.transport.SchemaFingerprint;
import dev.carillon.bus.transport.Transport;
import dev.carillon.events.Events;
import dev.carillon.events.Signal;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EventEncoderTest {

    private static final Transport MEMORY = new MemoryBroker()
            .prepare(new SettingsReader(Settings.of(Map.of())), Optional.empty())
            .get();

    private final EventEncoder encoder = new EventEncoder(MEMORY, new EventCodecs(), new TopicNames(Optional.empty()));

    private @Nullable String fingerprint(Signal<Loan> signal) {
        return encoder.message(
                        signal,
                        "books",
                        null,
                        Examples.loan("Emma", 1),
                        Events.create("library").newMetadata(signal))
                .schemaFingerprint();
    }

    @Test
    void onlyEventsThatTheLibraryNeverHadHaveAFingerprint() {
        assertThat(fingerprint(Examples.LENT))
                .isEqualTo(SchemaFingerprint.of(EventCodec.of(Examples.LENT).schemaText()));
        assertThat(fingerprint(Signal.of("org.openedx.learning.certificate.created.v1", "loan", Loan.class)))
                .isNull();
    }
}
