/** Plans faults from a seed, and carries out the plan. */
@NullMarked
package dev.carillon.rig.fault;

import org.jspecify.annotations.NullMarked;
