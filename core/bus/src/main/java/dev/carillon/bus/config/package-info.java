/** Settings: where they come from, how they are checked, and what they say about publishing. */
@NullMarked
package dev.carillon.bus.config;

import org.jspecify.annotations.NullMarked;
