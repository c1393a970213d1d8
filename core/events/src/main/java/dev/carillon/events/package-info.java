/** Signals and receivers inside one process. */
@NullMarked
package dev.carillon.events;

import org.jspecify.annotations.NullMarked;
