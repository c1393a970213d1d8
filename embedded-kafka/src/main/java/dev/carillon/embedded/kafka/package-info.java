/** A real Kafka and a real schema registry, started from Java. */
@NullMarked
package dev.carillon.embedded.kafka;

import org.jspecify.annotations.NullMarked;
