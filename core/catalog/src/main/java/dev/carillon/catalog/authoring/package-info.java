/** Making courses: their blocks, content libraries, tags. In Python, {@code content_authoring}. */
@NullMarked
package dev.carillon.catalog.authoring;

import org.jspecify.annotations.NullMarked;
