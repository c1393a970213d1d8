"""What this process can be told to do. A module of its own because it may be imported only once Django stands."""

import os
import sys
import threading
from datetime import datetime
from typing import Any

from django.conf import settings
from openedx_events.data import EventsMetadata
from openedx_events.event_bus import NoEventBusConsumer, NoEventBusProducer, get_producer, make_single_consumer
from openedx_events.event_bus.avro.serializer import AvroSignalSerializer, serialize_event_data_to_bytes
from openedx_events.tooling import KNOWN_UNSERIALIZABLE_SIGNALS, OpenEdxPublicSignal

from peer.lines import hear, say
from peer.samples import Variant, odd_metadata, samples
from peer.shapes import EventData, data_from_json, data_to_json


def describe() -> None:
    """One line for each event type for the bus, with the schema as it would be registered."""
    for module_name, module in list(sys.modules.items()):
        if module_name.startswith("openedx_events.") and module_name.endswith(".signals"):
            for name, signal in vars(module).items():
                if isinstance(signal, OpenEdxPublicSignal) and signal in _bus_signals():
                    say(
                        {
                            "event_type": signal.event_type,
                            "path": f"{module_name}.{name}",
                            "minor_version": signal.minor_version,
                            "schema": AvroSignalSerializer(signal).schema_string(),
                        }
                    )


def produce(seed: int) -> None:
    """
    Sends every sample of every event type for the bus, as ``EVENT_BUS_PRODUCER_CONFIG`` says; those of one variant with
    metadata of their own, straight through the producer. One line for each.
    """
    for signal in _bus_signals():
        if signal.event_type not in settings.EVENT_BUS_PRODUCER_CONFIG:
            continue
        for variant, data in samples(signal, seed):
            if variant is Variant.ODD:
                metadata = odd_metadata(signal, seed)
                _publish(signal, data, metadata)
            else:
                metadata = _send(signal, data)
            say(_line(signal, data, metadata) | {"variant": variant.name})


def send() -> None:
    """Sends the event of each line, ``{"event_type", "data", "time"}``, and answers with a line."""
    for line in hear():
        signal = OpenEdxPublicSignal.get_signal_by_type(line["event_type"])
        data = data_from_json(signal, line["data"])
        time = line.get("time")
        metadata = _send(signal, data, datetime.fromisoformat(time) if time else None)
        say(_line(signal, data, metadata))


def encode() -> None:
    """Answers each line, ``{"event_type", "data"}``, with the bytes that the library makes of it."""
    for line in hear():
        signal = OpenEdxPublicSignal.get_signal_by_type(line["event_type"])
        data = data_from_json(signal, line["data"])
        say({"avro": serialize_event_data_to_bytes(data, signal).hex()})


def consume(topic: str, group: str, options: dict[str, Any], relay_to: str = "") -> None:
    """
    Consumes until the test closes the pipe; one line for each event that the receivers get. With ``relay_to``, each
    event is also published to that topic, with the metadata that came.
    """

    def receive(signal: OpenEdxPublicSignal, metadata: EventsMetadata, **received: Any) -> None:
        data = {key: received[key] for key in signal.init_data}
        if relay_to:
            _producer().send(
                signal=signal,
                topic=relay_to,
                event_key_field=_key_field(signal),
                event_data=data,
                event_metadata=metadata,
            )
            _flush()
        say(_line(signal, data, metadata) | {"from_event_bus": received["from_event_bus"]})

    for signal in _bus_signals():
        signal.connect(receive, weak=False)
    consumer = make_single_consumer(topic=topic, group_id=group, **options)
    if isinstance(consumer, NoEventBusConsumer):
        sys.exit("The consumer cannot be made: see the warning above")
    threading.Thread(target=_exit_at_end_of_input, daemon=True).start()
    say({"ready": True})
    consumer.consume_indefinitely()


def _exit_at_end_of_input() -> None:
    """The consumer's loop has no end of its own."""
    sys.stdin.read()
    os._exit(0)


def _bus_signals() -> list[OpenEdxPublicSignal]:
    return [
        signal for signal in OpenEdxPublicSignal.all_events() if signal.event_type not in KNOWN_UNSERIALIZABLE_SIGNALS
    ]


def _send(signal: OpenEdxPublicSignal, data: EventData, time: datetime | None = None) -> EventsMetadata:
    """Sends an event as a service does. The library connected the receiver that publishes it."""
    sent: list[EventsMetadata] = []

    def receive(metadata: EventsMetadata, **_: Any) -> None:
        sent.append(metadata)

    signal.connect(receive)
    try:
        signal.send_event(time=time, **data)
    finally:
        signal.disconnect(receive)
    _flush()
    return sent[0]


def _publish(signal: OpenEdxPublicSignal, data: EventData, metadata: EventsMetadata) -> None:
    for topic, config in settings.EVENT_BUS_PRODUCER_CONFIG[signal.event_type].items():
        _producer().send(
            signal=signal,
            topic=topic,
            event_key_field=config["event_key_field"],
            event_data=data,
            event_metadata=metadata,
        )
    _flush()


def _flush() -> None:
    """Waits until the broker has what was sent; not every producer has to be told to."""
    getattr(get_producer(), "prepare_for_shutdown", lambda: None)()


def _key_field(signal: OpenEdxPublicSignal) -> str:
    return next(iter(settings.EVENT_BUS_PRODUCER_CONFIG[signal.event_type].values()))["event_key_field"]


def _producer() -> Any:
    producer = get_producer()
    if isinstance(producer, NoEventBusProducer):
        sys.exit("The producer cannot be made: see the warning above")
    return producer


def _line(signal: OpenEdxPublicSignal, data: EventData, metadata: EventsMetadata) -> dict[str, Any]:
    return {
        "event_type": signal.event_type,
        "data": data_to_json(signal, data),
        "metadata": metadata.to_json(),
    }
