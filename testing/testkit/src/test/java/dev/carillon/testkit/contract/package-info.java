/** Proofs of the suites: the in-memory broker keeps the contract. */
@NullMarked
package dev.carillon.testkit.contract;

import org.jspecify.annotations.NullMarked;
