"""
Test events of every type, each signal in several variants.

The same seed produces the same samples. Random values depend on signal and variant only, so a new signal does not
change the samples of the others.
"""

import random
import string
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta, timezone
from enum import Enum
from typing import Any, get_args, get_origin
from uuid import UUID

import attr
from ccx_keys.locator import CCXLocator
from opaque_keys.edx.keys import CourseKey, UsageKey
from opaque_keys.edx.locator import (
    LibraryCollectionLocator,
    LibraryContainerLocator,
    LibraryLocatorV2,
    LibraryUsageLocatorV2,
)
from openedx_events.data import EventsMetadata
from openedx_events.tooling import OpenEdxPublicSignal

from peer.shapes import EventData


class Variant(Enum):
    """The way in which the values of a sample are chosen."""

    FULL = "every optional field is present, and all values differ"
    BARE = "no optional field is present"
    HOLLOW = "optional records are present, without their optional fields"
    EMPTY = "every optional field is present with the empty value of its type"
    LARGE = "long texts, large containers, the largest numbers"
    ODD = "rare characters, deprecated keys, unusual numbers, times far from UTC"
    NAIVE = "times without an offset"
    MIXED = "a random choice for each value"
    MIXED_AGAIN = "another random choice for each value"


TEXTS = [
    "",
    " ",
    "naïve café",
    "ﷺ العربية עברית 教育 ไทย",
    "e\u0301 \u200d\u200e\u202e\ufeff",
    "🎓👩🏽‍🎓 \U0010ffff \uffff \ufffd",
    "\u0000\u0001\t\r\n\u2028\x7f\x85",
    '"quoted" \\back\\slashed\\ {"json": [1, null]} \'; DROP TABLE --',
    "x" * 63,
    "y" * 64,
    "ü" * 32,
    "None",
    "null",
    "2024-01-02T03:04:05",
]
MAP_KEYS = [
    *("", "a", "A", "aa", "Z", "é", "e\u0301", "\u0000", "\x7f", "\x80", "\u07ff", "\u0800", "\ud7ff"),
    *("\ue000", "\ufb01", "\ufffd", "\uffff", "\U00010000", "\U0001f600", "\U0001f600a", "\U0010ffff"),
]
NUMBERS = [
    *(0, 1, -1, 63, 64, -64, -65, 8191, 8192, -8192, -8193, 2**31 - 1, 2**31, -(2**31) - 1),
    *(2**53 + 1, 2**62, 2**63 - 1, -(2**63)),
]
FLOATS = [
    *(0.0, -0.0, 0.1, 1.0, -1.5, 1 / 3, 1e-7, 1e16, 1e22, 123456789.123456789, 5e-324, 1.7976931348623157e308),
    *(float("inf"), float("-inf"), float("nan")),
]
OFFSETS = [
    timedelta(0),
    timedelta(hours=5, minutes=30),
    -timedelta(hours=3, minutes=30),
    timedelta(hours=14),
    -timedelta(hours=12),
    timedelta(minutes=19, seconds=32),
    -timedelta(hours=17, minutes=59, seconds=59),
    timedelta(hours=18),
]
MICROSECONDS = [0, 1, 10, 1000, 100000, 123456, 999999]

COURSES = [
    "course-v1:edX+DemoX+Demo_Course",
    "course-v1:Ünï+Кирилл.101+教育-2024~1",
    "course-v1:edX+DemoX+2024+branch@draft-branch+version@519665f6223ebd6980884f2b",
    "library-v1:edX+lib.One",
    "ccx-v1:edX+DemoX+Demo_Course+ccx@17",
    "edX/DemoX/Old_Course",
]
USAGES = [
    "block-v1:edX+DemoX+Demo_Course+type@problem+block@a1b2c3",
    "block-v1:edX+DemoX+2024+branch@published-branch+version@519665f6223ebd6980884f2b+type@video+block@é:x~y.z",
    "lib-block-v1:edX+lib.One+type@html+block@b1",
    "ccx-block-v1:edX+DemoX+Demo_Course+ccx@17+type@vertical+block@v1",
    "lb:SchemaX:lib-1:problem:p.1",
    "i4x://edX/DemoX/problem/old_problem",
    "aside-usage-v1:block-v1:edX+DemoX+Demo_Course+type@problem+block@a1b2c3::structured_tags",
    "aside-usage-v2:lb$:SchemaX$:lib-1$:problem$:p.1::structured_tags",
]
KEYS: dict[Any, list[str]] = {
    CourseKey: COURSES,
    UsageKey: USAGES,
    CCXLocator: ["ccx-v1:edX+DemoX+Demo_Course+ccx@17", "ccx-v1:Ünï+CS+R.1+ccx@9007199254740993"],
    LibraryLocatorV2: ["lib:SchemaX:lib-1", "lib:Org.X_1:ünï-教育"],
    LibraryUsageLocatorV2: ["lb:SchemaX:lib-1:problem:p.1", "lb:Org.X_1:ünï-教育:video:v.é_1"],
    LibraryCollectionLocator: ["lib-collection:SchemaX:lib-1:col-1", "lib-collection:Org.X_1:ünï:sammlung_2"],
    LibraryContainerLocator: ["lct:SchemaX:lib-1:unit:u-1", "lct:Org.X_1:ünï:subsection:s_2"],
}


def samples(signal: OpenEdxPublicSignal, seed: int) -> Iterator[tuple[Variant, EventData]]:
    """Event data of one signal in each variant."""
    for variant in Variant:
        maker = _Maker(variant, random.Random(f"{seed} {signal.event_type} {variant.name}"))
        yield variant, {key: maker.value(data_type) for key, data_type in signal.init_data.items()}


def odd_metadata(signal: OpenEdxPublicSignal, seed: int) -> EventsMetadata:
    """Metadata with values that differ from those of current services."""
    chance = random.Random(f"{seed} {signal.event_type} metadata")
    return EventsMetadata(
        event_type=signal.event_type,
        id=UUID(int=chance.getrandbits(128), version=chance.choice([1, 4, 5])),
        minorversion=chance.choice([0, 1, 7, 2**31 - 1]),
        source=f"openedx/{chance.choice(['ünï-教育', 'x y', 'credentials'])}/web",
        sourcehost=chance.choice(["höst.example", "🎓", "10.0.0.1"]),
        time=datetime(chance.choice([1, 1970, 2024, 9999]), 2, 28, 23, 59, 59, chance.choice(MICROSECONDS), UTC),
        # a future release
        sourcelib=chance.choice([(11, 2, 1), (12, 0), (12, 10, 3, 1)]),
    )


class _Maker:
    """Generates the values of one sample."""

    def __init__(self, variant: Variant, chance: random.Random) -> None:
        self._variant = variant
        self._chance = chance
        self._count = 0
        self._depth = 0
        self._simple: dict[Any, Callable[[], Any]] = {
            bool: lambda: self._chance.random() < 0.5,
            int: self._number,
            float: self._float,
            str: self._text,
            datetime: self._time,
            UUID: lambda: UUID(int=self._chance.getrandbits(128)),
        }

    def value(self, data_type: Any) -> Any:
        """A value of a type that occurs in data classes."""
        self._count += 1
        if get_origin(data_type) is list:
            (item_type,) = get_args(data_type)
            return self._items(item_type, self._size())
        if get_origin(data_type) is dict:
            _, item_type = get_args(data_type)
            keys = self._map_keys(self._size())
            return dict(zip(keys, self._items(item_type, len(keys)), strict=True))
        if attr.has(data_type):
            return self._record(data_type)
        if data_type in KEYS:
            return data_type.from_string(self._pick(KEYS[data_type]))
        return self._simple[data_type]()

    def _record(self, data_class: Any) -> Any:
        values = {}
        for field in attr.fields(data_class):
            if field.default is attr.NOTHING or self._has_optional(field.type):
                values[field.name] = self.value(field.type)
            elif self._variant is Variant.EMPTY or _is_broken_default(field.default):
                values[field.name] = _empty(field.type)
        return data_class(**values)

    def _has_optional(self, data_type: Any) -> bool:
        if self._variant is Variant.HOLLOW:
            return any(map(attr.has, get_args(data_type) or [data_type]))
        if self._is_mixed():
            return self._chance.random() < 0.5
        return self._variant not in (Variant.BARE, Variant.EMPTY)

    def _is_mixed(self) -> bool:
        return self._variant in (Variant.MIXED, Variant.MIXED_AGAIN)

    def _is_odd(self) -> bool:
        return self._variant is Variant.ODD or (self._is_mixed() and self._chance.random() < 0.5)

    def _pick(self, pool: list[Any]) -> Any:
        return self._chance.choice(pool) if self._is_odd() else pool[self._count % 2]

    def _items(self, item_type: Any, size: int) -> list[Any]:
        self._depth += 1
        items = [self.value(item_type) for _ in range(size)]
        self._depth -= 1
        return items

    def _size(self) -> int:
        if self._variant is Variant.LARGE:
            return 3 if self._depth else 150
        if self._variant in (Variant.BARE, Variant.EMPTY):
            return 0
        return self._chance.randrange(4) if self._is_odd() else 2

    def _map_keys(self, size: int) -> list[str]:
        keys = MAP_KEYS if size > 20 else self._chance.sample(MAP_KEYS, size)
        keys = [*keys, *(f"{self._chance.choice(MAP_KEYS)}{i}" for i in range(size - len(keys)))]
        self._chance.shuffle(keys)
        return keys

    def _number(self) -> int:
        if self._variant is Variant.LARGE:
            return self._chance.choice([2**63 - 1, -(2**63)])
        return self._chance.choice(NUMBERS) if self._is_odd() else 1000 + self._count

    def _float(self) -> float:
        return self._chance.choice(FLOATS) if self._is_odd() else self._count + 0.25

    def _text(self) -> str:
        if self._variant is Variant.LARGE:
            return "".join(self._chance.choices(string.printable + "é教🎓", k=80 if self._depth else 2_000))
        if self._variant is Variant.EMPTY:
            return ""
        return self._chance.choice(TEXTS) if self._is_odd() else f"text {self._count}"

    def _time(self) -> datetime:
        offset = timezone(self._chance.choice(OFFSETS)) if self._is_odd() else UTC
        return datetime(
            self._chance.choice([1, 1969, 2000, 9999]) if self._is_odd() else 2024,
            self._chance.randint(1, 12),
            self._chance.randint(1, 28),
            self._chance.randrange(24),
            self._chance.randrange(60),
            self._chance.randrange(60),
            self._chance.choice(MICROSECONDS),
            None if self._variant is Variant.NAIVE else offset,
        )


def _is_broken_default(default: Any) -> bool:
    """Whether a default cannot be used: one is the class ``dict`` instead of an empty dict."""
    return isinstance(default, type)


def _empty(data_type: Any) -> Any:
    """The value of a type that is false in Python; None where there is none."""
    origin = get_origin(data_type) or data_type
    return origin() if origin in (bool, int, float, str, list, dict) else None
