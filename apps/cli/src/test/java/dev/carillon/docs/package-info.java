/** The Java snippets of README and docs, compiled. */
@NullMarked
package dev.carillon.docs;

import org.jspecify.annotations.NullMarked;

