/** Test classes that {@link dev.carillon.testkit.OlderJUnitTest} runs with another release of JUnit. */
@NullMarked
package dev.carillon.testkit.olderjunit;

import org.jspecify.annotations.NullMarked;
