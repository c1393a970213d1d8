package dev.carillon.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives each test that sends or receives events its own service. Test, {@code @BeforeEach} and {@code @AfterEach} methods and the
 * constructor of the test class take any of these parameters:
 *
 * <ul>
 *   <li>{@link dev.carillon.events.Events}: a service of this test only,
 *   <li>{@link EventRecorder}: records every event of the service,
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
     * The event types, or Python paths, of the events that reach their receivers; all others are disabled. With
     * {@code enabled = {}} none is enabled; without it, all are.
     */
    String[] enabled() default ALL;

    /**
     * Whether receivers may fail. By default {@link dev.carillon.events.Events#send} throws their failure, so that the test fails;
     * true: it is logged and returned, as in production.
     */
    boolean receiversMayFail() default false;

    /** In {@link #enabled()}: every event. */
    String ALL = "*";
}
