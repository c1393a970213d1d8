/** What is broken when: a plan from a seed, and who carries it out. */
@NullMarked
package dev.carillon.rig.fault;

import org.jspecify.annotations.NullMarked;

