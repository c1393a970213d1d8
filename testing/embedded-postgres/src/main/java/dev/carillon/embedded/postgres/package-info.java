/** A real PostgreSQL, started from Java, which can be killed and restarted. */
@NullMarked
package dev.carillon.embedded.postgres;

import org.jspecify.annotations.NullMarked;
