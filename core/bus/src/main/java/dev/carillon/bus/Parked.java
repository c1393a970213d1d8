package dev.carillon.bus;

/**
 * A message that waits by its position alone, until it is read again.
 *
 * @param held the message
 */
record Parked(Held held) implements Task {}
