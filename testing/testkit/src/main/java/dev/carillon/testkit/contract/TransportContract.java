package dev.carillon.testkit.contract;

import static dev.carillon.testkit.contract.ContractEvents.STEP;
import static dev.carillon.testkit.contract.ContractEvents.stepsOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.bus.BusAdmin;
import dev.carillon.bus.deadletter.DeadLetters;
import dev.carillon.bus.transport.GroupTopics;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** The whole contract: {@link CoreContract}, {@link StoreContract}, {@link AdminContract}, and what needs both of the latter. */
public abstract class TransportContract extends CoreContract implements StoreContract, AdminContract {

    /** For subclasses. */
    protected TransportContract() {}

    @Test
    void countsTheDeadLettersOfAGroup() {
        Service reader = fixture().service("reader");
        reader.events().connect(STEP, event -> {
            if (event.data().number() > 1) {
                throw new IllegalStateException("too far");
            }
        });
        fixture().publish(stepsOf("ada", 0, 4));
        try (RunningConsumer consumer =
                reader.consume(fixture().group(), fixture().fromEarliest())) {
            fixture().await("all acknowledged", () -> consumer.counts().acknowledged() == 4);
        }
        String topic = fixture().topic();

        assertThat(deadLetterCount(fixture().group())).hasValue(2);
        DeadLetters deadLetters = reader.bus().deadLetters(topic, fixture().group());
        deadLetters.discard(List.of(deadLetters.list().get(0)));
        assertThat(deadLetterCount(fixture().group())).hasValue(1);
        assertThat(deadLetterCount("others")).hasValue(0);
        List<String> topics = fixture().admin(BusAdmin::topics);
        assertThat(topics)
                .contains(GroupTopics.deadLetters(topic, fixture().group()))
                .doesNotContain(GroupTopics.deadLetters(topic, "others"));
    }

    private OptionalLong deadLetterCount(String group) {
        return fixture().admin(admin -> admin.deadLetters(fixture().topic(), group));
    }
}
