"""schema-history.json, schema-history.tsv, old-release-vectors.jsonl and future-releases.jsonl: all releases side by side."""

import io
import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import attr
import fastavro
import openedx_events
from opaque_keys import InvalidKeyError
from peer.shapes import from_json, to_json

from recorder import library
from recorder.files import FOLDER, ROOT, read_lines, write_json, write_lines, write_text

RELEASES = Path(__file__).with_name("releases.txt")
INSTALLED = FOLDER / ".releases"
TSV = ROOT / "core/avro/src/main/resources/dev/carillon/avro/schema-history.tsv"
PER_OLD_SCHEMA = 4

# Values for fields that the data classes of today no longer have.
REMOVED_FIELDS = {
    "library_key": "lib:org:lib",
    "number": "101",
    "org": "edX",
    "short_description": "Short",
    "effort": "3 hours",
}


def releases() -> list[str]:
    """The recorded releases, oldest first; the last one is the current one."""
    listed = [line for line in RELEASES.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    if listed[-1] != openedx_events.__version__:
        sys.exit(
            f"The last line of {RELEASES.relative_to(ROOT)} is {listed[-1]}, but interop/requirements.txt has "
            f"openedx-events {openedx_events.__version__}. Append the releases up to that one."
        )
    return listed


def record() -> None:
    """Writes the files. Has each release installed; runs one process per release."""
    listed = releases()
    recorded = read_lines("old-release-vectors.jsonl")
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        events = [[line for line in recorded if line["sourcelib"] == release] for release in listed]
        results = dict(zip(listed, pool.map(_run, listed, events), strict=True))

    history = _history({release: result["schemas"] for release, result in results.items()})
    write_json("schema-history.json", {"event_types": history, "releases": listed})
    write_text(TSV, _table(history))

    written = [{**line, "sourcelib": release} for release in listed for line in results[release]["events"]]
    written += _of_schemas_just_replaced(history, listed)
    old = [{**line, "expect": _read_today(line)} for line in written if line["event_type"] in library.by_event_type()]
    write_lines("old-release-vectors.jsonl", old)
    write_lines("future-releases.jsonl", _future_releases(history, old))


def _run(release: str, events: list[dict[str, Any]]) -> dict[str, Any]:
    """What a release says; it is installed first where it is not yet."""
    folder = INSTALLED / release
    if not (folder / "openedx_events").is_dir():
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]
        package = ["--ignore-requires-python", "--target", str(folder), f"openedx-events=={release}"]
        subprocess.run([*pip, *package], check=True)
    path = os.pathsep.join([str(folder), os.environ["PYTHONPATH"]])
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "recorder.release"],
        input=json.dumps(events),
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": path},
        text=True,
        check=False,
    )
    if done.returncode:
        sys.exit(f"Release {release} of openedx-events failed, see above")
    return json.loads(done.stdout)


def _history(schemas: dict[str, dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """Event type → the distinct schemas that it had, each with the first and the last release that wrote it."""
    history: dict[str, list[dict[str, Any]]] = {}
    for release, by_type in schemas.items():
        for event_type, schema in by_type.items():
            entries = history.setdefault(event_type, [])
            schema = json.loads(json.dumps(schema, sort_keys=True))
            if entries and entries[-1]["schema"] == schema:
                entries[-1]["until"] = release
            else:
                entries.append({"schema": schema, "since": release, "until": release})
    return dict(sorted(history.items()))


def _table(history: dict[str, list[dict[str, Any]]]) -> str:
    """The form in which the library carries the history."""
    return "".join(
        f"{event_type}\t{entry['since']}\t{entry['until']}\t{json.dumps(entry['schema'], sort_keys=True)}\n"
        for event_type, entries in history.items()
        for entry in entries
    )


def _of_schemas_just_replaced(history: dict[str, list[dict[str, Any]]], listed: list[str]) -> list[dict[str, Any]]:
    """New events, written by the release before the current one under a schema that the current one changed."""
    before = listed[-2]
    known = {(line["event_type"], line["sourcelib"]) for line in read_lines("old-release-vectors.jsonl")}
    changed = [
        event_type
        for event_type, entries in history.items()
        if [entry["until"] for entry in entries[-2:]] == listed[-2:] and (event_type, before) not in known
    ]
    wanted = [{"event_type": each, "seed": seed} for each in changed for seed in range(PER_OLD_SCHEMA)]
    return [{**line, "sourcelib": before} for line in (_run(before, wanted)["events"] if wanted else [])]


def _read_today(line: dict[str, Any]) -> Any:
    """Old bytes, read under the schema of their writer, as the data classes of today hold them."""
    schema = fastavro.parse_schema(json.loads(line["schema"]))
    read = fastavro.schemaless_reader(io.BytesIO(bytes.fromhex(line["avro"])), schema)
    signal = library.by_event_type()[line["event_type"]]
    return {key: _as_today(read[key], data_class) for key, data_class in signal.init_data.items()}


def _as_today(tree: Any, data_type: Any) -> Any:
    """A missing field takes its default, a field that is gone is dropped, and text that is no key stays text."""
    if tree is not None and attr.has(data_type):
        return {
            field.name: _as_today(tree[field.name], field.type)
            if field.name in tree
            else to_json(field.default.factory() if isinstance(field.default, attr.Factory) else field.default)
            for field in attr.fields(data_type)
        }
    try:
        return to_json(from_json(tree, data_type))
    except InvalidKeyError:
        return tree


def _future_releases(history: dict[str, list[dict[str, Any]]], old: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """
    For each change of a schema, events that the newer release wrote, and what the older one reads: the ``same`` data as
    far as it knows them, ``other`` data, or it ``fails``.
    """
    samples: dict[str, list[Any]] = {}
    for line in read_lines("vectors.jsonl"):
        samples.setdefault(line["event_type"], []).append(line["data"])
    for line in old:
        samples.setdefault(line["event_type"], []).append(line["expect"])
    lines = []
    for event_type, entries in history.items():
        for older, newer in zip(entries, entries[1:], strict=False):
            for data in samples.get(event_type, [])[:3]:
                written = _as_written(newer["schema"], data, {})
                buffer = io.BytesIO()
                fastavro.schemaless_writer(buffer, fastavro.parse_schema(newer["schema"]), written)
                lines.append(
                    {
                        "avro": buffer.getvalue().hex(),
                        "event_type": event_type,
                        "knows": older["until"],
                        "python": _verdict(buffer.getvalue(), older["schema"], written),
                        "sourcelib": newer["since"],
                    }
                )
    return lines


def _as_written(schema: Any, data: Any, records: dict[str, Any]) -> Any:
    """Data of today in the shape of a schema; ``records`` holds the records that were defined so far."""
    if isinstance(schema, str):
        schema = records.get(schema, schema)
    if isinstance(schema, list):
        return None if data is None else _as_written(schema[1], data, records)
    kind = schema["type"] if isinstance(schema, dict) else schema
    if kind == "record":
        records[schema["name"]] = schema
        return {
            field["name"]: _as_written(
                field["type"], data.get(field["name"], REMOVED_FIELDS.get(field["name"])), records
            )
            for field in schema["fields"]
        }
    if kind == "array":
        return [_as_written(schema["items"], item, records) for item in data]
    if kind == "map":
        return {key: _as_written(schema["values"], value, records) for key, value in data.items()}
    return data


def _verdict(avro: bytes, schema: Any, written: Any) -> str:
    try:
        read = fastavro.schemaless_reader(io.BytesIO(avro), fastavro.parse_schema(schema))
    except Exception:  # noqa: BLE001  a Python consumer, too, logs any exception and goes on
        return "fails"
    return "same" if _known_part(written, read) == read else "other"


def _known_part(written: Any, read: Any) -> Any:
    """Of what was written, what the reader has fields for."""
    if isinstance(read, dict) and isinstance(written, dict):
        return {key: _known_part(written.get(key, value), value) for key, value in read.items()}
    return written
