@NullMarked
package dev.carillon.micrometer;

import org.jspecify.annotations.NullMarked;
