"""
Runs with one release of openedx-events, old or current, first on the Python path: ``python -m recorder.release``.

Reads a JSON list of events to write from standard input, ``{"event_type", "data"}``; without data it makes some from
``seed``. Prints the schemas of the release, and the events with the bytes that it writes for them.
"""

import io
import json
import sys
from typing import Any

from peer import service


def main() -> None:
    """Prints one JSON document."""
    service.start({})
    from recorder import library  # noqa: PLC0415  its imports read the settings

    signals = library.by_event_type()
    serializers = {event_type: library.serializer(signal) for event_type, signal in signals.items()}
    json.dump(
        {
            "schemas": {name: made.schema for name, made in serializers.items() if made is not None},
            "events": [
                _written(signals[event["event_type"]], serializers[event["event_type"]], event)
                for event in json.load(sys.stdin)
            ],
        },
        sys.stdout,
    )


def _written(signal: Any, serializer: Any, event: dict[str, Any]) -> dict[str, Any]:
    import fastavro  # noqa: PLC0415
    from peer.samples import Variant, samples  # noqa: PLC0415
    from peer.shapes import data_from_json, data_to_json  # noqa: PLC0415

    if "data" in event:
        data = data_from_json(signal, event["data"])
    else:
        data = dict(samples(signal, event["seed"]))[Variant.FULL]
    buffer = io.BytesIO()
    fastavro.schemaless_writer(buffer, fastavro.parse_schema(serializer.schema), serializer.to_dict(data))
    return {
        "avro": buffer.getvalue().hex(),
        "data": data_to_json(signal, data),
        "event_type": signal.event_type,
        "schema": serializer.schema_string(),
    }


if __name__ == "__main__":
    main()
