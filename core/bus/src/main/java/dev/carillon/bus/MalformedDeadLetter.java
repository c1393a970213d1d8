package dev.carillon.bus;

/**
 * Something among the dead letters of a group that is none: somebody else wrote it, or it was damaged. Nobody can tell what it was, or
 * bring it back; it can be discarded.
 *
 * @param place where it stands, in the broker's words
 * @param reason why it is no dead letter; nothing of what it holds
 */
public record MalformedDeadLetter(String place, String reason) {}
