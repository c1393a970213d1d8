package dev.carillon.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Runs tests against a real Redis. It starts once per class, when first used, and stops after it. Methods take any of these
 * parameters:
 *
 * <ul>
 *   <li>{@link dev.carillon.embedded.EmbeddedRedis}: the server, one for the class,
 *   <li>{@link dev.carillon.bus.config.Settings}: how to reach it, with a different topic prefix for each test, so that no test sees the
 *       topics of another.
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
 * <p>The module {@code carillon-bus-redis} must be on the class path to open a bus with these settings.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@ExtendWith(RedisExtension.class)
public @interface WithRedis {}
