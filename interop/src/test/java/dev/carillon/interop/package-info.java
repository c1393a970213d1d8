/** Java and the real Python libraries of Open edX on one event bus. */
@NullMarked
package dev.carillon.interop;

import org.jspecify.annotations.NullMarked;
