/** What a transport implements to carry events over a broker. */
@NullMarked
package dev.carillon.bus.transport;

import org.jspecify.annotations.NullMarked;
