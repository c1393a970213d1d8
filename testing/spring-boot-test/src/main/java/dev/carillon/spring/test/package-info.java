/**
 * Tests of Spring Boot applications with Carillon: receivers by themselves ({@link dev.carillon.spring.test.EventReceiverTest}), and whole
 * applications with a broker of the test's own ({@link dev.carillon.spring.test.AutoConfigureTestBroker}).
 */
@NullMarked
package dev.carillon.spring.test;

import org.jspecify.annotations.NullMarked;
