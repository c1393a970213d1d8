/** A Spring Boot application in a process of its own. */
@NullMarked
package dev.carillon.spring.forwarding;

import org.jspecify.annotations.NullMarked;
