/** Pieces of the bus that its transports and the command share; no API. */
@NullMarked
package dev.carillon.bus.internal;

import org.jspecify.annotations.NullMarked;
