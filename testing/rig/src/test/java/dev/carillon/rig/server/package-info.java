/** Tests of the network proxy and of changes by an administrator. */
@NullMarked
package dev.carillon.rig.server;

import org.jspecify.annotations.NullMarked;
