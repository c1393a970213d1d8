/** What the tests of several modules share. */
@NullMarked
package dev.carillon.testing;

import org.jspecify.annotations.NullMarked;
