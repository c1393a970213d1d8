"""
iso-times.tsv, metadata.jsonl and merged-producer-configs.jsonl: what single functions return.

Everything but the result is input. To record one more case, append a line with its input and run the recorder.
"""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from openedx_events.data import EventsMetadata
from openedx_events.event_bus import merge_producer_configs

from recorder.files import read_lines, read_text, write_lines, write_text

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def record() -> None:
    """Writes the files."""
    texts = [line.split("\t")[0] for line in read_text("iso-times.tsv").split("\n")[:-1]]
    write_text("iso-times.tsv", "".join(f"{text}\t{_time(text)}\n" for text in texts))
    metadata = [{**line, "json": _metadata(line).to_json()} for line in read_lines("metadata.jsonl")]
    write_lines("metadata.jsonl", metadata, sort_keys=False)
    name = "merged-producer-configs.jsonl"
    merged = [
        {**line, "merged": merge_producer_configs(line["original"], line["overrides"])} for line in read_lines(name)
    ]
    write_lines(name, merged, sort_keys=False)


def _time(text: str) -> str:
    """The time as the library writes it again, in UTC where the text has no offset."""
    try:
        time = datetime.fromisoformat(text)
    except ValueError:
        return "invalid"
    return (time if time.tzinfo else time.replace(tzinfo=UTC)).isoformat()


def _metadata(line: dict[str, Any]) -> EventsMetadata:
    return EventsMetadata(
        event_type=line["event_type"],
        id=UUID(line["id"]),
        minorversion=line["minorversion"],
        source=line["source"],
        sourcehost=line["sourcehost"],
        time=EPOCH + timedelta(microseconds=line["epoch_micros"]),
        sourcelib=tuple(map(int, line["sourcelib"].split("."))),
    )
