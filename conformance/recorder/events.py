"""
vectors.jsonl, odd-vectors.jsonl and the demo's events: what the current release makes of event data.

The data and the metadata of a line are its input and stay as they are; the rest is computed. An event type without
lines gets some, from a fixed seed. When a data class changes, its recorded data change with it and nothing else does.
"""

import json
import random
from datetime import UTC, datetime, timedelta
from typing import Any, get_args, get_origin
from uuid import UUID

import attr
import edx_event_bus_kafka.internal.producer as kafka
import openedx_events
from confluent_kafka.schema_registry._sync.mock_schema_registry_client import MockSchemaRegistryClient
from edx_event_bus_redis.internal.producer import RedisEventProducer
from opaque_keys import InvalidKeyError
from openedx_events.data import EventsMetadata
from openedx_events.event_bus.avro.serializer import serialize_event_data_to_bytes
from openedx_events.tooling import KNOWN_UNSERIALIZABLE_SIGNALS, OpenEdxPublicSignal
from peer.samples import Variant, samples
from peer.shapes import EventData, data_from_json, data_to_json

from recorder import library
from recorder.catalog import key_field
from recorder.files import ROOT, read_lines, write_lines

PER_EVENT_TYPE = 8
DEMO = ROOT / "apps/cli/src/main/resources/dev/carillon/cli/demo"
KAFKA_PREFIX = 5  # a zero and the number of the schema, which a registry gives


def record() -> None:
    """Writes the files."""
    recorded: dict[str, list[Any]] = {}
    for line in read_lines("vectors.jsonl"):
        recorded.setdefault(line["event_type"], []).append(line)
    vectors = [
        _vector(signal, index, recorded.get(event_type, []))
        for event_type, signal in library.by_event_type().items()
        if event_type not in KNOWN_UNSERIALIZABLE_SIGNALS
        for index in range(max(PER_EVENT_TYPE, len(recorded.get(event_type, []))))
    ]
    write_lines("vectors.jsonl", vectors)
    write_lines("odd-vectors.jsonl", _odd_vectors(), sort_keys=False)
    _record_demo([line for line in vectors if ".learning.certificate." in line["event_type"]])


def _vector(signal: OpenEdxPublicSignal, index: int, recorded: list[Any]) -> dict[str, Any]:
    line = recorded[index] if index < len(recorded) else None
    data = fitted(signal, line["data"], index) if line else new_data(signal, index)
    metadata = _metadata(signal, line["metadata"] if line else _new_metadata(signal, index))
    avro = serialize_event_data_to_bytes(data, signal)
    return {
        "avro": avro.hex(),
        "data": data_to_json(signal, data),
        "event_type": signal.event_type,
        "index": index,
        "kafka": _sent_to_kafka(signal, data, metadata),
        "metadata": json.loads(metadata.to_json()),
        "redis": _sent_to_redis(signal, data, metadata),
    }


def new_data(signal: OpenEdxPublicSignal, index: int) -> EventData:
    """Data for an event type that has none yet; the same index always gives the same data."""
    variants = [Variant.FULL, Variant.BARE, Variant.HOLLOW, Variant.EMPTY]
    variant = variants[index] if index < len(variants) else Variant.MIXED
    seed = index * 1000
    while True:
        data = dict(samples(signal, seed))[variant]
        # JSON has no numbers for these
        if not any(f'"{odd}"' in json.dumps(data_to_json(signal, data)) for odd in ("NaN", "Infinity", "-Infinity")):
            return data
        seed += 1


def fitted(signal: OpenEdxPublicSignal, recorded: Any, index: int) -> EventData:
    """Recorded data as the data classes are now; what they did not have when recorded comes from new data."""
    new = new_data(signal, index)
    full = data_to_json(signal, dict(samples(signal, index))[Variant.FULL])
    try:
        return data_from_json(
            signal, {key: _completed(recorded[key], full[key], kind) for key, kind in signal.init_data.items()}
        )
    except (AttributeError, InvalidKeyError, KeyError, TypeError, ValueError):
        return new  # a field has another type now


def _completed(tree: Any, sample: Any, data_type: Any) -> Any:
    """Recorded JSON, with fields that it does not have taken from a sample."""
    if tree is None or sample is None:
        return tree
    if get_origin(data_type) is list:
        (item_type,) = get_args(data_type)
        return [_completed(item, sample[0] if sample else None, item_type) for item in tree]
    if attr.has(data_type):
        return {
            field.name: _completed(tree[field.name], sample[field.name], field.type)
            if field.name in tree
            else sample[field.name]
            for field in attr.fields(data_type)
        }
    return tree


def _new_metadata(signal: OpenEdxPublicSignal, index: int) -> dict[str, Any]:
    chance = random.Random(f"{signal.event_type} {index}")
    time = datetime(2024, 1, 1, tzinfo=UTC) + timedelta(microseconds=chance.randrange(365 * 24 * 3600 * 1_000_000))
    return {
        "id": str(UUID(int=chance.getrandbits(128), version=1)),
        "source": "openedx/lms/web",
        "sourcehost": chance.choice(["edx.devstack.lms", "höst", "lms-1"]),
        "time": time.isoformat(),
    }


def _metadata(signal: OpenEdxPublicSignal, recorded: Any) -> EventsMetadata:
    """Recorded metadata, with the versions of today."""
    return EventsMetadata(
        event_type=signal.event_type,
        id=UUID(recorded["id"]),
        minorversion=signal.minor_version,
        source=recorded["source"],
        sourcehost=recorded["sourcehost"],
        time=datetime.fromisoformat(recorded["time"]),
        sourcelib=tuple(map(int, openedx_events.__version__.split("."))),
    )


class _RecordingRedis:
    """Takes the place of the Redis client of the real producer, and keeps the entry."""

    def Stream(self, _topic: str) -> "_RecordingRedis":  # noqa: N802  the client's name
        return self

    def add(self, entry: dict[bytes, bytes], **_options: Any) -> bytes:
        self.entry = entry
        return b"0-1"


class _RecordingKafka:
    """Takes the place of the Kafka client of the real producer, and keeps the record."""

    def produce(self, _topic: str, *, key: bytes, value: bytes, headers: Any, on_delivery: Any) -> None:
        self.sent = (key, value, headers)

    def poll(self, _timeout: float) -> int:
        return 0


def _sent_to_redis(signal: OpenEdxPublicSignal, data: EventData, metadata: EventsMetadata) -> dict[str, str]:
    client = _RecordingRedis()
    _send(RedisEventProducer(client), signal, data, metadata)
    return {name.decode(): value.hex() for name, value in client.entry.items()}


def _sent_to_kafka(signal: OpenEdxPublicSignal, data: EventData, metadata: EventsMetadata) -> dict[str, Any]:
    client = _RecordingKafka()
    _send(_kafka_producer(client), signal, data, metadata)
    key, value, headers = client.sent
    return {
        "headers": {name: text.decode() for name, text in dict(headers).items()},
        "key": key[KAFKA_PREFIX:].hex(),
        "key_field": key_field(signal),
        "value": value[KAFKA_PREFIX:].hex(),
    }


_REGISTRY = MockSchemaRegistryClient({"url": "mock://"})
kafka.get_schema_registry_client = lambda: _REGISTRY


def _kafka_producer(client: _RecordingKafka) -> Any:
    """The real producer without the thread that it starts."""
    producer = object.__new__(kafka.KafkaEventProducer)
    producer.producer = client
    return producer


def _send(producer: Any, signal: OpenEdxPublicSignal, data: EventData, metadata: EventsMetadata) -> None:
    producer.send(
        signal=signal,
        topic="recorded",
        event_key_field=key_field(signal),
        event_data=data,
        event_metadata=metadata,
    )


def _odd_vectors() -> list[dict[str, Any]]:
    """Rare characters, extreme numbers and far times, also for events that stay in process."""
    lines = []
    signals = library.by_event_type()
    for line in read_lines("odd-vectors.jsonl"):
        signal = signals.get(line["event_type"])
        if signal:
            data = fitted(signal, line["data"], line["index"])
            lines.append(
                {
                    "index": line["index"],
                    "event_type": signal.event_type,
                    "avro": serialize_event_data_to_bytes(data, signal).hex(),
                    "data": data_to_json(signal, data),
                }
            )
    return lines


def _record_demo(vectors: list[dict[str, Any]]) -> None:
    """The certificates of ``carillon demo``, as Python puts them on the two buses."""
    write_lines(DEMO / "python-certificates-redis.jsonl", [line["redis"] for line in vectors])
    write_lines(
        DEMO / "python-certificates-kafka.jsonl",
        [
            {
                "headers": line["kafka"]["headers"],
                "id": line["metadata"]["id"],
                "key": line["kafka"]["key"],
                "type": line["event_type"],
                "value": line["kafka"]["value"],
            }
            for line in vectors
        ],
        ensure_ascii=False,
    )
