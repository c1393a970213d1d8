package dev.carillon.events;

import static dev.carillon.events.Examples.CREATED;
import static dev.carillon.events.Examples.REVOKED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.lang.reflect.Proxy;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a receiver is called, and whether that is enough for a consumer. */
class ReceiverIdTest {

    private static final class Awarder implements Receiver<Examples.Certificate> {
        @Override
        public void receive(Event<Examples.Certificate> event) {}
    }

    static class Loans implements Receiver<Examples.Certificate> {
        @Override
        public void receive(Event<Examples.Certificate> event) {}
    }

    /** Named as Spring names what it makes of a class; there is one for each context. */
    static class Loans$$SpringCGLIB$$0 extends Loans {}

    /** Named as CGLIB names what it makes of interfaces. */
    static class Receiver$$EnhancerByCGLIB$$7f3a implements Receiver<Examples.Certificate> {
        @Override
        public void receive(Event<Examples.Certificate> event) {}
    }

    private interface Audited {}

    private interface Timed {}

    private final Events events = Examples.events();

    @SuppressWarnings("unchecked")
    private static Receiver<Examples.Certificate> proxy(Class<?> other) {
        return (Receiver<Examples.Certificate>) Proxy.newProxyInstance(
                ReceiverIdTest.class.getClassLoader(),
                new Class<?>[] {Receiver.class, other},
                (proxy, method, arguments) -> null);
    }

    @Test
    void proxiesHaveNoNameOfTheirOwnAndNeedIds() {
        Subscription first = events.connect(CREATED, proxy(Audited.class));
        Subscription second = events.connect(CREATED, proxy(Timed.class));

        assertThat(first.receiverName()).endsWith("ReceiverIdTest.proxiesHaveNoNameOfTheirOwnAndNeedIds");
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(events::requireReceiverIds)
                .withMessageContaining("proxiesHaveNoNameOfTheirOwnAndNeedIds")
                .withMessageContaining("events.connect(signal, \"award\", receiver)")
                .withMessageNotContaining("$Proxy");
        second.disconnect();
        events.connect(CREATED, "timed", proxy(Timed.class));
        assertThatNoException().isThrownBy(events::requireReceiverIds);
    }

    @Test
    void aSubclassThatWasMadeAtRunTimeHasTheNameOfItsSuperclass() {
        assertThat(events.connect(CREATED, new Loans$$SpringCGLIB$$0()).receiverName())
                .isEqualTo(Loans.class.getName());

        assertThatNoException().isThrownBy(events::requireReceiverIds);
    }

    @Test
    void anotherClassThatWasMadeAtRunTimeHasNoNameOfItsOwn() {
        assertThat(events.connect(CREATED, new Receiver$$EnhancerByCGLIB$$7f3a())
                        .receiverName())
                .endsWith("ReceiverIdTest.anotherClassThatWasMadeAtRunTimeHasNoNameOfItsOwn");
    }

    private void award(Event<Examples.Certificate> event) {
        assertThat(event.data()).isNotNull();
    }

    @Test
    void aMethodReferenceIsNamedAfterTheMethodThatConnectsIt() {
        assertThat(events.connect(CREATED, this::award).receiverName())
                .isEqualTo(ReceiverIdTest.class.getName() + ".aMethodReferenceIsNamedAfterTheMethodThatConnectsIt");
        assertThatNoException().isThrownBy(events::requireReceiverIds);
    }

    @Test
    void aLambdaThatIsConnectedInALambdaIsNamedAfterTheMethodAroundIt() {
        Runnable connecting = () -> events.connect(CREATED, event -> {});

        connecting.run();

        assertThat(events.connect(REVOKED, event -> {}).receiverName())
                .isEqualTo(ReceiverIdTest.class.getName()
                        + ".aLambdaThatIsConnectedInALambdaIsNamedAfterTheMethodAroundIt");
        assertThatNoException().isThrownBy(events::requireReceiverIds);
    }

    @Test
    void anAnonymousClassIsNamedAsALambdaIs() {
        Subscription subscription = events.connect(CREATED, new Receiver<>() {
            @Override
            public void receive(Event<Examples.Certificate> event) {}
        });

        assertThat(subscription.receiverName())
                .isEqualTo(ReceiverIdTest.class.getName() + ".anAnonymousClassIsNamedAsALambdaIs");
    }

    @Test
    void aReceiverThatKnowsItsIdIsConnectedOnceUnderIt() {
        IdentifiedReceiver<Examples.Certificate> first = identified("award");
        events.connect(CREATED, first);

        Subscription second = events.connect(CREATED, identified("award"));

        assertThat(second.receiverName()).isEqualTo("award");
        assertThat(events.send(CREATED, Examples.CERTIFICATE).responses()).hasSize(1);
    }

    private static IdentifiedReceiver<Examples.Certificate> identified(String id) {
        return new IdentifiedReceiver<>() {
            @Override
            public String receiverId() {
                return id;
            }

            @Override
            public void receive(Event<Examples.Certificate> event) {}
        };
    }

    @Test
    void receiversThatAreConnectedInALoopNeedIds() {
        for (String badge : List.of("gold", "silver")) {
            events.connect(CREATED, event -> assertThat(badge).isNotBlank());
        }

        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(events::requireReceiverIds)
                .withMessageContaining("receiversThatAreConnectedInALoopNeedIds")
                .withMessageContaining(CREATED.eventType());
    }

    @Test
    void twoInstancesOfOneClassNeedIdsAndOneDoesNot() {
        events.connect(CREATED, new Awarder());
        assertThatNoException().isThrownBy(events::requireReceiverIds);

        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> events.connect(CREATED, new Awarder()))
                .withMessageContaining(Awarder.class.getName());

        assertThat(events.send(CREATED, Examples.CERTIFICATE).responses()).hasSize(1);
    }

    @Test
    void whatARefusedRequirementFoundMayBeMended() {
        Subscription one = events.connect(CREATED, new Awarder());
        events.connect(CREATED, new Awarder());
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(events::requireReceiverIds);

        one.disconnect();

        assertThatNoException().isThrownBy(events::requireReceiverIds);
    }

    @Test
    void aSignalThatIsUsedLaterNeedsIdsToo() {
        events.requireReceiverIds();
        events.connect(REVOKED, new Awarder());

        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> events.connect(REVOKED, new Awarder()));
    }
}
