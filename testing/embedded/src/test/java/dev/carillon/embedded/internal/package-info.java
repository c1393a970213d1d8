/** Tests of what all servers share. */
@NullMarked
package dev.carillon.embedded.internal;

import org.jspecify.annotations.NullMarked;

