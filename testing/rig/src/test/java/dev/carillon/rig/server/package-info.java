/** The network breaks as it is told to. */
@NullMarked
package dev.carillon.rig.server;

import org.jspecify.annotations.NullMarked;

