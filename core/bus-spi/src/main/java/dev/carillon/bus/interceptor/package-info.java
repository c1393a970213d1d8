/** What observes the events that a bus delivers and sends. */
@NullMarked
package dev.carillon.bus.interceptor;

import org.jspecify.annotations.NullMarked;
