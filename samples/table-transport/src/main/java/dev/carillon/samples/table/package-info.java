/** The event bus on tables of a relational database: the example of {@code docs/transports.md}. */
@NullMarked
package dev.carillon.samples.table;

import org.jspecify.annotations.NullMarked;
