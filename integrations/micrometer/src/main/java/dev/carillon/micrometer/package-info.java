/** Metrics of deliveries, sends, groups and the outbox, for Micrometer. */
@NullMarked
package dev.carillon.micrometer;

import org.jspecify.annotations.NullMarked;
