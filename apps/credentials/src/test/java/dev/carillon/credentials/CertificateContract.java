package dev.carillon.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.catalog.learning.LearningSignals;
import dev.carillon.catalog.learning.ProgramCertificateData;
import dev.carillon.credentials.Lms.Person;
import dev.carillon.credentials.credential.Certificates;
import dev.carillon.credentials.credential.Credentials;
import dev.carillon.credentials.credential.Origin;
import dev.carillon.credentials.credential.Status;
import dev.carillon.credentials.learner.Learners;
import dev.carillon.events.Event;
import dev.carillon.events.EventMetadata;
import dev.carillon.spring.test.OtherService;
import dev.carillon.testkit.EventRecorder;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** What course certificates from the LMS do, on each database. */
abstract class CertificateContract {

    private static final Instant MONDAY = Instant.parse("2026-03-02T10:00:00Z");
    private static final Instant TUESDAY = Instant.parse("2026-03-03T10:00:00Z");
    private static final Instant WEDNESDAY = Instant.parse("2026-03-04T10:00:00Z");

    /** Each test has its own learner and course runs: the tests of all databases share these numbers. */
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    @Autowired
    private JdbcClient database;

    @Autowired
    private OtherService otherService;

    @Autowired
    private EventRecorder recorder;

    @Autowired
    private Learners learners;

    @Autowired
    private Certificates certificates;

    @Autowired
    private Credentials credentials;

    @Autowired
    private TransactionTemplate transaction;

    private Lms lms;
    private Records records;
    private Person ada;
    private String physics;
    private String chemistry;

    @BeforeEach
    void prepare() {
        int number = NUMBERS.incrementAndGet();
        lms = new Lms(otherService);
        records = new Records(database);
        ada = new Person(number, "ada" + number, "Ada Lovelace");
        physics = "course-v1:Example+Physics%d+2026".formatted(number);
        chemistry = "course-v1:Example+Chemistry%d+2026".formatted(number);
    }

    @Test
    void aCertificateOfAnUnknownCourseRunIsAwardedToAnUnknownLearner() {
        lms.awards(ada, physics, MONDAY);

        assertThat(records.courseStatus(ada.username(), physics)).isEqualTo("awarded");
        assertThat(learners.find(ada.username()).orElseThrow())
                .extracting("lmsUserId", "fullName", "email", "active")
                .containsExactly(ada.lmsUserId(), "Ada Lovelace", ada.username() + "@example.org", true);
    }

    @Test
    void theNewestEventCountsInAnyOrder() {
        lms.revokes(ada, physics, TUESDAY);
        lms.awards(ada, physics, MONDAY);

        assertThat(records.courseStatus(ada.username(), physics)).isEqualTo("revoked");
        lms.awards(ada, physics, WEDNESDAY);
        assertThat(records.courseStatus(ada.username(), physics)).isEqualTo("awarded");
        assertThat(records.history(ada.username()))
                .containsExactly(
                        "event: revoked, none to revoked",
                        "event: awarded, revoked to revoked",
                        "event: awarded, revoked to awarded");
    }

    @Test
    void anEventThatArrivesTwiceCountsOnce() {
        EventMetadata event = lms.awards(ada, physics, MONDAY);
        lms.sends(LearningSignals.CERTIFICATE_CREATED, ada, physics, event);

        assertThat(records.history(ada.username())).containsExactly("event: awarded, none to awarded");
    }

    @Test
    void anOlderEventDoesNotBringAFormerNameBack() {
        lms.awards(ada, physics, TUESDAY);
        lms.awards(new Person(ada.lmsUserId(), ada.username(), "Ada Byron"), chemistry, MONDAY);

        assertThat(learners.find(ada.username()).orElseThrow().fullName()).isEqualTo("Ada Lovelace");
    }

    @Test
    void theLastCourseAwardsTheProgramAndAMissingOneRevokesIt() {
        UUID program = records.program("Natural Sciences", physics, chemistry);

        lms.awards(ada, physics, MONDAY);
        assertThat(records.programStatus(ada.username(), program)).isEmpty();
        lms.awards(ada, chemistry, TUESDAY);
        assertThat(records.programStatus(ada.username(), program)).containsExactly("awarded");
        lms.revokes(ada, physics, WEDNESDAY);
        assertThat(records.programStatus(ada.username(), program)).containsExactly("revoked");

        Event<ProgramCertificateData> awarded = recorder.await(LearningSignals.PROGRAM_CERTIFICATE_AWARDED);
        Event<ProgramCertificateData> revoked = recorder.await(LearningSignals.PROGRAM_CERTIFICATE_REVOKED);
        ProgramCertificateData data = awarded.data();
        assertThat(data.program())
                .extracting("uuid", "title", "programType")
                .containsExactly(program.toString(), "Natural Sciences", "micromasters");
        assertThat(data.user().id()).isEqualTo(ada.lmsUserId());
        assertThat(data.user().pii().name()).isEqualTo("Ada Lovelace");
        assertThat(data.status()).isEqualTo("awarded");
        assertThat(data.url())
                .isEqualTo("http://localhost:18150/credentials/" + data.uuid().replace("-", "") + "/");
        assertThat(revoked.data().uuid()).isEqualTo(data.uuid());
        assertThat(revoked.data().status()).isEqualTo("revoked");
        assertThat(records.publishedEvents(ada.username()))
                .containsExactly(awarded.metadata().id(), revoked.metadata().id());
    }

    @Test
    void coursesThatArriveInTheWrongOrderLeadToTheSameProgram() {
        UUID program = records.program("Natural Sciences", physics, chemistry);

        lms.awards(ada, physics, WEDNESDAY);
        lms.awards(ada, chemistry, MONDAY);
        lms.revokes(ada, chemistry, TUESDAY);

        assertThat(records.programStatus(ada.username(), program)).containsExactly("revoked");
    }

    @Test
    void whatIsPublishedAboutALearnerWaitsForTheUserIdOfTheLms() {
        UUID program = records.program("Natural Sciences");
        state(null, program, Status.AWARDED, MONDAY);
        state(null, program, Status.REVOKED, TUESDAY);
        recorder.assertNothing();

        lms.awards(ada, physics, MONDAY);

        List<Event<ProgramCertificateData>> events = List.of(
                recorder.await(LearningSignals.PROGRAM_CERTIFICATE_AWARDED),
                recorder.await(LearningSignals.PROGRAM_CERTIFICATE_REVOKED));
        assertThat(events).extracting(event -> event.data().status()).containsExactly("awarded", "revoked");
        assertThat(records.publishedEvents(ada.username()))
                .containsExactly(
                        events.get(0).metadata().id(), events.get(1).metadata().id());
    }

    @Test
    void aRevocationOfWhatNobodyHadIsNotPublished() {
        UUID program = records.program("Natural Sciences");

        state(ada.lmsUserId(), program, Status.REVOKED, MONDAY);

        assertThat(records.programStatus(ada.username(), program)).containsExactly("revoked");
        assertThat(records.publishedEvents(ada.username())).isEmpty();
    }

    @Test
    void aLateEventFindsALearnerWhoWasRenamed() {
        lms.awards(ada, physics, MONDAY);
        String renamed = ada.username() + "-byron";

        assertThat(learners.rename(ada.username(), renamed)).isTrue();
        lms.awards(ada, chemistry, TUESDAY);
        state(null, records.program("Natural Sciences"), Status.AWARDED, TUESDAY);

        assertThat(records.courseStatus(renamed, chemistry)).isEqualTo("awarded");
        assertThat(learners.find(ada.username())).isEmpty();
        assertThat(records.history(renamed)).hasSize(3);
    }

    @Test
    void theUsernameOfAnotherLearnerIsAFailureThatNamesNobody() {
        lms.awards(ada, physics, MONDAY);
        Person impostor = new Person(1_000_000 + ada.lmsUserId(), ada.username(), "Somebody");

        assertThatThrownBy(() -> lms.awards(impostor, physics, TUESDAY))
                .rootCause()
                .hasMessage(
                        "The username of the learner with the LMS user id %d belongs to the one with the LMS user id %d:"
                                + " rename one of them, or correct the LMS user id",
                        impostor.lmsUserId(), ada.lmsUserId());
    }

    /** What a call does. */
    private void state(@Nullable Long lmsUserId, UUID program, Status status, Instant time) {
        transaction.executeWithoutResult(status1 -> credentials.state(
                learners.lock(lmsUserId, ada.username()),
                certificates.ofProgram(program).orElseThrow(),
                status,
                Origin.call("credentials_service_user", time)));
    }
}
