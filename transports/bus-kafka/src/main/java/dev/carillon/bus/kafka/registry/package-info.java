/** A client for schema registries with Confluent's API. Internal to the Kafka transport; not an API. */
@NullMarked
package dev.carillon.bus.kafka.registry;

import org.jspecify.annotations.NullMarked;
