package dev.carillon.credentials.credential;

import dev.carillon.credentials.catalog.Program;
import dev.carillon.credentials.internal.Times;
import dev.carillon.credentials.learner.Learner;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Awards a program with the last of its courses, and revokes it when one of them is revoked, if the service is configured to. A course
 * counts with a certificate of one of its runs in the program, of the type that is the run's mode.
 */
@Component
class ProgramRule {

    private static final String PROGRAMS = """
            SELECT certificate.id AS certificate_id, program.id AS program_id, program.uuid, program.title, program.type_slug,
                program.status,
                (SELECT COUNT(DISTINCT COALESCE(run.course_id, -run.id))
                    FROM program_course_run part JOIN course_run run ON run.id = part.course_run_id
                    WHERE part.program_id = program.id) AS courses,
                (SELECT COUNT(DISTINCT COALESCE(run.course_id, -run.id))
                    FROM program_course_run part JOIN course_run run ON run.id = part.course_run_id
                        JOIN course_certificate of_run ON of_run.course_run_id = run.id
                            AND (run.mode IS NULL OR of_run.certificate_type = run.mode)
                        JOIN credential course ON course.course_certificate_id = of_run.id
                    WHERE part.program_id = program.id AND course.learner_id = ? AND course.status = 'awarded') AS completed,
                (SELECT MAX(course.source_time)
                    FROM program_course_run part
                        JOIN course_certificate of_run ON of_run.course_run_id = part.course_run_id
                        JOIN credential course ON course.course_certificate_id = of_run.id
                    WHERE part.program_id = program.id AND course.learner_id = ?) AS since,
                (SELECT credential.status FROM credential
                    WHERE credential.program_certificate_id = certificate.id AND credential.learner_id = ?) AS credential_status
            FROM program JOIN program_certificate certificate ON certificate.program_id = program.id
            WHERE certificate.is_active
                AND program.id IN (SELECT program_id FROM program_course_run WHERE course_run_id = ?)
            ORDER BY program.id
            """;

    private final JdbcClient database;
    private final CredentialsProperties properties;

    ProgramRule(JdbcClient database, CredentialsProperties properties) {
        this.database = database;
        this.properties = properties;
    }

    /**
     * What follows for a program.
     *
     * @param since when the newest statement about one of its courses was made: later ones about the program count more
     */
    record Conclusion(ProgramCertificate certificate, Status status, Instant since) {}

    /** What follows for programs from a course certificate that has just got this status. */
    List<Conclusion> programs(Learner learner, CourseCertificate changed, Status status) {
        if (!properties.autoAwardPrograms()) {
            return List.of();
        }
        return database
                .sql(PROGRAMS)
                .param(learner.id())
                .param(learner.id())
                .param(learner.id())
                .param(changed.courseRunId())
                .query((row, number) -> {
                    boolean isComplete = row.getInt("completed") == row.getInt("courses");
                    boolean isAwarded = Status.AWARDED.text().equals(row.getString("credential_status"));
                    Conclusion conclusion = new Conclusion(
                            new ProgramCertificate(
                                    row.getLong("certificate_id"),
                                    new Program(
                                            row.getLong("program_id"),
                                            row.getObject("uuid", UUID.class),
                                            row.getString("title"),
                                            row.getString("type_slug"),
                                            row.getString("status")),
                                    true),
                            status,
                            Times.required(row, "since"));
                    return new Candidate(conclusion, isComplete, isAwarded);
                })
                .list()
                .stream()
                .filter(each -> each.follows(status))
                .map(Candidate::conclusion)
                .toList();
    }

    private record Candidate(Conclusion conclusion, boolean isComplete, boolean isAwarded) {

        boolean follows(Status ofCourse) {
            return ofCourse == Status.AWARDED ? isComplete && !isAwarded : !isComplete && isAwarded;
        }
    }
}
