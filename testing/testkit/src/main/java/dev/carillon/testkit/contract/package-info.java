/** What every transport must do: suites that the tests of a transport subclass. */
@NullMarked
package dev.carillon.testkit.contract;

import org.jspecify.annotations.NullMarked;

