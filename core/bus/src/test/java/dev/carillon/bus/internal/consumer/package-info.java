/** Tests of the package. */
@NullMarked
package dev.carillon.bus.internal.consumer;

import org.jspecify.annotations.NullMarked;
