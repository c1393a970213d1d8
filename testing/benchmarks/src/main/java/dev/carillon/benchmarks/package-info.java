/** Performance of Carillon compared with other libraries. */
@NullMarked
package dev.carillon.benchmarks;

import org.jspecify.annotations.NullMarked;
