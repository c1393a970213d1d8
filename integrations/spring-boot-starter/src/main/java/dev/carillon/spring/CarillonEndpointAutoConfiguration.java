package dev.carillon.spring;

import dev.carillon.bus.EventBus;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/** The endpoint {@code carillon} of the Actuator, where it is exposed. */
@AutoConfiguration(after = CarillonAutoConfiguration.class)
@ConditionalOnClass({Endpoint.class, ConditionalOnAvailableEndpoint.class})
public final class CarillonEndpointAutoConfiguration {

    CarillonEndpointAutoConfiguration() {}

    @Bean
    @ConditionalOnAvailableEndpoint
    CarillonEndpoint carillonEndpoint(EventConsumers consumers, EventBus bus) {
        return new CarillonEndpoint(consumers, bus);
    }
}
