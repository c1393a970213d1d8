/** Tests of the in-memory broker by itself; the contract suite tests it as a transport. */
@NullMarked
package dev.carillon.bus.memory;

import org.jspecify.annotations.NullMarked;
