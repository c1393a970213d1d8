/** Tests of the settings. */
@NullMarked
package dev.carillon.bus.config;

import org.jspecify.annotations.NullMarked;
