/** A transport inside one process, for tests. */
@NullMarked
package dev.carillon.bus.memory;

import org.jspecify.annotations.NullMarked;
