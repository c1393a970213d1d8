/** The REST API that the LMS and other services call. */
@NullMarked
package dev.carillon.credentials.rest;

import org.jspecify.annotations.NullMarked;
