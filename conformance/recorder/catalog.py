"""catalog.json, data-classes.json and generated-schemas.sha256: what the current release defines."""

import hashlib
import shutil
from pathlib import Path
from typing import Any

import attr
import openedx_events
from django.core.management import call_command
from edx_event_bus_kafka.internal.producer import extract_key_schema
from openedx_events.event_bus.avro.serializer import AvroSignalSerializer
from openedx_events.tooling import KNOWN_UNSERIALIZABLE_SIGNALS, OpenEdxPublicSignal

from recorder import library
from recorder.files import write_json, write_text

# The fields that make the best example of an event key, best first.
KEY_FIELDS = ["course_key", "usage_key", "uuid", "id"]


def record() -> None:
    """Writes the files."""
    write_json("catalog.json", [_event(path, signal) for path, signal in library.signals().items()])
    write_json("data-classes.json", _data_classes())
    write_text("generated-schemas.sha256", _checksums_of_generated_schemas())


def key_field(signal: OpenEdxPublicSignal) -> str:
    """An example of a key field: a field with a preferred name, otherwise the first field."""
    paths = [
        path for data_key, data_class in signal.init_data.items() for path in _required_fields(data_key, data_class)
    ]
    for name in KEY_FIELDS:
        for path in paths:
            if path.endswith(f".{name}"):
                return path
    return paths[0]


def _required_fields(path: str, data_class: Any) -> list[str]:
    """The paths of the simple fields that are never null, in wire order."""
    paths = []
    for field in attr.fields(data_class):
        if field.default is attr.NOTHING:
            field_path = f"{path}.{field.name}"
            paths += _required_fields(field_path, field.type) if attr.has(field.type) else [field_path]
    return paths


def _event(path: str, signal: OpenEdxPublicSignal) -> dict[str, Any]:
    on_the_bus = signal.event_type not in KNOWN_UNSERIALIZABLE_SIGNALS
    event = {
        "signal_path": path,
        "event_type": signal.event_type,
        "minor_version": signal.minor_version,
        "data": {key: data_class.__name__ for key, data_class in signal.init_data.items()},
        "event_bus": on_the_bus,
    }
    if on_the_bus:
        serializer = AvroSignalSerializer(signal)
        event["schema"] = serializer.schema_string()
        event["example_key_field"] = key_field(signal)
        event["key_schema"] = extract_key_schema(serializer, key_field(signal))
    return event


def _data_classes() -> dict[str, dict[str, list[dict[str, Any]]]]:
    """Subdomain → data class → its fields in wire order."""
    return {
        module.__name__.split(".")[1]: {
            name: [_field(field) for field in attr.fields(value)]
            for name, value in vars(module).items()
            if attr.has(value) and value.__module__ == module.__name__
        }
        for module in library.modules("data")
        if module.__name__.count(".") > 1
    }


def _field(field: attr.Attribute) -> dict[str, Any]:
    described = {"name": field.name, "type": _type_name(field.type)}
    if field.default is not attr.NOTHING:
        default = field.default
        if isinstance(default, attr.Factory):
            default = default.factory()
        # One default is the class dict itself, where an empty one was meant.
        described["default"] = default() if isinstance(default, type) else default
    return described


def _type_name(data_type: Any) -> str:
    if isinstance(data_type, type) and not hasattr(data_type, "__origin__"):
        return data_type.__name__
    return str(data_type).replace("typing.", "").replace("openedx_events.", "")


def _checksums_of_generated_schemas() -> str:
    """The SHA-256 of each file that the management command ``generate_avro_schemas`` writes into the library."""
    folder = Path(openedx_events.__path__[0]) / "event_bus" / "avro" / "tests"
    shutil.rmtree(folder, ignore_errors=True)  # the command asks before it replaces a file
    call_command("generate_avro_schemas", all=True)
    try:
        files = sorted(folder.glob("schemas/*.avsc"))
        return "".join(f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}\n" for file in files)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
