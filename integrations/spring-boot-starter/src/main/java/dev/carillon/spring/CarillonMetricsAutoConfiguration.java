package dev.carillon.spring;

import dev.carillon.micrometer.EventMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** Metrics of deliveries, sends, lag, outbox and inbox, when {@code carillon-micrometer} is on the class path. */
@AutoConfiguration(
        afterName = "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
@ConditionalOnClass({MeterRegistry.class, EventMetrics.class})
@ConditionalOnBean(MeterRegistry.class)
public final class CarillonMetricsAutoConfiguration {

    CarillonMetricsAutoConfiguration() {}

    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean
    EventMetrics carillonMetrics(MeterRegistry registry) {
        return EventMetrics.of(registry);
    }

    @Bean
    CarillonAutoConfiguration.ConsumerWatcher carillonConsumerMetrics(EventMetrics metrics) {
        return metrics::watch;
    }

    @Bean
    CarillonJdbcAutoConfiguration.RelayWatcher carillonRelayMetrics(EventMetrics metrics) {
        return metrics::watch;
    }

    @Bean
    CarillonJdbcAutoConfiguration.InboxWatcher carillonInboxMetrics(EventMetrics metrics) {
        return metrics::watch;
    }
}
