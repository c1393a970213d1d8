@NullMarked
package dev.carillon.opentelemetry;

import org.jspecify.annotations.NullMarked;
