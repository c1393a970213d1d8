/** Tests of the package. */
@NullMarked
package dev.carillon.bus.internal.deadletter;

import org.jspecify.annotations.NullMarked;
