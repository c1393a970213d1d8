/** The consumer engine: polling, ordering by key, delivery, retries, acknowledgement. */
@NullMarked
package dev.carillon.bus.internal.consumer;

import org.jspecify.annotations.NullMarked;
