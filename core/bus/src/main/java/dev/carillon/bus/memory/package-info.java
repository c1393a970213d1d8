/** An in-process transport for tests. */
@NullMarked
package dev.carillon.bus.memory;

import org.jspecify.annotations.NullMarked;
