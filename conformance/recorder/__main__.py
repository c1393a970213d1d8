"""``python -m recorder``: writes all recorded files."""

import logging

from peer import service


def main() -> None:
    """Starts the library, then records."""
    service.start({"SERVICE_VARIANT": "lms"})
    logging.getLogger("openedx_events").setLevel(logging.ERROR)
    from recorder import catalog, events, history, keys, values  # noqa: PLC0415  their imports read the settings

    history.releases()  # ends here, before anything is written, when the pinned releases do not fit
    for recorder in (catalog, events, history, keys, values):
        print(f"recording {(recorder.__doc__ or '').strip().split(':')[0]}", flush=True)  # noqa: T201
        recorder.record()


if __name__ == "__main__":
    main()
