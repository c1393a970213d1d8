/** Services write down what happened to them. */
@NullMarked
package dev.carillon.rig.role;

import org.jspecify.annotations.NullMarked;

