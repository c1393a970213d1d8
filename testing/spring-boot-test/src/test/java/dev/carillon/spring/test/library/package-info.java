/** An application with receivers, and tests of it as its developers would write them. */
@NullMarked
package dev.carillon.spring.test.library;

import org.jspecify.annotations.NullMarked;
