/** Tests of the recorder and the extensions. */
@NullMarked
package dev.carillon.testkit;

import org.jspecify.annotations.NullMarked;
