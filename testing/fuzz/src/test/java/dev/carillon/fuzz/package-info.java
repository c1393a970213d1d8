/** Untrusted input is read or rejected, and has no other effect. */
@NullMarked
package dev.carillon.fuzz;

import org.jspecify.annotations.NullMarked;
