/** Credentials: what changes them, when learners see them, and what is published about them. */
@NullMarked
package dev.carillon.credentials.credential;

import org.jspecify.annotations.NullMarked;
