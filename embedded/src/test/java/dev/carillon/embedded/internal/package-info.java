/** Tests of what all embedded servers are made of. */
@NullMarked
package dev.carillon.embedded.internal;

import org.jspecify.annotations.NullMarked;
