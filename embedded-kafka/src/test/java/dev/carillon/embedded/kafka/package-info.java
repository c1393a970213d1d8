/** Tests of the embedded Kafka and schema registry. */
@NullMarked
package dev.carillon.embedded.kafka;

import org.jspecify.annotations.NullMarked;
