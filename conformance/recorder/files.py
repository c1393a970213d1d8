"""The recorded files: where they are, and how they are read and written."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "conformance"


def read_text(name: str) -> str:
    """A recorded file as it is. Newlines are kept: some inputs contain a carriage return."""
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return file.read()


def read_json(name: str) -> Any:
    """A recorded file that is one JSON document."""
    return json.loads(read_text(name))


def read_lines(name: str) -> list[Any]:
    """A recorded file with one JSON document per line."""
    return [json.loads(line) for line in read_text(name).split("\n") if line]


def write_text(path: str | Path, text: str) -> None:
    """Writes a file, given by its name in this folder or by its full path."""
    with (FOLDER / path).open("w", encoding="utf-8", newline="") as file:
        file.write(text)


def write_json(name: str, document: Any) -> None:
    """Writes one indented JSON document."""
    write_text(name, json.dumps(document, indent=1))


def write_lines(
    path: str | Path, documents: Iterable[Any], *, sort_keys: bool = True, ensure_ascii: bool = True
) -> None:
    """Writes one JSON document per line."""
    lines = (json.dumps(document, sort_keys=sort_keys, ensure_ascii=ensure_ascii) for document in documents)
    write_text(path, "".join(line + "\n" for line in lines))
