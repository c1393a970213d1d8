package dev.carillon.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.bus.config.ProducerConfig;
import dev.carillon.bus.config.Settings;
import dev.carillon.bus.config.SettingsException;
import dev.carillon.bus.consumer.StopReason;
import dev.carillon.bus.memory.MemoryBroker;
import dev.carillon.events.Events;
import dev.carillon.events.Signal;
import dev.carillon.events.Signals;
import java.time.DayOfWeek;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Data that cannot go over the wire are refused at the start of a service, not when the first event is sent or arrives. */
class UnsupportedEventsTest extends EngineTest {

    record Closing(DayOfWeek day) {}

    private static final Signal<Closing> CLOSED = Signal.of("org.example.library.closed.v1", "closing", Closing.class);

    @Test
    void whatIsConfiguredToBePublishedMustFitOnTheWire() {
        Events library = Events.builder()
                .serviceName("library")
                .signals(Signals.of(CLOSED))
                .build();
        Settings publishing = Settings.of(Map.of(ProducerConfig.SETTING, """
                {"org.example.library.closed.v1":
                    {"closings": {"event_key_field": "closing.day", "enabled": true}}}"""));
        Settings disabled = Settings.of(Map.of(ProducerConfig.SETTING, """
                {"org.example.library.closed.v1":
                    {"closings": {"event_key_field": "closing.day", "enabled": false}}}"""));

        assertThatThrownBy(() -> EventBus.open(publishing, library, new MemoryBroker()))
                .isInstanceOf(SettingsException.class)
                .hasMessageContainingAll(
                        ProducerConfig.SETTING,
                        "org.example.library.closed.v1 cannot go over the wire",
                        "Closing.day: java.time.DayOfWeek is not supported",
                        "TypeSerializer.ofEnum(DayOfWeek.class)");
        EventBus.open(disabled, library, new MemoryBroker()).close();
    }

    @Test
    void aConsumerRefusesToStartWithAReceiverOfWhatNoMessageCanHold() {
        events.connect(CLOSED, "sign", event -> {});

        assertThatIllegalArgumentException()
                .isThrownBy(() -> consumer(options()).run())
                .withMessageContainingAll(
                        "Closing.day: java.time.DayOfWeek is not supported", "signal.inProcessOnly(reason)");
    }

    @Test
    void withinTheProcessDataMayBeAnything() {
        events.connect(CLOSED.inProcessOnly("it is nobody else's concern"), "sign", event -> {});
        hear();
        publish(1);

        assertThat(consumer(options().withMaxEvents(1)).run()).isEqualTo(StopReason.MAX_EVENTS);
    }
}
