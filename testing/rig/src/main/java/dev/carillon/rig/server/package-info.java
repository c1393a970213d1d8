/** Servers, network connections and service processes, into which faults can be injected. */
@NullMarked
package dev.carillon.rig.server;

import org.jspecify.annotations.NullMarked;
