package dev.carillon.spring.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Gives an application under test a broker of its own, whatever its properties and the variables of the machine name.
 *
 * <pre>{@code
 * @SpringBootTest
 * @AutoConfigureTestBroker(TestBroker.REDIS)
 * class LendingTest {
 *     @Autowired OtherService other;
 *     @Autowired EventRecorder recorder;
 * }
 * }</pre>
 *
 * <p>New groups start at the earliest message, and retries come at once; properties that the test names itself take precedence. The
 * beans {@link OtherService}, which sends events to the application, and {@link dev.carillon.testkit.EventRecorder}, which records what
 * it sends and receives, are there to be injected. The recorder is cleared before each test.
 *
 * <p>Tests share an application context, as always in Spring: so they share its broker, too.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface AutoConfigureTestBroker {

    /** The broker. */
    TestBroker value() default TestBroker.MEMORY;
}
