/** Roles and whom they are assigned to. */
@NullMarked
package dev.carillon.catalog.authz;

import org.jspecify.annotations.NullMarked;
