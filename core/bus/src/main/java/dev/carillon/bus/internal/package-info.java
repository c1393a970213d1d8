/** Classes shared by producer and consumer. Not API. */
@NullMarked
package dev.carillon.bus.internal;

import org.jspecify.annotations.NullMarked;
