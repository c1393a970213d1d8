package dev.carillon.bus;

import org.jspecify.annotations.Nullable;

/**
 * A message that can be delivered to nobody, on its way to the failure policy.
 *
 * @param held the message
 * @param problem why; null for a dead letter that was redriven, and that nobody here wants
 */
record Undeliverable(Held held, @Nullable RuntimeException problem) implements Task {}
