/** The event bus: settings, producer and consumers, for any broker. */
@NullMarked
package dev.carillon.bus;

import org.jspecify.annotations.NullMarked;
