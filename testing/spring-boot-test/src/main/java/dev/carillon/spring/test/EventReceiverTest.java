package dev.carillon.spring.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.autoconfigure.OverrideAutoConfiguration;
import org.springframework.boot.test.context.filter.annotation.TypeExcludeFilters;
import org.springframework.core.annotation.AliasFor;
import org.springframework.test.context.BootstrapWith;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/**
 * Tests the receivers of some beans by themselves: the application context contains these beans, the application's events and a broker
 * within the JVM, and nothing else of the application. What the beans need is mocked, or imported.
 *
 * <pre>{@code
 * @EventReceiverTest(Badges.class)
 * class BadgesTest {
 *     @Autowired OtherService other;
 *     @MockitoBean Mailer mailer;
 *
 *     @Test
 *     void aCertificateIsAnnounced() {
 *         other.deliver(CERTIFICATE_CREATED, "learning-certificate-lifecycle", "certificate.user.id", certificate);
 *
 *         verify(mailer).announce(certificate.user());
 *     }
 * }
 * }</pre>
 *
 * <p>Everything that {@link AutoConfigureTestBroker} says holds here, too; with that annotation, the test can use another broker. Beans
 * of type {@code Signal} that a configuration class defines are not found: name that class with {@code @Import}. For receivers that are
 * marked {@code @Once}, import a database, or test them with {@code @SpringBootTest}.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@BootstrapWith(EventReceiverTestBootstrapper.class)
@ExtendWith(SpringExtension.class)
@OverrideAutoConfiguration(enabled = false)
@TypeExcludeFilters(EventReceiverTypeFilter.class)
@ImportAutoConfiguration
@AutoConfigureTestBroker
public @interface EventReceiverTest {

    /** The components whose receivers are tested. */
    @AliasFor("receivers")
    Class<?>[] value() default {};

    /** The components whose receivers are tested. */
    @AliasFor("value")
    Class<?>[] receivers() default {};

    /** Properties of the application, as {@code name=value}. */
    String[] properties() default {};
}
