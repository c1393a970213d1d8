/** What a group could not handle, and bringing events to a group again. */
@NullMarked
package dev.carillon.bus.deadletter;

import org.jspecify.annotations.NullMarked;
