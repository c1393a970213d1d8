/** Tests of the rig, including short runs of it. */
@NullMarked
package dev.carillon.rig;

import org.jspecify.annotations.NullMarked;
