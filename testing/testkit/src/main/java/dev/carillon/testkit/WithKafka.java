package dev.carillon.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Tests against a real Kafka with a real schema registry, which are started once for the class, when first asked for, and ended
 * after it. Methods take as parameters what they need of
 *
 * <ul>
 *   <li>{@link dev.carillon.embedded.kafka.EmbeddedKafka}: the broker, the same for every test of the class,
 *   <li>{@link dev.carillon.embedded.kafka.EmbeddedRegistry}: the registry, likewise,
 *   <li>{@link dev.carillon.bus.config.Settings}: how to reach them, with a topic prefix that no other test has; so each test has topics
 *       and subjects of its own, whatever the names that the code under test gives them.
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
 * <p>The module {@code carillon-embedded-kafka} must be on the class path; the testkit does not bring it along, because it is
 * 190 MB. So must {@code carillon-bus-kafka} for a bus to be opened with these settings.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@ExtendWith(KafkaExtension.class)
public @interface WithKafka {}
