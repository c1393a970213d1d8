package dev.carillon.credentials.learner;

import java.time.Instant;

/**
 * What an event says about a learner.
 *
 * @param time when that was so
 */
public record Profile(long lmsUserId, String username, String email, String fullName, boolean active, Instant time) {

    /** Names the learner by the LMS's id only. */
    @Override
    public String toString() {
        return "the learner with the LMS user id " + lmsUserId;
    }
}
