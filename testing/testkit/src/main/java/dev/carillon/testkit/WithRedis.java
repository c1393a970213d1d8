package dev.carillon.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Tests against a real Redis, which is started once for the class, when first asked for, and ended after it. Methods take as
 * parameters what they need of
 *
 * <ul>
 *   <li>{@link dev.carillon.embedded.EmbeddedRedis}: the server, the same for every test of the class,
 *   <li>{@link dev.carillon.bus.config.Settings}: how to reach it, with a topic prefix that no other test has; so each test has topics
 *       of its own, whatever the names that the code under test gives them.
 * </ul>
 *
 * <pre>{@code
 * @CarillonTest
 * @WithRedis
 * class AwardsOverRedisTest {
 *     @Test
 *     void aCertificateReachesTheOtherService(Events events, Settings settings) {
 *         try (EventBus bus = EventBus.open(settings, events)) { … }
 *     }
 * }
 * }</pre>
 *
 * <p>The module {@code carillon-bus-redis} must be on the class path for a bus to be opened with these settings.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@ExtendWith(RedisExtension.class)
public @interface WithRedis {}
