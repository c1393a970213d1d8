/** The Credentials service: awards and revokes credentials from certificate events, and serves them to the LMS and to learners. */
@NullMarked
package dev.carillon.credentials;

import org.jspecify.annotations.NullMarked;
