"""
Event data as JSON and back.

Independent of the libraries' own serializers, so that the tests can detect what those change. The JSON has the Python
field names; times, UUIDs and keys are strings; so are floats that JSON does not support.
"""

import json
import math
from datetime import datetime
from typing import Any, get_args, get_origin
from uuid import UUID

import attr
from opaque_keys import OpaqueKey
from openedx_events.tooling import OpenEdxPublicSignal

Json = Any
EventData = dict[str, Any]


def data_to_json(signal: OpenEdxPublicSignal, data: EventData) -> Json:
    """The data of an event, data key by data key."""
    return {key: to_json(data[key]) for key in signal.init_data}


def data_from_json(signal: OpenEdxPublicSignal, tree: Json) -> EventData:
    """The inverse of ``data_to_json``. A missing field gets the default of its data class."""
    return {key: from_json(tree[key], data_type) for key, data_type in signal.init_data.items()}


def to_json(value: Any) -> Json:
    """One value as JSON."""
    if attr.has(type(value)):
        return {field.name: to_json(getattr(value, field.name)) for field in attr.fields(type(value))}
    if isinstance(value, list):
        return [to_json(item) for item in value]
    if isinstance(value, dict):
        return {key: to_json(item) for key, item in value.items()}
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, (UUID, OpaqueKey)):
        return str(value)
    if isinstance(value, type):  # a default that is the class itself instead of an empty value
        return to_json(value())
    if isinstance(value, float) and not math.isfinite(value):
        return json.dumps(value)  # NaN, Infinity or -Infinity
    return value


def from_json(tree: Json, data_type: Any) -> Any:
    """A value of a type from its JSON."""
    if tree is None:
        return None
    if get_origin(data_type) is list:
        (item_type,) = get_args(data_type)
        return [from_json(item, item_type) for item in tree]
    if get_origin(data_type) is dict:
        _, item_type = get_args(data_type)
        return {key: from_json(item, item_type) for key, item in tree.items()}
    if attr.has(data_type):
        fields = attr.fields(data_type)
        return data_type(**{f.name: from_json(tree[f.name], f.type) for f in fields if f.name in tree})
    if data_type is datetime:
        return datetime.fromisoformat(tree)
    if issubclass(data_type, OpaqueKey):
        return data_type.from_string(tree)
    if data_type in (UUID, float):
        return data_type(tree)
    return tree
