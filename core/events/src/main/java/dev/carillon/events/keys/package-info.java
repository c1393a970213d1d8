/** Opaque keys of Open edX: what names a course, a block, a library or a part of one, as immutable types. */
@NullMarked
package dev.carillon.events.keys;

import org.jspecify.annotations.NullMarked;
