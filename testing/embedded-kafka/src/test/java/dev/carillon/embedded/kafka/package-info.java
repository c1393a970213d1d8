/** Tests against the real servers. */
@NullMarked
package dev.carillon.embedded.kafka;

import org.jspecify.annotations.NullMarked;
