/** The judge finds what is wrong. */
@NullMarked
package dev.carillon.rig.judge;

import org.jspecify.annotations.NullMarked;

