/** Tests of the schema registry client. */
@NullMarked
package dev.carillon.bus.kafka.registry;

import org.jspecify.annotations.NullMarked;
