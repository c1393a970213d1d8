/** The demo: an LMS that grants and revokes certificates, and a credentials service that follows. */
@NullMarked
package dev.carillon.cli.demo;

import org.jspecify.annotations.NullMarked;
