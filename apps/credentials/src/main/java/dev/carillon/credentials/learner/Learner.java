package dev.carillon.credentials.learner;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who earns credentials.
 *
 * @param id the number of the row
 * @param username the LMS's username
 * @param lmsUserId the LMS's id; null as long as only calls that do not contain it have named the learner
 * @param email empty if unknown
 * @param fullName empty if unknown
 * @param active whether the account in the LMS is active
 * @param profileTime the source time of the newest event that brought name, e-mail and activity; null if none has
 */
public record Learner(
        long id,
        String username,
        @Nullable Long lmsUserId,
        String email,
        String fullName,
        boolean active,
        @Nullable Instant profileTime) {

    /** Names the learner by the row: names and addresses do not belong in logs. */
    @Override
    public String toString() {
        return "learner " + id;
    }
}
