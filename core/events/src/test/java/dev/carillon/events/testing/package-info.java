/** Helpers for tests of several modules, which use them as {@code carillon-events} of type {@code test-jar}. */
@NullMarked
package dev.carillon.events.testing;

import org.jspecify.annotations.NullMarked;
