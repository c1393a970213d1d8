/** Tests of the package. */
@NullMarked
package dev.carillon.bus.consumer;

import org.jspecify.annotations.NullMarked;
