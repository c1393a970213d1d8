/** Receivers that jars on the class path bring along. */
@NullMarked
package dev.carillon.events.plugins;

import org.jspecify.annotations.NullMarked;

