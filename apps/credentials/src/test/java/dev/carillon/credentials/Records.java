package dev.carillon.credentials;

import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the tests put into the database, and read from it. */
final class Records {

    private final JdbcClient database;

    Records(JdbcClient database) {
        this.database = database;
    }

    /** Adds a program of these course runs, each of a course of its own, with an active certificate. */
    UUID program(String title, String... courseRuns) {
        UUID uuid = program(title);
        long id = id("SELECT id FROM program WHERE uuid = ?", uuid);
        for (int i = 0; i < courseRuns.length; i++) {
            database.sql("INSERT INTO course_run (course_run_key, uuid, mode) VALUES (?, ?, 'verified')")
                    .param(courseRuns[i])
                    .param(UUID.randomUUID())
                    .update();
            database.sql("INSERT INTO program_course_run (program_id, position, course_run_id) VALUES (?, ?, ?)")
                    .param(id)
                    .param(i)
                    .param(id("SELECT id FROM course_run WHERE course_run_key = ?", courseRuns[i]))
                    .update();
        }
        database.sql("INSERT INTO program_certificate (program_id, is_active) VALUES (?, TRUE)")
                .param(id)
                .update();
        return uuid;
    }

    /** Adds a program without courses that nobody has configured. */
    UUID program(String title) {
        UUID uuid = UUID.randomUUID();
        database.sql("""
                        INSERT INTO program (uuid, title, type, type_slug, status)
                        VALUES (?, ?, 'MicroMasters', 'micromasters', 'active')
                        """).param(uuid).param(title).update();
        return uuid;
    }

    private long id(String query, Object parameter) {
        return database.sql(query).param(parameter).query(Long.class).single();
    }

    /** The status of a learner's verified certificate of a course run. */
    String courseStatus(String username, String courseRun) {
        return database.sql("""
                        SELECT credential.status FROM credential
                            JOIN learner ON learner.id = credential.learner_id
                            JOIN course_certificate certificate ON certificate.id = credential.course_certificate_id
                            JOIN course_run run ON run.id = certificate.course_run_id
                        WHERE learner.username = ? AND run.course_run_key = ? AND certificate.certificate_type = 'verified'
                        """)
                .param(username)
                .param(courseRun)
                .query(String.class)
                .single();
    }

    /** The status of a learner's certificate of a program; nothing if there is none. */
    List<String> programStatus(String username, UUID program) {
        return database.sql("""
                        SELECT credential.status FROM credential
                            JOIN learner ON learner.id = credential.learner_id
                            JOIN program_certificate certificate ON certificate.id = credential.program_certificate_id
                            JOIN program ON program.id = certificate.program_id
                        WHERE learner.username = ? AND program.uuid = ?
                        """)
                .param(username)
                .param(program)
                .query(String.class)
                .list();
    }

    /** What was said about all credentials of a learner: cause, what was said, and the status before and after. */
    List<String> history(String username) {
        return database.sql("""
                        SELECT cause || ': ' || status_said || ', ' || COALESCE(status_before, 'none') || ' to ' || status_after
                        FROM credential_history history
                            JOIN credential ON credential.id = history.credential_id
                            JOIN learner ON learner.id = credential.learner_id
                        WHERE learner.username = ? ORDER BY history.id
                        """).param(username).query(String.class).list();
    }

    /** The ids of the events that were published about a learner's credentials. */
    List<UUID> publishedEvents(String username) {
        return database.sql("""
                        SELECT published_event_id FROM credential_history history
                            JOIN credential ON credential.id = history.credential_id
                            JOIN learner ON learner.id = credential.learner_id
                        WHERE learner.username = ? AND publication = 'done' ORDER BY history.id
                        """).param(username).query(UUID.class).list();
    }
}
