package dev.carillon.spring;

import dev.carillon.opentelemetry.EventTracing;
import io.opentelemetry.api.OpenTelemetry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** Traces of deliveries and sends, when {@code carillon-opentelemetry} is on the class path. */
@AutoConfiguration(afterName = "org.springframework.boot.opentelemetry.autoconfigure.OpenTelemetrySdkAutoConfiguration")
@ConditionalOnClass({OpenTelemetry.class, EventTracing.class})
@ConditionalOnBean(OpenTelemetry.class)
public final class CarillonTracingAutoConfiguration {

    CarillonTracingAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    EventTracing carillonTracing(OpenTelemetry openTelemetry) {
        return EventTracing.of(openTelemetry);
    }
}
