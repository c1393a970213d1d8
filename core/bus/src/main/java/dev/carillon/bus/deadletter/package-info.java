/** Events that a group could not handle, and how to redrive or replay events. */
@NullMarked
package dev.carillon.bus.deadletter;

import org.jspecify.annotations.NullMarked;
