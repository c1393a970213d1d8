/** Traces of deliveries and sends, for OpenTelemetry. */
@NullMarked
package dev.carillon.opentelemetry;

import org.jspecify.annotations.NullMarked;
