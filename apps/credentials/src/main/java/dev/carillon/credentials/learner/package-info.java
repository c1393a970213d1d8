/** The people who earn credentials. */
@NullMarked
package dev.carillon.credentials.learner;

import org.jspecify.annotations.NullMarked;
