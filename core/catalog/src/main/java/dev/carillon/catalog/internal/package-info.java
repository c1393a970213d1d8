/** What the data records share; not for users of the catalog. */
@NullMarked
package dev.carillon.catalog.internal;

import org.jspecify.annotations.NullMarked;
