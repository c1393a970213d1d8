/** The contract of a transport: test suites that a transport subclasses. */
@NullMarked
package dev.carillon.testkit.contract;

import org.jspecify.annotations.NullMarked;
