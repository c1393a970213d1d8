"""The commands of this process. A separate module, because it can only be imported after Django is set up."""

import importlib
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

from peer.lines import read_lines, write_line
from peer.samples import Variant, odd_metadata, samples
from peer.shapes import EventData, data_from_json, data_to_json


def describe() -> None:
    """Writes a line for each event type of the bus, with the schema that would be registered."""
    for module_name, module in list(sys.modules.items()):
        if module_name.startswith("openedx_events.") and module_name.endswith(".signals"):
            for name, signal in vars(module).items():
                if isinstance(signal, OpenEdxPublicSignal) and signal in _bus_signals():
                    write_line(
                        {
                            "event_type": signal.event_type,
                            "path": f"{module_name}.{name}",
                            "minor_version": signal.minor_version,
                            "schema": AvroSignalSerializer(signal).schema_string(),
                        }
                    )


def produce(seed: int) -> None:
    """
    Sends every sample of every event type according to ``EVENT_BUS_PRODUCER_CONFIG``; those of one variant directly
    with the producer, with their own metadata. Writes a line for each.
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
            write_line(_line(signal, data, metadata) | {"variant": variant.name})


def send() -> None:
    """Sends the event of each line, ``{"event_type", "data", "time"}``, and writes a line for each."""
    for line in read_lines():
        signal = OpenEdxPublicSignal.get_signal_by_type(line["event_type"])
        data = data_from_json(signal, line["data"])
        time = line.get("time")
        metadata = _send(signal, data, datetime.fromisoformat(time) if time else None)
        write_line(_line(signal, data, metadata))


def encode() -> None:
    """Reads lines, ``{"event_type", "data"}``, and writes the bytes to which the library encodes each."""
    for line in read_lines():
        signal = OpenEdxPublicSignal.get_signal_by_type(line["event_type"])
        data = data_from_json(signal, line["data"])
        write_line({"avro": serialize_event_data_to_bytes(data, signal).hex()})


def consume_own(topic: str, group: str, options: dict[str, Any]) -> None:
    """As ``consume``, in a service that also has an event of its own."""
    importlib.import_module("peer.own")
    consume(topic, group, options)


def consume(topic: str, group: str, options: dict[str, Any], relay_to: str = "") -> None:
    """
    Consumes until the test closes the pipe, and writes a line for each event that the receivers get. With ``relay_to``,
    also publishes each event to that topic, with the metadata that it came with.
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
        write_line(_line(signal, data, metadata) | {"from_event_bus": received["from_event_bus"]})

    for signal in _bus_signals():
        signal.connect(receive, weak=False)
    consumer = make_single_consumer(topic=topic, group_id=group, **options)
    if isinstance(consumer, NoEventBusConsumer):
        sys.exit("The consumer cannot be created: see the warning above")
    threading.Thread(target=_exit_at_end_of_input, daemon=True).start()
    write_line({"ready": True})
    consumer.consume_indefinitely()


def _exit_at_end_of_input() -> None:
    """Ends the process, because the consumer's loop never ends by itself."""
    sys.stdin.read()
    os._exit(0)


def _bus_signals() -> list[OpenEdxPublicSignal]:
    return [
        signal for signal in OpenEdxPublicSignal.all_events() if signal.event_type not in KNOWN_UNSERIALIZABLE_SIGNALS
    ]


def _send(signal: OpenEdxPublicSignal, data: EventData, time: datetime | None = None) -> EventsMetadata:
    """Sends an event as a service does. A receiver that the library has connected publishes it."""
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
    """Waits until the broker has all sent events, for producers that send in the background."""
    getattr(get_producer(), "prepare_for_shutdown", lambda: None)()


def _key_field(signal: OpenEdxPublicSignal) -> str:
    return next(iter(settings.EVENT_BUS_PRODUCER_CONFIG[signal.event_type].values()))["event_key_field"]


def _producer() -> Any:
    producer = get_producer()
    if isinstance(producer, NoEventBusProducer):
        sys.exit("The producer cannot be created: see the warning above")
    return producer


def _line(signal: OpenEdxPublicSignal, data: EventData, metadata: EventsMetadata) -> dict[str, Any]:
    return {
        "event_type": signal.event_type,
        "data": data_to_json(signal, data),
        "metadata": metadata.to_json(),
    }
