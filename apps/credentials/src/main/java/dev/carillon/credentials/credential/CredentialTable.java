package dev.carillon.credentials.credential;

import dev.carillon.credentials.internal.Times;
import dev.carillon.credentials.learner.Learner;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The rows of credentials and of their history. */
@Repository
class CredentialTable {

    /** Which certificate a credential is of. */
    enum Kind {
        COURSE("course_certificate_id"),
        PROGRAM("program_certificate_id");

        private final String column;

        Kind(String column) {
            this.column = column;
        }
    }

    private final JdbcClient database;

    CredentialTable(JdbcClient database) {
        this.database = database;
    }

    Optional<Credential> find(Learner learner, Kind kind, long certificateId) {
        return database.sql("""
                        SELECT id, uuid, status, source_time, visible_date, created, modified FROM credential
                        WHERE learner_id = ? AND %s = ?
                        """.formatted(kind.column))
                .param(learner.id())
                .param(certificateId)
                .query((row, number) -> new Credential(
                        row.getLong("id"),
                        row.getObject("uuid", UUID.class),
                        Status.of(row.getString("status")),
                        Times.required(row, "source_time"),
                        Times.nullable(row, "visible_date"),
                        Times.required(row, "created"),
                        Times.required(row, "modified")))
                .optional();
    }

    /** Whose credential of what: for the one who only has its identity. */
    record Reference(long learnerId, Kind kind, long certificateId) {}

    Optional<Reference> reference(UUID uuid) {
        return database.sql(
                        "SELECT learner_id, course_certificate_id, program_certificate_id FROM credential WHERE uuid = ?")
                .param(uuid)
                .query((row, number) -> {
                    Long course = row.getObject(Kind.COURSE.column, Long.class);
                    return course == null
                            ? new Reference(row.getLong("learner_id"), Kind.PROGRAM, row.getLong(Kind.PROGRAM.column))
                            : new Reference(row.getLong("learner_id"), Kind.COURSE, course);
                })
                .optional();
    }

    Credential insert(
            Learner learner,
            Kind kind,
            long certificateId,
            Status status,
            Instant sourceTime,
            @Nullable Instant visibleDate,
            Instant now) {
        UUID uuid = UUID.randomUUID();
        database.sql("""
                        INSERT INTO credential (uuid, learner_id, %s, status, source_time, visible_date, created, modified)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                        """.formatted(kind.column))
                .param(uuid)
                .param(learner.id())
                .param(certificateId)
                .param(status.text())
                .param(Times.parameter(sourceTime))
                .param(Times.parameter(visibleDate))
                .param(Times.parameter(now))
                .param(Times.parameter(now))
                .update();
        return find(learner, kind, certificateId).orElseThrow();
    }

    void update(Credential credential) {
        database.sql("UPDATE credential SET status = ?, source_time = ?, modified = ? WHERE id = ?")
                .param(credential.status().text())
                .param(Times.parameter(credential.sourceTime()))
                .param(Times.parameter(credential.modified()))
                .param(credential.id())
                .update();
    }

    void addHistory(Change change, Status said, Origin origin, Publication publication, Instant now) {
        database.sql("""
                        INSERT INTO credential_history (credential_id, recorded, cause, event_id, actor, source_time,
                            status_said, status_before, status_after, publication)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """)
                .param(change.after().id())
                .param(Times.parameter(now))
                .param(origin.cause().text())
                .param(origin.eventId())
                .param(origin.actor())
                .param(Times.parameter(origin.sourceTime()))
                .param(said.text())
                .param(change.before() == null ? null : change.before().status().text())
                .param(change.after().status().text())
                .param(publication.text())
                .update();
    }
}
