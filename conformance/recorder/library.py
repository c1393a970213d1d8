"""The release of openedx-events that is on the Python path: its signals and data classes."""

import pkgutil
from importlib import import_module
from types import ModuleType
from typing import Any

import openedx_events
from openedx_events.event_bus.avro.serializer import AvroSignalSerializer
from openedx_events.tooling import OpenEdxPublicSignal


def modules(name: str) -> list[ModuleType]:
    """All modules of the library with this simple name, such as ``signals``, in the order of their full names."""
    found = pkgutil.walk_packages(openedx_events.__path__, "openedx_events.")
    names = [module.name for module in found if module.name.endswith(f".{name}") and ".tests." not in module.name]
    return [import_module(full_name) for full_name in sorted(names)]


def signals() -> dict[str, OpenEdxPublicSignal]:
    """Python path → signal, sorted by event type."""
    found = {
        f"{module.__name__}.{name}": value
        for module in modules("signals")
        for name, value in vars(module).items()
        if isinstance(value, OpenEdxPublicSignal)
    }
    return dict(sorted(found.items(), key=lambda item: item[1].event_type))


def by_event_type() -> dict[str, OpenEdxPublicSignal]:
    """Event type → signal, sorted."""
    return {signal.event_type: signal for signal in signals().values()}


def serializer(signal: OpenEdxPublicSignal) -> Any:
    """The serializer of a signal; None where the library cannot make one, as for a signal that stays in process."""
    try:
        return AvroSignalSerializer(signal)
    except Exception:  # noqa: BLE001  old releases raise just that
        return None
