package dev.carillon.spring;

import static dev.carillon.spring.Library.LENT;
import static dev.carillon.spring.Library.LOAN;
import static dev.carillon.spring.Library.RETURNED;
import static dev.carillon.spring.Library.application;
import static dev.carillon.spring.Library.sendFromElsewhere;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.carillon.bus.EventBus;
import dev.carillon.bus.memory.MemoryBroker;
import dev.carillon.events.Event;
import dev.carillon.events.EventMetadata;
import dev.carillon.events.Events;
import dev.carillon.events.Subscription;
import dev.carillon.spring.Library.Loan;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;

class ReceiversTest {

    static class Counting {
        final List<Object> received = new CopyOnWriteArrayList<>();

        @EventReceiver("org.example.library.book.lent.v1")
        void data(Loan loan) {
            received.add(loan);
        }

        @EventReceiver(signal = "org.example.library.book.lent.v1", id = "with event")
        public String event(Event<Loan> event) {
            received.add(event.metadata().eventType() + " of " + event.data().isbn());
            return "ignored";
        }

        @EventReceiver("org.example.library.book.lent.v1")
        void withMetadata(Loan loan, EventMetadata metadata) {
            received.add(loan.isbn() + " from " + metadata.source());
        }
    }

    @Test
    void aMethodTakesTheDataOrTheEventOrDataAndMetadata() {
        application(Counting.class).run(context -> {
            context.getBean(EventPublisher.class).publish(LENT, LOAN);

            assertThat(context.getBean(Counting.class).received)
                    .containsExactlyInAnyOrder(
                            LOAN, "org.example.library.book.lent.v1 of 978-3", "978-3 from openedx/library/web");
            assertThat(context.getBean(Events.class).receivers(LENT))
                    .extracting(Subscription::receiverName)
                    .containsExactlyInAnyOrder(
                            "receiversTest.Counting.data", "with event", "receiversTest.Counting.withMetadata");
        });
    }

    static class Reader {
        final List<String> received = new CopyOnWriteArrayList<>();
        int failures;

        @EventReceiver(
                signal = "org.example.library.book.lent.v1",
                topic = "${library.topic:loans}",
                attempts = 3,
                key = "loan.isbn")
        void lent(Loan loan) {
            if (failures-- > 0) {
                throw new IllegalStateException("the shelf is locked");
            }
            received.add("lent " + loan.isbn());
        }

        @EventReceiver(signal = "org.example.library.book.returned.v1", topic = "returns")
        void returned(Loan loan) {
            received.add("returned " + loan.isbn());
        }
    }

    @Test
    void oneConsumerReadsTheTopicsOfAGroupAndRetries() {
        application(Reader.class).run(context -> {
            Reader reader = context.getBean(Reader.class);
            reader.failures = 2;
            MemoryBroker broker = context.getBean(MemoryBroker.class);

            sendFromElsewhere(broker, "loans", LENT, LOAN);
            sendFromElsewhere(broker, "returns", RETURNED, LOAN);

            await().until(() -> reader.received.size() == 2);
            assertThat(reader.received).containsExactlyInAnyOrder("lent 978-3", "returned 978-3");
            EventConsumers consumers = context.getBean(EventConsumers.class);
            assertThat(consumers.all()).hasSize(1);
            assertThat(consumers.ofGroup("library").orElseThrow().topics()).containsExactly("loans", "returns");
        });
    }

    @Test
    void anEventThatFailsToTheEndIsADeadLetterOfItsGroup() {
        application(Reader.class)
                .withPropertyValues("carillon.consumer.group=readers", "library.topic=other")
                .run(context -> {
                    context.getBean(Reader.class).failures = 3;

                    sendFromElsewhere(context.getBean(MemoryBroker.class), "other", LENT, LOAN);

                    EventBus bus = context.getBean(EventBus.class);
                    await().until(() ->
                            bus.deadLetters("other", "readers").list().size() == 1);
                    assertThat(bus.deadLetters("other", "readers").list().get(0).attempts())
                            .isEqualTo(3);
                });
    }

    @Test
    void consumersStopWithTheApplicationAndLeaveNothingHalfDone() {
        MemoryBroker broker = new MemoryBroker();
        List<String> received = new CopyOnWriteArrayList<>();
        application(Reader.class).withBean(MemoryBroker.class, () -> broker).run(context -> {
            Loan[] loans = new Loan[1_000];
            for (int i = 0; i < loans.length; i++) {
                loans[i] = new Loan(Integer.toString(i), "ada");
            }
            sendFromElsewhere(broker, "loans", LENT, loans);
            await().until(() -> !context.getBean(Reader.class).received.isEmpty());
            EventConsumers consumers = context.getBean(EventConsumers.class);
            var consumer = consumers.all().get(0);
            consumers.stop();
            received.addAll(context.getBean(Reader.class).received);
            assertThat(consumer.counts().acknowledged()).isEqualTo(received.size());
        });

        application(Reader.class).withBean(MemoryBroker.class, () -> broker).run(context -> {
            Reader reader = context.getBean(Reader.class);
            await().until(() -> reader.received.size() + received.size() == 1_000);
        });
    }

    static class Locked {
        @EventReceiver("org.example.library.book.lent.v1")
        void lent(Loan loan) {
            throw new IllegalStateException("the shelf is locked");
        }
    }

    @Test
    void whatAReceiverThrowsReachesThePublisher() {
        application(Locked.class).run(context -> {
            assertThatThrownBy(() -> context.getBean(EventPublisher.class).publish(LENT, LOAN))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("the shelf is locked");
        });
    }

    static class InBackground {
        @EventReceiver("org.example.library.book.lent.v1")
        CompletableFuture<String> lent(Loan loan) {
            return CompletableFuture.supplyAsync(() -> {
                throw new IllegalStateException("the shelf is locked");
            });
        }
    }

    @Test
    void aFutureThatAMethodReturnsIsAwaitedAndItsFailureIsTheReceivers() {
        application(InBackground.class)
                .run(context -> assertThatThrownBy(
                                () -> context.getBean(EventPublisher.class).publish(LENT, LOAN))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessage("the shelf is locked"));
    }

    static class Both {
        final List<String> received = new CopyOnWriteArrayList<>();

        @EventReceiver(signal = "org.example.library.book.lent.v1", topic = "loans")
        void fromBus(Loan loan) {
            received.add("from bus");
        }

        @EventReceiver("org.example.library.book.lent.v1")
        void sentHere(Loan loan) {
            received.add("sent here");
        }
    }

    @Test
    void aReceiverWithATopicReceivesWhatArrivesAndOneWithoutWhatIsSentHere() {
        application(Both.class)
                .withPropertyValues(
                        "carillon.publish[0].event=org.example.library.book.lent.v1",
                        "carillon.publish[0].topic=loans",
                        "carillon.publish[0].key=loan.isbn")
                .run(context -> {
                    context.getBean(EventPublisher.class).publish(LENT, LOAN);

                    List<String> received = context.getBean(Both.class).received;
                    await().until(() -> received.size() == 2);
                    EventConsumers consumers = context.getBean(EventConsumers.class);
                    await().until(() -> consumers.all().get(0).counts().acknowledged() == 1);
                    assertThat(received).containsExactlyInAnyOrder("sent here", "from bus");
                });
    }

    interface Counter {
        void lent(Loan loan);
    }

    @EnableAsync
    static class Proxied implements Counter {
        static final List<String> THREADS = new CopyOnWriteArrayList<>();

        @Async
        @Override
        @EventReceiver("org.example.library.book.lent.v1")
        public void lent(Loan loan) {
            THREADS.add(Thread.currentThread().getName());
        }
    }

    @Test
    void aMethodIsCalledThroughTheProxyOfItsBean() {
        application(Proxied.class).run(context -> {
            context.getBean(EventPublisher.class).publish(LENT, LOAN);

            await().until(() -> !Proxied.THREADS.isEmpty());
            assertThat(Proxied.THREADS.get(0))
                    .isNotEqualTo(Thread.currentThread().getName());
        });
    }
}
