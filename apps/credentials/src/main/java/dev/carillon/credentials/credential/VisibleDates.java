package dev.carillon.credentials.credential;

import dev.carillon.credentials.internal.Times;
import dev.carillon.credentials.learner.Learner;
import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * From when learners see the credentials of programs: when they see the last of the courses that they have. A date override of a course
 * certificate is only shown, and does not count.
 */
@Repository
class VisibleDates {

    private static final String LATEST_OF_COURSES = """
            SELECT MAX(course.visible_date)
            FROM credential course
                JOIN course_certificate certificate ON certificate.id = course.course_certificate_id
                JOIN program_course_run part ON part.course_run_id = certificate.course_run_id
            WHERE course.status = 'awarded' AND course.learner_id = %s AND part.program_id = %s
            """;

    private static final String UPDATE_PROGRAMS = """
            UPDATE credential SET visible_date = (%s)
            WHERE program_certificate_id IN (
                SELECT certificate.id FROM program_certificate certificate
                    JOIN program_course_run part ON part.program_id = certificate.program_id
                WHERE part.course_run_id = ?)
            """.formatted(LATEST_OF_COURSES.formatted(
            "credential.learner_id",
            "(SELECT program_id FROM program_certificate WHERE id = credential.program_certificate_id)"));

    private final JdbcClient database;

    VisibleDates(JdbcClient database) {
        this.database = database;
    }

    /** From when a learner sees the credential of a program; empty without a credential of one of its courses. */
    Optional<Instant> ofProgram(Learner learner, ProgramCertificate certificate) {
        return database.sql("SELECT (" + LATEST_OF_COURSES.formatted("?", "?") + ") AS latest")
                .param(learner.id())
                .param(certificate.program().id())
                .query((row, number) -> Optional.ofNullable(Times.nullable(row, "latest")))
                .single();
    }

    /** Determines the dates of a learner's credentials of programs again, after one of a course has changed. */
    void updatePrograms(Learner learner, CourseCertificate changed) {
        database.sql(UPDATE_PROGRAMS + " AND learner_id = ?")
                .param(changed.courseRunId())
                .param(learner.id())
                .update();
    }

    /** Determines all dates again that depend on from when learners see a course certificate. */
    void updateAll(CourseCertificate changed) {
        database.sql("""
                        UPDATE credential SET visible_date = COALESCE(
                            (SELECT certificate_available_date FROM course_certificate WHERE id = credential.course_certificate_id),
                            created)
                        WHERE course_certificate_id = ?
                        """).param(changed.id()).update();
        database.sql(UPDATE_PROGRAMS).param(changed.courseRunId()).update();
    }
}
