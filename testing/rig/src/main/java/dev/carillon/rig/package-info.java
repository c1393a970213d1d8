/** The command that runs a bus through a storm and judges what came out of it. */
@NullMarked
package dev.carillon.rig;

import org.jspecify.annotations.NullMarked;

