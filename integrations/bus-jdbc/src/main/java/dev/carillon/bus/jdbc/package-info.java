/** A transactional outbox and an inbox in the service's own database. */
@NullMarked
package dev.carillon.bus.jdbc;

import org.jspecify.annotations.NullMarked;
