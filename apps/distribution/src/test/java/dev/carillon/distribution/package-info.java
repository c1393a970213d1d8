/** Tests of the zip as its users unpack and run it. */
@NullMarked
package dev.carillon.distribution;

import org.jspecify.annotations.NullMarked;
