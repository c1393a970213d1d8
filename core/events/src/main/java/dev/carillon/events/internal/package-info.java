/** Code shared by Carillon's modules; not an API. */
@NullMarked
package dev.carillon.events.internal;

import org.jspecify.annotations.NullMarked;
