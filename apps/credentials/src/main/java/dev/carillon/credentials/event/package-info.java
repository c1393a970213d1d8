/** What arrives over the event bus. */
@NullMarked
package dev.carillon.credentials.event;

import org.jspecify.annotations.NullMarked;
