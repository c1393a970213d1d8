package dev.carillon.credentials.credential;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A certificate that a learner has, or had.
 *
 * @param id the number of the row
 * @param uuid the identity that the LMS, pages and events know
 * @param sourceTime when what decided the status happened
 * @param visibleDate from when the learner sees it, if the certificate is active; null as long as that is unknown
 * @param created when the row was written
 * @param modified when it was last changed
 */
public record Credential(
        long id,
        UUID uuid,
        Status status,
        Instant sourceTime,
        @Nullable Instant visibleDate,
        Instant created,
        Instant modified) {

    Credential with(Status newStatus, Instant newSourceTime, Instant newModified) {
        return new Credential(id, uuid, newStatus, newSourceTime, visibleDate, created, newModified);
    }

    boolean isAwarded() {
        return status == Status.AWARDED;
    }
}
