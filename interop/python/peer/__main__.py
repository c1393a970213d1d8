"""``python -m peer COMMAND '{"settings": {…}, …}'``: starts a service with these settings, and runs a command in it."""

import json
import sys
from collections.abc import Callable

from peer import service


def main(command: str, arguments: str) -> None:
    """Runs one command; its arguments are a JSON object."""
    options = json.loads(arguments)
    service.start(options.pop("settings"))
    from peer import commands  # noqa: PLC0415  its imports need the settings

    known: dict[str, Callable[..., None]] = {
        "consume": commands.consume,
        "consume_own": commands.consume_own,
        "describe": commands.describe,
        "encode": commands.encode,
        "produce": commands.produce,
        "send": commands.send,
    }
    known[command](**options)


if __name__ == "__main__":
    main(*sys.argv[1:])
