/** How dead letters are stored, ordered and found again. */
@NullMarked
package dev.carillon.bus.internal.deadletter;

import org.jspecify.annotations.NullMarked;
