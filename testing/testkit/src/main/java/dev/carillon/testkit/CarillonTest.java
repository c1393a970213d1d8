package dev.carillon.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Tests that send or receive events, each with its own: a test, {@code @BeforeEach} or {@code @AfterEach} method, or the test
 * class's constructor, takes as parameters what it needs of
 *
 * <ul>
 *   <li>{@link dev.carillon.events.Events}: a service that no other test hears,
 *   <li>{@link EventRecorder}: records every event of it,
 *   <li>{@link dev.carillon.bus.memory.MemoryBroker}: an empty broker, to open an event bus on.
 * </ul>
 *
 * <pre>{@code
 * @CarillonTest(enabled = "org.openedx.learning.certificate.created.v1")
 * class AwardsTest {
 *     @Test
 *     void aPassingGradeEarnsACertificate(Events events, EventRecorder recorder) {
 *         new Awards(events).passed(learner);
 *         assertThat(recorder.await(CERTIFICATE_CREATED).data().mode()).isEqualTo("verified");
 *     }
 * }
 * }</pre>
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@ExtendWith(CarillonExtension.class)
public @interface CarillonTest {

    /** The service's name in the source of its events, {@code openedx/<service>/web}. */
    String service() default "test";

    /**
     * The event types, or Python paths, of the events that reach their receivers; every other signal that is known by name is
     * disabled. With {@code enabled = {}} none is enabled; without it, all are.
     */
    String[] enabled() default ALL;

    /**
     * Whether a receiver may fail. By default its failure is thrown by {@link dev.carillon.events.Events#send}, so that the test
     * fails; true: it is logged and returned, as in production.
     */
    boolean receiversMayFail() default false;

    /** In {@link #enabled()}: every event. */
    String ALL = "*";
}
