package dev.carillon.credentials.credential;

import dev.carillon.bus.EventBus;
import dev.carillon.catalog.learning.LearningSignals;
import dev.carillon.catalog.learning.ProgramCertificateData;
import dev.carillon.catalog.learning.ProgramData;
import dev.carillon.catalog.learning.UserData;
import dev.carillon.catalog.learning.UserPersonalData;
import dev.carillon.credentials.catalog.Program;
import dev.carillon.credentials.internal.Times;
import dev.carillon.credentials.learner.Learner;
import dev.carillon.credentials.learner.LearnerIdentified;
import dev.carillon.events.Event;
import dev.carillon.events.Events;
import dev.carillon.events.SendOptions;
import dev.carillon.events.Signal;
import dev.carillon.spring.EventReceiver;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Publishes the transitions of programs' credentials through the outbox, in the transaction that makes them. The events contain the
 * LMS's user id; as long as that of a learner is unknown, they wait for it in the history.
 */
@Component
class ProgramEvents {

    private final Events events;
    private final EventBus bus;
    private final JdbcClient database;
    private final CredentialUrls urls;

    ProgramEvents(Events events, EventBus bus, JdbcClient database, CredentialUrls urls) {
        this.events = events;
        this.bus = bus;
        this.database = database;
        this.urls = urls;
    }

    private static Signal<ProgramCertificateData> signal(Status status) {
        return status == Status.AWARDED
                ? LearningSignals.PROGRAM_CERTIFICATE_AWARDED
                : LearningSignals.PROGRAM_CERTIFICATE_REVOKED;
    }

    /** Whether a change is to be published, and whether that is possible. */
    Publication plan(Learner learner, Change change) {
        if (!change.concernsOthers()
                || !bus.publishedEventTypes()
                        .contains(signal(change.after().status()).eventType())) {
            return Publication.NONE;
        }
        return learner.lmsUserId() == null ? Publication.DUE : Publication.DONE;
    }

    /** Publishes what a credential is now. */
    void publish(Learner learner, Program program, Credential credential) {
        publish(learner, program, credential.uuid(), credential.status(), credential.modified());
    }

    private void publish(Learner learner, Program program, UUID uuid, Status status, Instant time) {
        long lmsUserId = requireLmsUserId(learner);
        ProgramCertificateData data = ProgramCertificateData.builder()
                .user(new UserData(
                        lmsUserId,
                        learner.active(),
                        new UserPersonalData(learner.username(), learner.email(), learner.fullName())))
                .program(new ProgramData(program.uuid().toString(), program.title(), program.typeSlug()))
                .uuid(uuid.toString())
                .status(status.text())
                .url(urls.page(uuid))
                .build();
        events.send(signal(status), data, SendOptions.failFast().at(time));
    }

    private static long requireLmsUserId(Learner learner) {
        Long id = learner.lmsUserId();
        if (id == null) {
            throw new IllegalStateException("The LMS's user id of " + learner + " is unknown");
        }
        return id;
    }

    /** Publishes what has waited for the id, in the order in which it happened. */
    @EventListener
    void publishDue(LearnerIdentified identified) {
        List<Due> all = database.sql("""
                        SELECT history.id, history.status_after, history.recorded, credential.uuid,
                            program.id AS program_id, program.uuid AS program_uuid, program.title, program.type_slug, program.status
                        FROM credential_history history
                            JOIN credential ON credential.id = history.credential_id
                            JOIN program_certificate certificate ON certificate.id = credential.program_certificate_id
                            JOIN program ON program.id = certificate.program_id
                        WHERE credential.learner_id = ? AND history.publication = 'due'
                        ORDER BY history.id
                        """)
                .param(identified.learner().id())
                .query((row, number) -> new Due(
                        row.getLong("id"),
                        Status.of(row.getString("status_after")),
                        Times.required(row, "recorded"),
                        row.getObject("uuid", UUID.class),
                        new Program(
                                row.getLong("program_id"),
                                row.getObject("program_uuid", UUID.class),
                                row.getString("title"),
                                row.getString("type_slug"),
                                row.getString("status"))))
                .list();
        for (Due due : all) {
            database.sql("UPDATE credential_history SET publication = 'done' WHERE id = ?")
                    .param(due.historyId())
                    .update();
            publish(identified.learner(), due.program(), due.uuid(), due.status(), due.time());
        }
    }

    private record Due(long historyId, Status status, Instant time, UUID uuid, Program program) {}

    /** Notes the event in the history, in the transaction that sends it. */
    @EventReceiver(
            signal = "org.openedx.learning.program.certificate.awarded.v1",
            id = "credentials.history-of-awarded")
    void awarded(Event<ProgramCertificateData> event) {
        note(event);
    }

    /** Notes the event in the history, in the transaction that sends it. */
    @EventReceiver(
            signal = "org.openedx.learning.program.certificate.revoked.v1",
            id = "credentials.history-of-revoked")
    void revoked(Event<ProgramCertificateData> event) {
        note(event);
    }

    private void note(Event<ProgramCertificateData> event) {
        database.sql("""
                        UPDATE credential_history SET published_event_id = ?
                        WHERE publication = 'done' AND published_event_id IS NULL
                            AND credential_id = (SELECT id FROM credential WHERE uuid = ?)
                        """)
                .param(event.metadata().id())
                .param(UUID.fromString(event.data().uuid()))
                .update();
    }
}
