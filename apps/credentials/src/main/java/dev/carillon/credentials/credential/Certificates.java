package dev.carillon.credentials.credential;

import dev.carillon.credentials.catalog.Catalog;
import dev.carillon.credentials.catalog.Program;
import dev.carillon.credentials.internal.Times;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Which certificates there are: the configurations, of which credentials are the awards. */
@Repository
public class Certificates {

    private static final String OF_COURSE_RUN = """
            SELECT certificate.id, certificate.course_run_id, certificate.certificate_type,
                certificate.certificate_available_date,
                EXISTS (SELECT 1 FROM program_course_run part WHERE part.course_run_id = run.id) AS part_of_program
            FROM course_certificate certificate JOIN course_run run ON run.id = certificate.course_run_id
            """;

    private final JdbcClient database;
    private final Catalog catalog;
    private final VisibleDates visibleDates;

    Certificates(JdbcClient database, Catalog catalog, VisibleDates visibleDates) {
        this.database = database;
        this.catalog = catalog;
        this.visibleDates = visibleDates;
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
        return database.sql(OF_COURSE_RUN + "WHERE run.course_run_key = ? AND certificate.certificate_type = ?")
                .param(courseRunKey)
                .param(type)
                .query((row, number) -> courseCertificate(row))
                .optional();
    }

    CourseCertificate ofCourseRun(long id) {
        return database.sql(OF_COURSE_RUN + "WHERE certificate.id = ?")
                .param(id)
                .query((row, number) -> courseCertificate(row))
                .single();
    }

    private static CourseCertificate courseCertificate(ResultSet row) throws SQLException {
        return new CourseCertificate(
                row.getLong("id"),
                row.getLong("course_run_id"),
                row.getString("certificate_type"),
                Times.nullable(row, "certificate_available_date"),
                row.getBoolean("part_of_program"));
    }

    /** The types of certificates that a course run has. */
    public List<String> typesOf(String courseRunKey) {
        return database.sql("""
                        SELECT certificate.certificate_type
                        FROM course_certificate certificate JOIN course_run run ON run.id = certificate.course_run_id
                        WHERE run.course_run_key = ? ORDER BY certificate.certificate_type
                        """).param(courseRunKey).query(String.class).list();
    }

    /**
     * How the certificates of one type of a course run are configured.
     *
     * @param availableDate from when learners see them; null: at once
     */
    public record Configuration(
            long id,
            String courseRunKey,
            String type,
            @Nullable Instant availableDate,
            boolean active) {}

    /** The configurations of a course run, by type. */
    public List<Configuration> configurations(String courseRunKey) {
        return database.sql("""
                        SELECT certificate.id, certificate.certificate_type, certificate.certificate_available_date, certificate.is_active
                        FROM course_certificate certificate JOIN course_run run ON run.id = certificate.course_run_id
                        WHERE run.course_run_key = ? ORDER BY certificate.certificate_type
                        """)
                .param(courseRunKey)
                .query((row, number) -> new Configuration(
                        row.getLong("id"),
                        courseRunKey,
                        row.getString("certificate_type"),
                        Times.nullable(row, "certificate_available_date"),
                        row.getBoolean("is_active")))
                .list();
    }

    /** Changes the configuration of a certificate that exists, and with it from when learners see their credentials. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void configure(String courseRunKey, String type, @Nullable Instant availableDate, boolean active) {
        CourseCertificate certificate = findOfCourseRun(courseRunKey, type)
                .orElseThrow(
                        () -> new IllegalArgumentException(courseRunKey + " has no certificate of the type " + type));
        database.sql("UPDATE course_certificate SET certificate_available_date = ?, is_active = ? WHERE id = ?")
                .param(Times.parameter(availableDate))
                .param(active)
                .param(certificate.id())
                .update();
        if (!Objects.equals(availableDate, certificate.availableDate())) {
            visibleDates.updateAll(certificate);
        }
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

    /** Finds the certificate of a program, if somebody has configured it. */
    public Optional<ProgramCertificate> findOfProgram(UUID programUuid) {
        return catalog.program(programUuid).flatMap(this::findOfProgram);
    }

    ProgramCertificate ofProgram(long id) {
        UUID program = database.sql("""
                        SELECT program.uuid FROM program
                            JOIN program_certificate certificate ON certificate.program_id = program.id
                        WHERE certificate.id = ?
                        """).param(id).query(UUID.class).single();
        return findOfProgram(program).orElseThrow();
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
