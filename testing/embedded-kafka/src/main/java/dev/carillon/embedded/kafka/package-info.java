/** A real Kafka and a real schema registry, started from Java: processes with class paths of their own. */
@NullMarked
package dev.carillon.embedded.kafka;

import org.jspecify.annotations.NullMarked;
