/** Tests of the plan of faults and of the storm. */
@NullMarked
package dev.carillon.rig.fault;

import org.jspecify.annotations.NullMarked;
