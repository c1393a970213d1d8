package dev.carillon.events;

import static dev.carillon.events.Examples.CERTIFICATE;
import static dev.carillon.events.Examples.CREATED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What an event that is sent says of its sender and its time. */
class NewMetadataTest {

    private static final Instant NOW = Instant.parse("2024-01-02T03:04:05.123456789Z");

    private final Events events = Events.builder()
            .serviceName("credentials")
            .sourceHost("pod-7")
            .clock(Clock.fixed(NOW, ZoneOffset.UTC))
            .signals(Signals.of())
            .build();

    @Test
    void itNamesTheSenderAndTheRelease() {
        EventMetadata metadata = sent(events, CREATED.withMinorVersion(3), SendOptions.robust());

        assertThat(metadata.eventType()).isEqualTo("org.example.certificate.created.v1");
        assertThat(metadata.minorVersion()).isEqualTo(3);
        assertThat(metadata.source()).isEqualTo("openedx/credentials/web").isEqualTo(events.source());
        assertThat(metadata.sourceHost()).isEqualTo("pod-7").isEqualTo(events.sourceHost());
        assertThat(metadata.sourceLib()).isEqualTo(LibraryVersion.CURRENT);
    }

    @Test
    void itsTimeIsNowCutToMicroseconds() {
        EventMetadata metadata = sent(events, CREATED, SendOptions.robust());

        assertThat(metadata.time()).isEqualTo(Instant.parse("2024-01-02T03:04:05.123456Z"));
    }

    @Test
    void anExplicitTimeIsWhenItHappened() {
        Instant happened = Instant.parse("2023-12-31T23:59:59.999999Z");

        assertThat(sent(events, CREATED, SendOptions.robust().at(happened)).time())
                .isEqualTo(happened);
        assertThat(sent(events, CREATED, SendOptions.failFast().at(happened)).time())
                .isEqualTo(happened);
    }

    @Test
    void eachEventHasATimeBasedIdOfItsOwn() {
        UUID first = sent(events, CREATED, SendOptions.robust()).id();
        UUID second = sent(events, CREATED, SendOptions.robust()).id();

        assertThat(first.version()).isEqualTo(1);
        assertThat(second.timestamp()).isGreaterThan(first.timestamp());
    }

    @Test
    void aServiceWithoutNameSaysSo() {
        Events nameless = Events.builder().signals(Signals.of()).build();

        assertThat(nameless.source()).isEqualTo("openedx/SERVICE_NAME_UNSET/web");
    }

    @Test
    void theHostIsThisMachineByDefault() {
        assertThat(Events.create("lms").sourceHost())
                .isEqualTo(HostName.current())
                .isNotBlank();
    }

    @Test
    void metadataAreThereForAnEventThatIsNotSentHere() {
        EventMetadata metadata = events.newMetadata(CREATED);

        assertThat(metadata.eventType()).isEqualTo(CREATED.eventType());
        assertThat(metadata.source()).isEqualTo("openedx/credentials/web");
        assertThat(metadata.time()).isEqualTo(Instant.parse("2024-01-02T03:04:05.123456Z"));
    }

    @Test
    void namesThatSayNothingAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Events.create(" "))
                .withMessage("serviceName must not be blank");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Events.builder().sourceHost(""))
                .withMessage("sourceHost must not be blank");
    }

    @Test
    void timesThatPythonCannotHoldAreRefused() {
        for (String outside : List.of("0000-12-31T23:59:59.999999Z", "+10000-01-01T00:00:00Z")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> at(Instant.parse(outside)))
                    .withMessage("time must be within the years 1 to 9999, but was " + outside);
        }
        assertThat(at(Instant.parse("9999-12-31T23:59:59.999999999Z")).time())
                .isEqualTo(Instant.parse("9999-12-31T23:59:59.999999Z"));
        assertThat(at(Instant.parse("0001-01-01T00:00:00Z")).time()).isEqualTo(Instant.parse("0001-01-01T00:00:00Z"));
    }

    @Test
    void timesBefore1970AreCutTowardsThePast() {
        assertThat(at(Instant.parse("1969-12-31T23:59:59.999999999Z")).time())
                .isEqualTo(Instant.parse("1969-12-31T23:59:59.999999Z"));
    }

    @Test
    void aNegativeMinorVersionIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new EventMetadata("a.b.v1", new UUID(1, 2), -1, "s", "h", NOW, LibraryVersion.CURRENT))
                .withMessage("minorVersion must be 0 or more, but was -1");
    }

    @Test
    @SuppressWarnings("NullAway") // what unchecked code may do
    void whatIsMissingIsNamed() {
        assertThatNullPointerException().isThrownBy(() -> at(null)).withMessage("time");
        assertThatNullPointerException()
                .isThrownBy(() -> new Event<>(CREATED, null, at(NOW), false))
                .withMessage("data");
    }

    @Test
    void anEventInALogShowsItsTypeAndIdOnly() {
        EventMetadata metadata = at(NOW);

        assertThat(new Event<>(CREATED, CERTIFICATE, metadata, false))
                .hasToString("Event[org.example.certificate.created.v1, id=" + metadata.id() + "]");
    }

    private static EventMetadata at(Instant time) {
        return new EventMetadata("a.b.v1", new UUID(1, 2), 0, "source", "host", time, LibraryVersion.CURRENT);
    }

    private static EventMetadata sent(Events events, Signal<Examples.Certificate> signal, SendOptions options) {
        List<EventMetadata> seen = new ArrayList<>();
        Subscription subscription = events.connect(signal, event -> seen.add(event.metadata()));
        events.send(signal, CERTIFICATE, options);
        subscription.disconnect();
        return seen.get(0);
    }
}
