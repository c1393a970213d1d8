package dev.carillon.credentials.learner;

import dev.carillon.credentials.internal.Times;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The grades of learners in course runs. */
@Repository
public class Grades {

    private final JdbcClient database;
    private final Clock clock;

    Grades(JdbcClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * What the LMS says about a grade.
     *
     * @param letter null if the course has none
     * @param percent from 0 to 1; null if unknown
     * @param verified whether the learner's identity was verified
     * @param lmsLastUpdatedAt when the LMS last changed it; null if unknown
     */
    public record Values(
            @Nullable String letter,
            @Nullable BigDecimal percent,
            boolean verified,
            @Nullable Instant lmsLastUpdatedAt) {}

    /** A learner's grade in a course run. */
    public record Grade(
            long id, String username, String courseRunKey, Values values, Instant created, Instant modified) {}

    /** Records a grade, or replaces it. */
    @Transactional(propagation = Propagation.MANDATORY)
    public Grade upsert(Learner learner, long courseRunId, Values values) {
        OffsetDateTime now = Times.required(Times.now(clock));
        database.sql("""
                        INSERT INTO user_grade (learner_id, course_run_id, verified, created, modified)
                        VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
                        """)
                .param(learner.id())
                .param(courseRunId)
                .param(values.verified())
                .param(now)
                .param(now)
                .update();
        long id = database.sql("SELECT id FROM user_grade WHERE learner_id = ? AND course_run_id = ?")
                .param(learner.id())
                .param(courseRunId)
                .query(Long.class)
                .single();
        update(id, values);
        return find(id).orElseThrow();
    }

    /** Replaces the values of a grade. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void update(long id, Values values) {
        database.sql("""
                        UPDATE user_grade SET letter_grade = ?, percent_grade = ?, verified = ?, lms_last_updated_at = ?, modified = ?
                        WHERE id = ?
                        """)
                .param(values.letter())
                .param(values.percent())
                .param(values.verified())
                .param(Times.parameter(values.lmsLastUpdatedAt()))
                .param(Times.required(Times.now(clock)))
                .param(id)
                .update();
    }

    /** Finds a grade by its number. */
    public Optional<Grade> find(long id) {
        return database.sql("""
                        SELECT grade.id, learner.username, run.course_run_key, grade.letter_grade, grade.percent_grade,
                            grade.verified, grade.lms_last_updated_at, grade.created, grade.modified
                        FROM user_grade grade
                            JOIN learner ON learner.id = grade.learner_id
                            JOIN course_run run ON run.id = grade.course_run_id
                        WHERE grade.id = ?
                        """)
                .param(id)
                .query((row, number) -> new Grade(
                        row.getLong("id"),
                        row.getString("username"),
                        row.getString("course_run_key"),
                        new Values(
                                row.getString("letter_grade"),
                                row.getBigDecimal("percent_grade"),
                                row.getBoolean("verified"),
                                Times.nullable(row, "lms_last_updated_at")),
                        Times.required(row, "created"),
                        Times.required(row, "modified")))
                .optional();
    }
}
