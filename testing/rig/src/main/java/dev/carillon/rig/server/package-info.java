/** The servers, the network between them and us, and processes of our own: all of it can be broken and mended. */
@NullMarked
package dev.carillon.rig.server;

import org.jspecify.annotations.NullMarked;

