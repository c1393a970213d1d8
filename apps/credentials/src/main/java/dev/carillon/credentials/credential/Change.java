package dev.carillon.credentials.credential;

import org.jspecify.annotations.Nullable;

/**
 * What a statement did to a credential.
 *
 * @param before null if the credential was created
 * @param after the credential now
 */
record Change(@Nullable Credential before, Credential after) {

    /** Whether the credential was created, or its status changed. */
    boolean isTransition() {
        return before == null || before.status() != after.status();
    }

    /** Whether others have to know: somebody has the credential now, or no longer. */
    boolean concernsOthers() {
        return isTransition() && (after.isAwarded() || before != null);
    }
}
