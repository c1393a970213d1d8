/** Settings: their sources, their validation, and the configuration of publishing. */
@NullMarked
package dev.carillon.bus.config;

import org.jspecify.annotations.NullMarked;
