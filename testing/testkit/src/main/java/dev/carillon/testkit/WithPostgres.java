package dev.carillon.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Runs tests against a real PostgreSQL. It starts once per class, when first used, and stops after it. Methods take any of these
 * parameters:
 *
 * <ul>
 *   <li>{@link dev.carillon.embedded.postgres.EmbeddedPostgres}: the server, one for the class,
 *   <li>{@link javax.sql.DataSource}: an empty database of its own for each test, so that no test sees the tables of another. It
 *       has no pool.
 * </ul>
 *
 * <p>Combine it with {@link WithRedis} or {@link WithKafka} to test an outbox or an inbox:
 *
 * <pre>{@code
 * @CarillonTest
 * @WithRedis
 * @WithPostgres
 * class AwardsOutboxTest {
 *     @Test
 *     void aCertificateIsPublishedAfterTheCommit(Events events, Settings settings, DataSource database) throws SQLException {
 *         JdbcSchema.create(database);
 *         try (EventBus bus = EventBus.open(settings, events)) { … }
 *     }
 * }
 * }</pre>
 *
 * <p>The module {@code carillon-embedded-postgres} must be on the class path: the testkit does not depend on it, because its
 * binaries take 90 MB.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@ExtendWith(PostgresExtension.class)
public @interface WithPostgres {}
