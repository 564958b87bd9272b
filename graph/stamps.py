"""Stamps: moments as stores, logs and keys keep them, ISO in UTC to the second, so that their order is that of their words.

Example: ``stamp(datetime(2026, 11, 30, 8, tzinfo=UTC))`` is ``2026-11-30T08:00:00+00:00``.
"""

from datetime import UTC, datetime


def utc_now() -> str:
    """The stamp of now."""
    return stamp(datetime.now(UTC))


def stamp(moment: datetime) -> str:
    """The stamp of a moment with a time zone."""
    return moment.astimezone(UTC).isoformat(timespec="seconds")
