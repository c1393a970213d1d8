/** A client of schema registries that speak Confluent's API. Internal to the transport: no API. */
@NullMarked
package dev.carillon.bus.kafka.registry;

import org.jspecify.annotations.NullMarked;

