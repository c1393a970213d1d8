"""
opaque-keys.jsonl, opaque-key-quirks.jsonl and opaque-key-branches.tsv: how texts read as keys.

Kind and text of a line are its input. To record one more text, append a line with these two and run the recorder.
"""

from typing import Any

from ccx_keys.locator import CCXLocator
from opaque_keys import InvalidKeyError, OpaqueKey
from opaque_keys.edx.keys import CourseKey, UsageKey
from opaque_keys.edx.locator import (
    LibraryCollectionLocator,
    LibraryContainerLocator,
    LibraryLocatorV2,
    LibraryUsageLocatorV2,
)

from recorder.files import read_lines, read_text, write_lines, write_text

KINDS = {
    "course": CourseKey,
    "usage": UsageKey,
    "ccx": CCXLocator,
    "library": LibraryLocatorV2,
    "library_usage": LibraryUsageLocatorV2,
    "library_collection": LibraryCollectionLocator,
    "library_container": LibraryContainerLocator,
}
PARTS = [
    *("org", "course", "run", "branch", "version_guid", "library", "ccx", "slug", "lib_key", "course_key"),
    *("block_type", "block_id", "usage_id", "collection_id", "container_type", "container_id", "deprecated"),
]


def record() -> None:
    """Writes the files."""
    for name in ("opaque-keys.jsonl", "opaque-key-quirks.jsonl"):
        write_lines(name, [_line(line["kind"], line["input"]) for line in read_lines(name)])
    inputs = [line.split("\t")[:2] for line in read_text("opaque-key-branches.tsv").split("\n") if line]
    write_text("opaque-key-branches.tsv", "".join(f"{kind}\t{text}\t{_written(kind, text)}\n" for kind, text in inputs))


def _line(kind: str, text: str) -> dict[str, Any]:
    key = _parsed(kind, text)
    if key is None:
        return {"input": text, "invalid": True, "kind": kind}
    return {"class": type(key).__name__, "input": text, "kind": kind, "parts": _parts(key), "string": str(key)}


def _written(kind: str, text: str) -> str:
    key = _parsed(kind, text)
    return "" if key is None else str(key)


def _parsed(kind: str, text: str) -> OpaqueKey | None:
    """The key, or None for a text that the library refuses."""
    try:
        key = KINDS[kind].from_string(text)
    except InvalidKeyError:
        return None
    return key if isinstance(key, KINDS[kind]) else None


def _parts(key: OpaqueKey) -> dict[str, Any]:
    parts = {name: _part(key, name) for name in PARTS}
    return {name: value for name, value in parts.items() if value is not None}


def _part(key: OpaqueKey, name: str) -> Any:
    try:
        value = getattr(key, name, None)
        return value if value is None or isinstance(value, bool) else str(value)
    except TypeError:
        return None  # the course of an old usage key has no run, so it has no text
