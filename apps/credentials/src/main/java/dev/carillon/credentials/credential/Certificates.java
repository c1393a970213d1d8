package dev.carillon.credentials.credential;

import dev.carillon.credentials.catalog.Catalog;
import dev.carillon.credentials.catalog.Program;
import dev.carillon.credentials.internal.Times;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Which certificates there are: the configurations, of which credentials are the awards. */
@Repository
public class Certificates {

    private final JdbcClient database;
    private final Catalog catalog;

    Certificates(JdbcClient database, Catalog catalog) {
        this.database = database;
        this.catalog = catalog;
    }

    /** Returns the certificate of a course run; creates it, and a provisional run, if it is unknown. */
    public CourseCertificate ofCourseRun(String courseRunKey, String type) {
        Optional<CourseCertificate> known = findOfCourseRun(courseRunKey, type);
        if (known.isPresent()) {
            return known.get();
        }
        database.sql("""
                        INSERT INTO course_certificate (course_run_id, certificate_type) VALUES (?, ?)
                        ON CONFLICT DO NOTHING
                        """).param(catalog.courseRun(courseRunKey)).param(type).update();
        return findOfCourseRun(courseRunKey, type).orElseThrow();
    }

    /** Finds the certificate of a course run. */
    public Optional<CourseCertificate> findOfCourseRun(String courseRunKey, String type) {
        return database.sql("""
                        SELECT certificate.id, certificate.course_run_id, certificate.certificate_type,
                            certificate.certificate_available_date,
                            EXISTS (SELECT 1 FROM program_course_run part WHERE part.course_run_id = run.id) AS part_of_program
                        FROM course_certificate certificate JOIN course_run run ON run.id = certificate.course_run_id
                        WHERE run.course_run_key = ? AND certificate.certificate_type = ?
                        """)
                .param(courseRunKey)
                .param(type)
                .query((row, number) -> new CourseCertificate(
                        row.getLong("id"),
                        row.getLong("course_run_id"),
                        row.getString("certificate_type"),
                        Times.nullable(row, "certificate_available_date"),
                        row.getBoolean("part_of_program")))
                .optional();
    }

    /**
     * Finds the certificate of a program. A program that nobody has configured yet gets an inactive one, so that an award is kept
     * until somebody does.
     *
     * @return empty when the catalog has no such program
     */
    public Optional<ProgramCertificate> ofProgram(UUID programUuid) {
        return catalog.program(programUuid)
                .map(program -> findOfProgram(program).orElseGet(() -> pending(program)));
    }

    private ProgramCertificate pending(Program program) {
        database.sql("INSERT INTO program_certificate (program_id, is_active) VALUES (?, FALSE) ON CONFLICT DO NOTHING")
                .param(program.id())
                .update();
        return findOfProgram(program).orElseThrow();
    }

    private Optional<ProgramCertificate> findOfProgram(Program program) {
        return database.sql("SELECT id, is_active FROM program_certificate WHERE program_id = ?")
                .param(program.id())
                .query((row, number) -> new ProgramCertificate(row.getLong("id"), program, row.getBoolean("is_active")))
                .optional();
    }
}
