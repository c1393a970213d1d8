"""
Writes ../resources/dev/carillon/avro/future-releases.jsonl: for each change of a schema between two releases, an event that
the newer release wrote, and what the older release made of it.

    python future_releases.py

Needs fastavro, which the Python library reads events with. "python" tells how fastavro reads the newer bytes by the older
schema: "same" data as far as the older release has them, "other" data, or it "fails".
"""

import io
import json
import pathlib

import fastavro

TEST = pathlib.Path(__file__).parent.parent / "resources"
CONFORMANCE = TEST / "conformance"

# What the data of today no longer have.
GONE = {
    "library_key": "lib:org:lib",
    "number": "101",
    "org": "edX",
    "short_description": "Short",
    "effort": "3 hours",
}


def lines(name):
    return [json.loads(line) for line in (CONFORMANCE / name).read_text().splitlines()]


def values(schema, data, defined):
    """The data as a schema wants them."""
    schema = defined.get(schema, schema) if isinstance(schema, str) else schema
    if isinstance(schema, list):
        return None if data is None else values(schema[1], data, defined)
    if isinstance(schema, dict) and schema["type"] == "record":
        defined[schema["name"]] = schema
        return {
            field["name"]: values(field["type"], data.get(field["name"], GONE.get(field["name"])), defined)
            for field in schema["fields"]
        }
    if isinstance(schema, dict) and schema["type"] == "array":
        return [values(schema["items"], item, defined) for item in data]
    if isinstance(schema, dict) and schema["type"] == "map":
        return {key: values(schema["values"], value, defined) for key, value in data.items()}
    return data


def shared(new, old):
    """What is in both, as far as the old one has it."""
    if isinstance(old, dict) and isinstance(new, dict):
        return {key: shared(new.get(key, value), value) for key, value in old.items()}
    return new


def verdict(bytes_, schema, written):
    try:
        found = fastavro.schemaless_reader(io.BytesIO(bytes_), schema)
    except Exception:  # whatever it is, the consumer logs it and goes on
        return "fails"
    return "same" if shared(written, found) == found else "other"


def main():
    samples = {}
    for line in lines("vectors.jsonl"):
        samples.setdefault(line["event_type"], []).append(line["data"])
    for line in lines("old-release-vectors.jsonl"):
        samples.setdefault(line["event_type"], []).append(line["expect"])
    history = json.loads((CONFORMANCE / "schema-history.json").read_text())["event_types"]
    with open(TEST / "dev/carillon/avro/future-releases.jsonl", "w", encoding="utf-8") as out:
        for event_type, entries in sorted(history.items()):
            for older, newer in zip(entries, entries[1:]):
                for data in samples.get(event_type, [])[:3]:
                    schema = fastavro.parse_schema(newer["schema"])
                    written = values(newer["schema"], data, {})
                    buffer = io.BytesIO()
                    fastavro.schemaless_writer(buffer, schema, written)
                    line = {
                        "event_type": event_type,
                        "knows": older["until"],
                        "sourcelib": newer["since"],
                        "avro": buffer.getvalue().hex(),
                        "python": verdict(buffer.getvalue(), fastavro.parse_schema(older["schema"]), written),
                    }
                    out.write(json.dumps(line, sort_keys=True) + "\n")


main()
