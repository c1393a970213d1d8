package dev.carillon.credentials.learner;

/**
 * The LMS's user id of a learner became known. Sent within the transaction that records it.
 *
 * @param learner with the id
 */
public record LearnerIdentified(Learner learner) {}
