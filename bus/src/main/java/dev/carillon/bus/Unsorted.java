package dev.carillon.bus;

/**
 * A message whose key is on the wire, so that its lane is known without a look at the event: the lane sorts it, which keeps the
 * polling thread free.
 *
 * @param held the message
 */
record Unsorted(Held held) implements Task {}
