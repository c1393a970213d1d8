/** The event bus: settings, producer and consumers, whatever the broker. */
@NullMarked
package dev.carillon.bus;

import org.jspecify.annotations.NullMarked;
