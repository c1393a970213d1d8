@NullMarked
package dev.carillon.embedded.postgres;

import org.jspecify.annotations.NullMarked;
