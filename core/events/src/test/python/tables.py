"""Writes the tables that the tests compare with: what Python makes of times and of metadata.

Run with Python 3.12 and the packages of the event library: python tables.py
"""
import json
from datetime import datetime, timedelta, timezone
from pathlib import Path
from uuid import UUID

RESOURCES = Path(__file__).parent.parent / "resources" / "dev" / "carillon" / "events"

TIMES = """
2024-01-02T03:04:05+00:00
2024-01-02T03:04:05
2024-01-02T03:04:05Z
2024-01-02 03:04:05+00:00
2024-01-02t03:04:05+00:00
2024-01-02
20240102
20240102T030405
20240102T030405.000007+0530
20240102T03:04:05
2024-01-02T030405
2024-01-02T03
2024-01-02T03:04
2024-01-02T0304
2024-01-02T03+01:00
2024-01-02T03:04+01:00
2024-01-02T03:04Z
2024-01-02T03:04:05.1
2024-01-02T03:04:05.12+00:00
2024-01-02T03:04:05.123
2024-01-02T03:04:05.123456
2024-01-02T03:04:05,123456
2024-01-02T03:04:05.000001+00:00
2024-01-02T03:04:05.100000+00:00
2024-01-02T03:04:05.999999+00:00
2024-01-02T03:04:05.1234567
2024-01-02T03:04:05.123456999+02:00
2024-01-02T03:04:05.000000+00:00
2024-01-02T03:04:05+05:30
2024-01-02T03:04:05+0530
2024-01-02T03:04:05+05
2024-01-02T03:04:05-03:30
2024-01-02T03:04:05-00:00
2024-01-02T03:04:05-00:30
2024-01-02T03:04:05+00:00:00
2024-01-02T03:04:05+01:02:03
2024-01-02T03:04:05-01:02:03
2024-01-02T03:04:05+010203
2024-01-02T03:04:05+18:00
2024-01-02T03:04:05-18:00
2024-02-29T23:59:59.999999-12:00
2023-12-31T23:59:59+14:00
0001-01-01T00:00:00+00:00
0001-01-01T00:00:00+05:00
0999-06-07T08:09:10+00:00
1969-12-31T23:59:59.999999+00:00
1970-01-01T00:00:00+00:00
9999-12-31T23:59:59.999999+00:00
9999-12-31T23:59:59-05:00

2024
2024-01
2024-1-2T03:04:05
2024-0102T03:04:05
202401-02T03:04:05
2024-01-02T
2024-01-02T3:04:05
2024-01-02T03:
2024-01-02T03:04:
2024-01-02T03:0405
2024-01-02T0304:05
2024-01-02T03:04:05.
2024-01-02T03:04:05.12x
2024-01-02T03:04:05+
2024-01-02T03:04:05+5
2024-01-02T03:04:05+05:
2024-01-02T03:04:05+05:3
2024-01-02T03:04:05+05:30:
2024-01-02T03:04:05+05:3000
2024-01-02T03:04:05+0530:00
2024-01-02T03:04:05+24:00
2024-01-02T03:04:05+05:30Z
2024-01-02T03:04:05ZZ
2024-01-02T03:04:05 UTC
2024-01-02T03:04:05+00:00 
 2024-01-02T03:04:05+00:00
2024-00-02T03:04:05
2024-13-02T03:04:05
2024-01-00T03:04:05
2024-01-32T03:04:05
2023-02-29T03:04:05
2024-01-02T24:00:00
2024-01-02T03:60:05
2024-01-02T03:04:60
0000-01-01T00:00:00
10000-01-01T00:00:00
-2024-01-02T03:04:05
+2024-01-02T03:04:05
1704164645
now
""".strip("\n").split("\n")


def iso(text):
    try:
        time = datetime.fromisoformat(text)
    except ValueError:
        return "invalid"
    return (time if time.tzinfo else time.replace(tzinfo=timezone.utc)).isoformat()


def write(name, lines):
    RESOURCES.mkdir(parents=True, exist_ok=True)
    (RESOURCES / name).write_text("".join(line + "\n" for line in lines), encoding="ascii")


def times():
    write("iso-times.tsv", [f"{text}\t{iso(text)}" for text in TIMES])


def metadata():
    from django.conf import settings

    settings.configure()
    from openedx_events.data import EventsMetadata

    def each(number, name, **fields):
        made = EventsMetadata(
            event_type=fields.get("event_type", f"org.openedx.learning.case{number}.made.v1"),
            id=UUID(int=UUID("6b29fc40-ca47-1067-b31d-00dd010662da").int + number),
            minorversion=number,
            source=fields.get("source", f"openedx/service{number}/web"),
            sourcehost=fields.get("sourcehost", f"host{number}.example.org"),
            time=fields.get("time", datetime(2024, 1, 2, 3, 4, 5 + number, tzinfo=timezone.utc)),
            sourcelib=fields.get("sourcelib", (11, 2, number)),
        )
        return json.dumps({
            "name": name,
            "event_type": made.event_type,
            "id": str(made.id),
            "minorversion": made.minorversion,
            "source": made.source,
            "sourcehost": made.sourcehost,
            "epoch_micros": (made.time - datetime(1970, 1, 1, tzinfo=timezone.utc)) // timedelta(microseconds=1),
            "sourcelib": ".".join(map(str, made.sourcelib)),
            "json": made.to_json(),
        })

    write("metadata.jsonl", [
        each(0, "plain"),
        each(1, "microseconds", time=datetime(2024, 1, 2, 3, 4, 5, 6, tzinfo=timezone.utc)),
        each(2, "first year", time=datetime(1, 1, 1, tzinfo=timezone.utc)),
        each(3, "last year", time=datetime(9999, 12, 31, 23, 59, 59, 999999, tzinfo=timezone.utc)),
        each(4, "before 1970", time=datetime(1969, 12, 31, 23, 59, 59, 999999, tzinfo=timezone.utc)),
        each(5, "quotes and backslashes", source='open"edx\\/web/'),
        each(6, "control characters", sourcehost="".join(map(chr, range(32))) + "\x7f"),
        each(7, "letters beyond ASCII", source="\u00e9\u00df\u4e2d\u0430\uffff"),
        each(8, "beyond the basic plane", sourcehost="\U0001f393\U0010ffff"),
        each(9, "half a surrogate pair", sourcehost="\ud83c and \udf93"),
        each(10, "line separators", sourcehost="\u2028\u2029\u0085"),
        each(11, "empty text", source="", sourcehost=""),
        each(12, "one number in the version", sourcelib=(7,)),
        each(13, "four numbers in the version", sourcelib=(0, 10, 0, 2147483647)),
    ])


times()
metadata()
