/** Faults come from the seed, and are mended. */
@NullMarked
package dev.carillon.rig.fault;

import org.jspecify.annotations.NullMarked;

