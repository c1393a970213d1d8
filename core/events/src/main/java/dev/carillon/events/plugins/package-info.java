/** Receivers from jars on the class path. */
@NullMarked
package dev.carillon.events.plugins;

import org.jspecify.annotations.NullMarked;
