/** How a consumer reads, retries, keeps dead letters and reports: its options and what it says about itself. */
@NullMarked
package dev.carillon.bus.consumer;

import org.jspecify.annotations.NullMarked;
