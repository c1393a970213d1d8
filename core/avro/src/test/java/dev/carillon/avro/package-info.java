/** Proofs that Carillon's bytes are those of the Python libraries. */
@NullMarked
package dev.carillon.avro;

import org.jspecify.annotations.NullMarked;
