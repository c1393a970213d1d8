package dev.carillon.credentials.credential;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The certificates of one type that a course run has.
 *
 * @param id the number of the row
 * @param courseRunId which run
 * @param type such as {@code verified}
 * @param availableDate from when learners see them; null: at once
 * @param partOfProgram whether a program contains the run
 */
public record CourseCertificate(
        long id, long courseRunId, String type, @Nullable Instant availableDate, boolean partOfProgram) {}
