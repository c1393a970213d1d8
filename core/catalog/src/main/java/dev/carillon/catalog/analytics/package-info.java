/** The tracking log. */
@NullMarked
package dev.carillon.catalog.analytics;

import org.jspecify.annotations.NullMarked;
