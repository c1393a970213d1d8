package dev.carillon.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Runs tests against a real Kafka and a real schema registry. They start once per class, when first used, and stop after it. Methods
 * take any of these parameters:
 *
 * <ul>
 *   <li>{@link dev.carillon.embedded.kafka.EmbeddedKafka}: the broker, one for the class,
 *   <li>{@link dev.carillon.embedded.kafka.EmbeddedRegistry}: the registry, one for the class,
 *   <li>{@link dev.carillon.bus.config.Settings}: how to reach them, with a different topic prefix for each test, so that no test sees the
 *       topics and subjects of another.
 * </ul>
 *
 * <pre>{@code
 * @CarillonTest
 * @WithKafka
 * class AwardsOverKafkaTest {
 *     @Test
 *     void aCertificateReachesTheOtherService(Events events, Settings settings) {
 *         try (EventBus bus = EventBus.open(settings, events)) { … }
 *     }
 * }
 * }</pre>
 *
 * <p>The module {@code carillon-embedded-kafka} must be on the class path: the testkit does not depend on it, because it is
 * 190 MB large. To open a bus with these settings, {@code carillon-bus-kafka} must be there too.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@ExtendWith(KafkaExtension.class)
public @interface WithKafka {}
