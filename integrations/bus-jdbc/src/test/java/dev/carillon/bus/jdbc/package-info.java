/** Tests of outbox and inbox on real databases and brokers. */
@NullMarked
package dev.carillon.bus.jdbc;

import org.jspecify.annotations.NullMarked;
