/** Tests of the whole project: module rules, vocabulary, file lengths and documentation. */
@NullMarked
package dev.carillon.conventions;

import org.jspecify.annotations.NullMarked;
