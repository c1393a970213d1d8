/** Storms in miniature, and what the rig makes of them. */
@NullMarked
package dev.carillon.rig;

import org.jspecify.annotations.NullMarked;

