/** Who calls, and what they may do: the LMS's tokens, and limits. */
@NullMarked
package dev.carillon.credentials.security;

import org.jspecify.annotations.NullMarked;
