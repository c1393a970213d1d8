package dev.carillon.credentials.learner;

/** An event or a call names a learner by an LMS user id and a username that belongs to another one. */
public final class UsernameTakenException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UsernameTakenException(long lmsUserId, Learner owner) {
        super("The username of the learner with the LMS user id " + lmsUserId
                + " belongs to the one with the LMS user id " + owner.lmsUserId()
                + ": rename one of them, or correct the LMS user id");
    }
}
