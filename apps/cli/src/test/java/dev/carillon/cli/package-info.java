/** The command, called as people and scripts call it. */
@NullMarked
package dev.carillon.cli;

import org.jspecify.annotations.NullMarked;
