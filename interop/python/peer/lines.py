"""JSON lines, the protocol between the test and this process."""

import json
import sys
from collections.abc import Iterator
from typing import Any


def write_line(line: dict[str, Any]) -> None:
    """Writes a line to the test."""
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


def read_lines() -> Iterator[dict[str, Any]]:
    """The lines of the test, until it closes the pipe."""
    for line in sys.stdin:
        yield json.loads(line)
