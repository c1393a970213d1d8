package dev.carillon.spring;

import static dev.carillon.spring.Library.application;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.events.Signal;
import dev.carillon.spring.Library.Loan;
import java.time.DayOfWeek;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;

/** Each mistake ends the start of an application, with one message that says what is wrong, where, and what would be right. */
class WrongApplicationsTest {

    /** What Spring Boot prints about the failure of this application. */
    private static String analysis(ApplicationContextRunner application) {
        StringBuilder printed = new StringBuilder();
        application.run(context -> {
            assertThat(context).hasFailed();
            FailureAnalysis analysis = analysis(requireNonNull(context.getStartupFailure()));
            printed.append(analysis.getDescription()).append('\n').append(analysis.getAction());
        });
        return printed.toString();
    }

    private static FailureAnalysis analysis(Throwable failure) {
        for (FailureAnalyzer analyzer : new FailureAnalyzer[] {
            new ReceiverDefinitionFailureAnalyzer(), new SettingsFailureAnalyzer(), new UnknownPropertyFailureAnalyzer()
        }) {
            @Nullable FailureAnalysis analysis = analyzer.analyze(failure);
            if (analysis != null) {
                return analysis;
            }
        }
        throw new AssertionError("not analyzed", failure);
    }

    static class UnknownEvent {
        @EventReceiver("org.example.library.book.lend.v1")
        void lent(Loan loan) {}
    }

    @Test
    void anUnknownEvent() {
        assertThat(analysis(application(UnknownEvent.class)))
                .contains("UnknownEvent.lent names an unknown event", "org.example.library.book.lent.v1", "@EventType");
    }

    static class WrongData {
        @EventReceiver("org.example.library.book.lent.v1")
        void lent(String loan) {}
    }

    static class WrongParameters {
        @EventReceiver("org.example.library.book.lent.v1")
        void lent(Loan loan, String reader) {}
    }

    @Test
    void aMethodThatTakesSomethingElse() {
        assertThat(analysis(application(WrongData.class)))
                .contains("WrongData.lent takes a String, but the data of org.example.library.book.lent.v1 are a")
                .contains("Take Loan");
        assertThat(analysis(application(WrongParameters.class)))
                .contains("WrongParameters.lent takes [Loan, String]", "EventMetadata");
    }

    static class Ambiguous {
        @EventReceiver
        void loan(Loan loan) {}
    }

    @Test
    void aMethodThatNamesNoEventAndWhoseDataSeveralEventsHave() {
        assertThat(analysis(application(Ambiguous.class)))
                .contains("Ambiguous.loan names no event", "name one of org.example.library.book.lent.v1,")
                .contains("@EventReceiver(signal = ");
    }

    static class TwoOfOneId {
        @EventReceiver(signal = "org.example.library.book.lent.v1", id = "shelf")
        void one(Loan loan) {}

        @EventReceiver(signal = "org.example.library.book.lent.v1", id = "shelf")
        void other(Loan loan) {}
    }

    @Test
    void twoReceiversOfOneId() {
        assertThat(analysis(application(TwoOfOneId.class)))
                .contains("Two receivers of org.example.library.book.lent.v1 have the id shelf");
    }

    static class TwoGroups {
        @EventReceiver(signal = "org.example.library.book.lent.v1", topic = "loans", group = "a")
        void one(Loan loan) {}

        @EventReceiver(signal = "org.example.library.book.lent.v1", topic = "loans", group = "b")
        void other(Loan loan) {}
    }

    @Test
    void twoGroupsForOneEvent() {
        assertThat(analysis(application(TwoGroups.class)))
                .contains("group is a for", "and b for", "Give both the same");
    }

    static class NoGroup {
        @EventReceiver(signal = "org.example.library.book.lent.v1", topic = "loans")
        void lent(Loan loan) {}
    }

    @Test
    void noGroup() {
        assertThat(analysis(application(NoGroup.class).withPropertyValues("spring.application.name=")))
                .contains("NoGroup.lent reads [loans], but has no consumer group", "spring.application.name");
    }

    static class WrongKey {
        @EventReceiver(signal = "org.example.library.book.lent.v1", topic = "loans", key = "loan.isbm")
        void lent(Loan loan) {}
    }

    @Test
    void aKeyThatTheDataDoNotHave() {
        assertThat(analysis(application(WrongKey.class))).contains("WrongKey.lent", "'isbm'", "'isbn'");
    }

    static class OnceWithoutDatabase {
        @Once
        @EventReceiver("org.example.library.book.lent.v1")
        void lent(Loan loan) {}
    }

    @Test
    void onceWithoutADatabase() {
        assertThat(analysis(application(OnceWithoutDatabase.class)))
                .contains("OnceWithoutDatabase.lent is marked @Once, but the application has no database");
    }

    @Test
    void settingsThatNameAnUnknownEventOrAreIncomplete() {
        assertThat(analysis(application()
                        .withPropertyValues(
                                "carillon.publish[0].event=org.example.library.book.lend.v1",
                                "carillon.publish[0].topic=loans",
                                "carillon.publish[0].key=loan.isbn")))
                .contains("org.example.library.book.lend.v1", "org.example.library.book.lent.v1");
        assertThat(analysis(application()
                        .withPropertyValues(
                                "carillon.publish[0].event=org.example.library.book.lent.v1",
                                "carillon.publish[0].topic=loans")))
                .contains("carillon.publish[0].key is missing");
        assertThat(analysis(application().withPropertyValues("EVENT_BUS_PRODUCER_CONFIG.org.example.v1.loans=true")))
                .contains("EVENT_BUS_PRODUCER_CONFIG is a map", "use the list carillon.publish");
        assertThat(analysis(application().withPropertyValues("carillon.broker=rabbit", "EVENT_BUS_PRODUCER=rabbit")))
                .contains("EVENT_BUS_PRODUCER", "rabbit");
    }

    @Test
    void unknownPropertiesWithoutTheirValues() {
        assertThat(analysis(application()
                        .withPropertyValues(
                                "carillon.redis.conection-url=redis://ada:secret@localhost",
                                "carillon.publish[0].event=org.example.library.book.lent.v1",
                                "carillon.publish[0].topik=loans")))
                .contains("no property carillon.redis.conection-url")
                .contains("Did you mean 'carillon.redis.connection-url'?")
                .contains("no property carillon.publish[0].topik", "'carillon.publish.topic'")
                .doesNotContain("secret");
    }

    record Closing(DayOfWeek day) {}

    static class Unsupported {
        @Bean
        Signal<Closing> closed() {
            return Signal.of("org.example.library.closed.v1", "closing", Closing.class);
        }

        @EventReceiver(topic = "closings")
        void closed(Closing closing) {}
    }

    @Test
    void dataThatCannotGoOverTheWire() {
        assertThat(analysis(application(Unsupported.class)))
                .contains("topics [closings] as group library cannot start")
                .contains("Closing.day: java.time.DayOfWeek is not supported");
    }

    static class Readers {
        @EventReceiver(signal = "org.example.library.book.lent.v1", topic = "loans")
        void lent(Loan loan) {}
    }

    static class NeverCalled {
        @EventReceiver(signal = "org.example.library.book.lent.v1", topic = "loans", attempts = -1)
        void lent(Loan loan) {}
    }

    static class NoTopic {
        @EventReceiver(signal = "org.example.library.book.lent.v1", topic = "")
        void lent(Loan loan) {}
    }

    @Test
    void optionsThatAConsumerRefuses() {
        assertThat(analysis(application(Readers.class).withPropertyValues("carillon.consumer.start-at=oldest")))
                .contains("carillon.consumer.start-at must be latest, earliest or a time", "but was oldest");
        assertThat(analysis(application(Readers.class).withPropertyValues("carillon.consumer.attempts=0")))
                .contains("topics [loans] as group library cannot start", "maxAttempts must be at least 1, but was 0");
        assertThat(analysis(application(Readers.class).withPropertyValues("carillon.consumer.concurrency=0")))
                .contains("concurrency must be at least 1, but was 0");
        assertThat(analysis(application(NeverCalled.class))).contains("maxAttempts must be at least 1, but was -1");
        assertThat(analysis(application(NoTopic.class))).contains("A consumer needs topics");
    }

    @Test
    void aBrokerWhoseModuleIsMissingOrThatIsNotNamed() {
        assertThat(analysis(application(Readers.class).withPropertyValues("carillon.broker=rabbit")))
                .contains("EVENT_BUS_CONSUMER", "'rabbit'", "carillon.broker", "carillon-bus-kafka");
        assertThat(analysis(application(Readers.class).withPropertyValues("carillon.broker=")))
                .contains("or set the address of a broker", "carillon-bus-redis");
    }
}
