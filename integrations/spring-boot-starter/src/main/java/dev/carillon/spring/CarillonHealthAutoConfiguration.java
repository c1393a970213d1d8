package dev.carillon.spring;

import java.time.Clock;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/** The health of the consumers: {@code carillon} for readiness, {@code carillonLiveness} for liveness. */
@AutoConfiguration(after = CarillonAutoConfiguration.class)
@ConditionalOnClass({HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
public final class CarillonHealthAutoConfiguration {

    CarillonHealthAutoConfiguration() {}

    @Bean
    @ConditionalOnEnabledHealthIndicator("carillon")
    HealthIndicator carillonHealthIndicator(EventConsumers consumers) {
        Clock clock = Clock.systemUTC();
        return new ConsumersHealth(consumers, consumer -> consumer.health().isReady(clock.instant()));
    }

    @Bean
    @ConditionalOnEnabledHealthIndicator("carillon")
    HealthIndicator carillonLivenessHealthIndicator(EventConsumers consumers) {
        Clock clock = Clock.systemUTC();
        return new ConsumersHealth(consumers, consumer -> consumer.health().isLive(clock.instant()));
    }
}
