/** What several packages use. */
@NullMarked
package dev.carillon.credentials.internal;

import org.jspecify.annotations.NullMarked;
