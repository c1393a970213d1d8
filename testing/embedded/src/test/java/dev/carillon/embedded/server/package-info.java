/** Tests of what all servers share. */
@NullMarked
package dev.carillon.embedded.server;

import org.jspecify.annotations.NullMarked;
