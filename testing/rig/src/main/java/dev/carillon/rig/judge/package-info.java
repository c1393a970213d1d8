/** Decides whether events were lost, out of order or applied twice, by comparing ledger, deliveries and effects. */
@NullMarked
package dev.carillon.rig.judge;

import org.jspecify.annotations.NullMarked;
