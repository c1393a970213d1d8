/** Tests of what the bus shares with its transports. */
@NullMarked
package dev.carillon.bus.internal;

import org.jspecify.annotations.NullMarked;
