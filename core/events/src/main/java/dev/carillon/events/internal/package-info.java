/** Pieces that Carillon's modules share; no API. */
@NullMarked
package dev.carillon.events.internal;

import org.jspecify.annotations.NullMarked;

