/** Tests of receivers and services: an event recorder, and JUnit extensions that give each test its own events. */
@NullMarked
package dev.carillon.testkit;

import org.jspecify.annotations.NullMarked;
