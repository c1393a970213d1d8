/** Injects each kind of fault and repairs it. */
@NullMarked
package dev.carillon.rig.injection;

import org.jspecify.annotations.NullMarked;
