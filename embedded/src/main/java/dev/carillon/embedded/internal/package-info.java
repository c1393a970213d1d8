/** What all embedded servers are made of: no API, and may change with every release. */
@NullMarked
package dev.carillon.embedded.internal;

import org.jspecify.annotations.NullMarked;
