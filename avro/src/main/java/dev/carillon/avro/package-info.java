/** Event data as Avro bytes and as JSON, derived from the record that holds them. */
@NullMarked
package dev.carillon.avro;

import org.jspecify.annotations.NullMarked;
