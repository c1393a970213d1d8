/** Tests of outbox and inbox, on real databases. */
@NullMarked
package dev.carillon.bus.jdbc;

import org.jspecify.annotations.NullMarked;

