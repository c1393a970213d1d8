/** How each thing is broken and mended. */
@NullMarked
package dev.carillon.rig.breakage;

import org.jspecify.annotations.NullMarked;

