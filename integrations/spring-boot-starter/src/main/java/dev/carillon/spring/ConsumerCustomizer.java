package dev.carillon.spring;

import dev.carillon.bus.consumer.ConsumerOptions;

/**
 * Changes the options of the application's consumers, such as their health check or listener. Beans of this type are called in their
 * {@linkplain org.springframework.core.annotation.Order order}, after {@code carillon.consumer} and the receivers' annotations were
 * applied.
 */
@FunctionalInterface
public interface ConsumerCustomizer {

    /** Returns the options of the consumer of this group. */
    ConsumerOptions customize(String group, ConsumerOptions options);
}
