/** Storage, order and redrive of dead letters. */
@NullMarked
package dev.carillon.bus.internal.deadletter;

import org.jspecify.annotations.NullMarked;
