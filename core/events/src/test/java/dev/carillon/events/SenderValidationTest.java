package dev.carillon.events;

import static dev.carillon.events.Examples.CERTIFICATE;
import static dev.carillon.events.Examples.CREATED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Data that do not fit their signal are refused before any receiver hears of them. */
class SenderValidationTest {

    record Enrollment(
            UUID user, String course, int seats, @Nullable String cohort) {}

    private static final Signal<Enrollment> ENROLLED = Signal.ofKeys("org.example.enrolled.v1", Enrollment.class);

    private final Events events = Examples.events();
    private final List<Object> heard = new ArrayList<>();

    @BeforeEach
    void connect() {
        events.connect(CREATED, event -> heard.add(event.data()));
        events.connect(ENROLLED, event -> heard.add(event.data()));
    }

    @Test
    @SuppressWarnings("NullAway") // what unchecked code may do
    void nullIsRefusedNamingEventTypeAndKey() {
        assertThatExceptionOfType(SenderValidationException.class)
                .isThrownBy(() -> events.send(CREATED, null))
                .withMessage(
                        "Event org.example.certificate.created.v1 was not sent: the data of key 'certificate' are null, "
                                + "but must be dev.carillon.events.Examples$Certificate")
                .satisfies(e -> assertThat(e.eventType()).isEqualTo(CREATED.eventType()))
                .satisfies(e -> assertThat(e.dataKey()).isEqualTo("certificate"));
        assertThat(heard).isEmpty();
    }

    @Test
    @SuppressWarnings({"rawtypes", "unchecked"}) // what raw types let through
    void dataOfAnotherClassAreRefusedNamingBothClassesButNotTheData() {
        Signal raw = CREATED;

        assertThatExceptionOfType(SenderValidationException.class)
                .isThrownBy(() -> events.send(raw, "alice@example.org"))
                .withMessage("Event org.example.certificate.created.v1 was not sent: the data of key 'certificate' are "
                        + "java.lang.String, but must be dev.carillon.events.Examples$Certificate")
                .satisfies(e -> assertThat(e.dataKey()).isEqualTo("certificate"));
        assertThat(heard).isEmpty();
    }

    @Test
    @SuppressWarnings("NullAway") // what unchecked code may do
    void aResentEventIsCheckedInTheSameWay() {
        EventMetadata metadata = events.newMetadata(CREATED);

        assertThatExceptionOfType(SenderValidationException.class)
                .isThrownBy(() -> events.resend(CREATED, null, metadata))
                .withMessageContaining("'certificate'");
    }

    @Test
    void aSubclassFits() {
        Signal<Number> counted = Signal.of("org.example.counted.v1", "count", Number.class);
        events.connect(counted, event -> heard.add(event.data()));

        events.send(counted, 7L);

        assertThat(heard).containsExactly(7L);
    }

    @Test
    void theDataAreCheckedAlsoWhenNobodyListens() {
        @SuppressWarnings("unchecked") // a signal of the wrong class, as casts let through
        Signal<Object> unheard = (Signal<Object>) (Signal<?>) Examples.REVOKED;

        assertThatExceptionOfType(SenderValidationException.class).isThrownBy(() -> events.send(unheard, "text"));
    }

    @Test
    @SuppressWarnings("NullAway") // what unchecked code may do
    void ofSeveralKeysTheOneThatIsNullIsNamed() {
        assertThatExceptionOfType(SenderValidationException.class)
                .isThrownBy(() -> events.send(ENROLLED, new Enrollment(new UUID(1, 2), null, 3, "a")))
                .withMessage("Event org.example.enrolled.v1 was not sent: the data of key 'course' are null, "
                        + "but must be java.lang.String")
                .satisfies(e -> assertThat(e.dataKey()).isEqualTo("course"));
        assertThat(heard).isEmpty();
    }

    @Test
    void aKeyMarkedNullableMayBeNull() {
        Enrollment enrollment = new Enrollment(new UUID(1, 2), "course-v1:edX+DemoX+1", 3, null);

        events.send(ENROLLED, enrollment);

        assertThat(heard).containsExactly(enrollment);
    }

    @Test
    @SuppressWarnings({"rawtypes", "unchecked", "NullAway"}) // what raw types let through
    void dataOfSeveralKeysThatDoNotFitAsAWholeNameTheRecordAndItsKeys() {
        Signal raw = ENROLLED;

        assertThatExceptionOfType(SenderValidationException.class)
                .isThrownBy(() -> events.send(raw, CERTIFICATE))
                .withMessage(
                        "Event org.example.enrolled.v1 was not sent: the data are "
                                + "dev.carillon.events.Examples$Certificate, but must be "
                                + "dev.carillon.events.SenderValidationTest$Enrollment, which has the keys user, course, seats, cohort")
                .satisfies(e -> assertThat(e.dataKey()).isEqualTo("user, course, seats, cohort"));
        assertThatExceptionOfType(SenderValidationException.class)
                .isThrownBy(() -> events.send(raw, null))
                .withMessageContaining(
                        "the data are null, but must be dev.carillon.events.SenderValidationTest$Enrollment");
    }
}
