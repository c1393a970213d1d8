/** Checks of what is published. */
@NullMarked
package dev.carillon.conventions.release;

import org.jspecify.annotations.NullMarked;
