package dev.carillon.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.carillon.bus.config.Settings;
import dev.carillon.embedded.EmbeddedRedis;
import dev.carillon.events.Events;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.EventConditions;
import org.junit.platform.testkit.engine.TestExecutionResultConditions;

/** The messages of the extensions for invalid parameters. */
class WrongParametersTest {

    @CarillonTest
    static class EventsInBeforeAll {

        @BeforeAll
        static void shared(Events events) {
            events.signals();
        }

        @Test
        void test() {}
    }

    @Test
    void eventsAreRefusedOutsideATest() {
        assertFails(EventsInBeforeAll.class, "Events belongs to one test");
    }

    @WithRedis
    static class SettingsInBeforeAll {

        @BeforeAll
        static void shared(Settings settings) {
            settings.serviceName();
        }

        @Test
        void test() {}
    }

    @Test
    void settingsAreRefusedOutsideATest() {
        assertFails(SettingsInBeforeAll.class, "Settings belongs to one test");
    }

    @WithPostgres
    static class DataSourceInBeforeAll {

        @BeforeAll
        static void shared(DataSource database) throws SQLException {
            database.getLoginTimeout();
        }

        @Test
        void test() {}
    }

    @Test
    void aDatabaseIsRefusedOutsideATest() {
        assertFails(DataSourceInBeforeAll.class, "DataSource belongs to one test");
    }

    @CarillonTest(enabled = "org.openedx.learning.certificate.craeted.v1")
    static class UnknownEvent {

        @Test
        void test(Events events) {
            events.signals();
        }
    }

    @Test
    void anUnknownEventIsReportedWithTheNearestName() {
        assertFails(UnknownEvent.class, "org.openedx.learning.certificate.created.v1");
    }

    @WithRedis
    static class ServerTests {

        static final AtomicReference<@Nullable EmbeddedRedis> STARTED = new AtomicReference<>();

        @Test
        void test(EmbeddedRedis redis) {
            STARTED.set(redis);
        }
    }

    @Test
    void theServerStopsAfterItsTestClass() {
        EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(ServerTests.class))
                .execute()
                .testEvents()
                .assertStatistics(statistics -> statistics.succeeded(1));

        assertThat(ServerTests.STARTED.get())
                .isNotNull()
                .satisfies(redis -> assertThat(redis.isRunning()).isFalse());
    }

    private static void assertFails(Class<?> testClass, String message) {
        EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(testClass))
                .execute()
                .allEvents()
                .assertThatEvents()
                .haveAtLeastOne(EventConditions.finishedWithFailure(
                        TestExecutionResultConditions.message(text -> text.contains(message))));
    }
}
