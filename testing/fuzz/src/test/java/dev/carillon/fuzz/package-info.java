/** Whatever comes from outside is read or refused, and nothing else. */
@NullMarked
package dev.carillon.fuzz;

import org.jspecify.annotations.NullMarked;

