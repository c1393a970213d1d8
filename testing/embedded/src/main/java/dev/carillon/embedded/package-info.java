/** Real servers started from Java, for tests, demos and development: a process of their own, gone when the JVM is. */
@NullMarked
package dev.carillon.embedded;

import org.jspecify.annotations.NullMarked;
