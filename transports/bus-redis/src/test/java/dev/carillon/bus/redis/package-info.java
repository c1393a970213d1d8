/** Tests of the Redis transport against a real Redis. */
@NullMarked
package dev.carillon.bus.redis;

import org.jspecify.annotations.NullMarked;
