/** The certificate story, run from end to end: an LMS that grants and revokes, and a credentials service that follows. */
@NullMarked
package dev.carillon.cli.demo;

import org.jspecify.annotations.NullMarked;

