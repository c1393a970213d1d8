/** Tests of the sample. */
@NullMarked
package dev.carillon.samples.table;

import org.jspecify.annotations.NullMarked;
