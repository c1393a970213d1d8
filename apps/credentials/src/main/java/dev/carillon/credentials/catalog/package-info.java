/** Organizations, courses, course runs and programs. */
@NullMarked
package dev.carillon.credentials.catalog;

import org.jspecify.annotations.NullMarked;
