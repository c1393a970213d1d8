/** The command that runs an event bus under faults and checks that nothing is lost. */
@NullMarked
package dev.carillon.rig;

import org.jspecify.annotations.NullMarked;
