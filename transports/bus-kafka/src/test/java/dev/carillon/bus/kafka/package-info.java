/** Tests of the event bus on Kafka. */
@NullMarked
package dev.carillon.bus.kafka;

import org.jspecify.annotations.NullMarked;
