package dev.carillon.bus;

/**
 * A message that is no event, on its way to the failure policy.
 *
 * @param held the message
 * @param problem why it is none
 */
record Undeliverable(Held held, RuntimeException problem) implements Task {}
