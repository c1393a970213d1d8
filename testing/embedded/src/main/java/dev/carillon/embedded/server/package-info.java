/** Shared by all embedded servers: processes, folders and ports. */
@NullMarked
package dev.carillon.embedded.server;

import org.jspecify.annotations.NullMarked;
