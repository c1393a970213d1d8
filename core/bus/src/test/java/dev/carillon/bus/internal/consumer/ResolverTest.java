package dev.carillon.bus.internal.consumer;

import static dev.carillon.bus.Examples.NAMES;
import static dev.carillon.bus.Examples.message;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.avro.EventCodecs;
import dev.carillon.bus.Examples;
import dev.carillon.bus.internal.consumer.Resolver.Resolution;
import dev.carillon.bus.internal.deadletter.OwnTopics;
import dev.carillon.bus.transport.Header;
import dev.carillon.bus.transport.MessageSource.AckMode;
import java.util.AbstractList;
import org.junit.jupiter.api.Test;

class ResolverTest {

    private final Resolver resolver =
            new Resolver(Examples.events(), new EventCodecs(), NAMES, OwnTopics.NONE, new ConsumerMetrics());

    @Test
    void aMessageThatCausesAnErrorWhileItIsResolvedIsUndecodable() {
        InFlightMessage message =
                new InFlightMessages(AckMode.INDIVIDUAL, OwnTopics.NONE).add(message(new UnreadableHeaders()));

        assertThat(resolver.resolve(message))
                .isInstanceOfSatisfying(
                        Resolution.Undecodable.class,
                        resolution -> assertThat(resolution.problem())
                                .hasMessage("resolving it failed with java.lang.NoClassDefFoundError")
                                .hasRootCauseMessage("dev/carillon/Missing"));
    }

    private static final class UnreadableHeaders extends AbstractList<Header> {

        @Override
        public int size() {
            return 1;
        }

        @Override
        public Header get(int index) {
            throw new NoClassDefFoundError("dev/carillon/Missing");
        }
    }
}
