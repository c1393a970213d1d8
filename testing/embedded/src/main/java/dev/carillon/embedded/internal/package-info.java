/** What the embedded servers share, for Carillon's own modules: no API, it changes without notice. */
@NullMarked
package dev.carillon.embedded.internal;

import org.jspecify.annotations.NullMarked;

