/**
 * Open edX events in Spring Boot: bean methods as receivers ({@link dev.carillon.spring.EventReceiver}), publishing
 * ({@link dev.carillon.spring.EventPublisher}), and consumers, outbox and inbox that start and stop with the application.
 */
@NullMarked
package dev.carillon.spring;

import org.jspecify.annotations.NullMarked;
