/** Says from three lists whether anything was lost, disordered or done twice. */
@NullMarked
package dev.carillon.rig.judge;

import org.jspecify.annotations.NullMarked;

