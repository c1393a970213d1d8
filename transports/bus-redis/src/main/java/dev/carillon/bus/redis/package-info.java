/** The event bus on Redis Streams. */
@NullMarked
package dev.carillon.bus.redis;

import org.jspecify.annotations.NullMarked;

