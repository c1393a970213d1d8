/** The Java snippets of the README and of docs, compiled. */
@NullMarked
package dev.carillon.conventions.snippets;

import org.jspecify.annotations.NullMarked;
