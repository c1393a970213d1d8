"""JSON lines: how the test and this process talk."""

import json
import sys
from collections.abc import Iterator
from typing import Any


def say(line: dict[str, Any]) -> None:
    """Tells the test something."""
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


def hear() -> Iterator[dict[str, Any]]:
    """What the test says, until it closes the pipe."""
    for line in sys.stdin:
        yield json.loads(line)
