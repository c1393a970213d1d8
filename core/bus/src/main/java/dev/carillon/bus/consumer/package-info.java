/** How a consumer reads, retries, stores dead letters and reports: its options, counts and health. */
@NullMarked
package dev.carillon.bus.consumer;

import org.jspecify.annotations.NullMarked;
