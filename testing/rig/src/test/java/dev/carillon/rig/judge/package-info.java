/** Tests that the judge detects each kind of failure. */
@NullMarked
package dev.carillon.rig.judge;

import org.jspecify.annotations.NullMarked;
