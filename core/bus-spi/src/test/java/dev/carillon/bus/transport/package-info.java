/** Tests of what a transport implements. */
@NullMarked
package dev.carillon.bus.transport;

import org.jspecify.annotations.NullMarked;
