/** Tests against the real servers. */
@NullMarked
package dev.carillon.embedded;

import org.jspecify.annotations.NullMarked;
