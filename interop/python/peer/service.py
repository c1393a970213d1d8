"""A minimal Python service of Open edX: settings and signals, and nothing else."""

import logging
import sys
from typing import Any

import django
from django.conf import settings


def start(service_settings: dict[str, Any]) -> None:
    """Starts the service. To be called once, before importing modules that read settings."""
    # Standard output is for the JSON lines only.
    logging.basicConfig(stream=sys.stderr, level=logging.ERROR)
    settings.configure(
        INSTALLED_APPS=["openedx_events"],
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
        USE_TZ=True,
        **service_settings,
    )
    django.setup()
