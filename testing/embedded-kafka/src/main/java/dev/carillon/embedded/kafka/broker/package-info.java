/** What runs inside the broker's process, beside the broker's libraries: nothing outside may use it. */
@NullMarked
package dev.carillon.embedded.kafka.broker;

import org.jspecify.annotations.NullMarked;

