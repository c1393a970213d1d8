/** Code that runs inside the broker's process, beside the broker's libraries; not for use outside it. */
@NullMarked
package dev.carillon.embedded.kafka.broker;

import org.jspecify.annotations.NullMarked;
