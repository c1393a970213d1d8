/** The services of a run, each in a process of its own: producers, relays and consumers. */
@NullMarked
package dev.carillon.rig.service;

import org.jspecify.annotations.NullMarked;
