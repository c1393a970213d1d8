package dev.carillon.events;

import static dev.carillon.events.Examples.CERTIFICATE;
import static dev.carillon.events.Examples.CREATED;
import static dev.carillon.events.Examples.REVOKED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.testing.CapturedLog;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** An event that another service sent is heard here with the metadata of its sender. */
class ResendingTest {

    private static final EventMetadata FROM_AFAR = new EventMetadata(
            CREATED.eventType(),
            UUID.fromString("6b29fc40-ca47-1067-b31d-00dd010662da"),
            5,
            "openedx/cms/web",
            "cms-3",
            Instant.parse("2021-02-03T04:05:06.000007Z"),
            LibraryVersion.parse("9.20.0"));

    private final Events events = Examples.events();
    private final List<Event<Examples.Certificate>> heard = new ArrayList<>();

    @Test
    void itKeepsItsMetadataAndIsMarkedAsFromTheBus() {
        events.connect(CREATED, heard::add);

        events.resend(CREATED, CERTIFICATE, FROM_AFAR);

        assertThat(heard).containsExactly(new Event<>(CREATED, CERTIFICATE, FROM_AFAR, true));
    }

    @Test
    void itIsSentRobustlyOrFailFast() {
        events.connect(CREATED, event -> {
            throw new IllegalStateException("no badge left");
        });
        events.connect(CREATED, heard::add);

        try (CapturedLog log = new CapturedLog()) {
            SendResult result = events.resend(CREATED, CERTIFICATE, FROM_AFAR);
            assertThat(result.failures()).hasSize(1);
            assertThat(log.errors()).singleElement().asString().contains("6b29fc40-ca47-1067-b31d-00dd010662da");
        }
        assertThat(heard).hasSize(1);
        assertThatThrownBy(() -> events.resend(CREATED, CERTIFICATE, FROM_AFAR, SendOptions.failFast()))
                .hasMessage("no badge left");
        assertThat(heard).hasSize(1);
    }

    @Test
    void theTimeOfItsMetadataCounts() {
        events.connect(CREATED, heard::add);

        events.resend(CREATED, CERTIFICATE, FROM_AFAR, SendOptions.robust().at(Instant.EPOCH));

        assertThat(heard.get(0).metadata().time()).isEqualTo(FROM_AFAR.time());
    }

    @Test
    void metadataOfAnotherEventTypeAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> events.resend(REVOKED, CERTIFICATE, FROM_AFAR))
                .withMessageContainingAll(CREATED.eventType(), REVOKED.eventType());
    }

    @Test
    void aDisabledEventIsNotHeard() {
        events.connect(CREATED, heard::add);
        events.disable(CREATED);

        SendResult result = events.resend(CREATED, CERTIFICATE, FROM_AFAR);

        assertThat(heard).isEmpty();
        assertThat(result.responses()).isEmpty();
    }
}
