/** The services under trial, each a process: producers, relays, consumers. */
@NullMarked
package dev.carillon.rig.role;

import org.jspecify.annotations.NullMarked;

