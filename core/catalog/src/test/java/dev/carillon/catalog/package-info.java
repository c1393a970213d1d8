/** The catalog against what the Python library says of itself. */
@NullMarked
package dev.carillon.catalog;

import org.jspecify.annotations.NullMarked;
