"""Dates as a calendar (iCalendar, RFC 5545): one whole-day event for each row with a date.

Example: the calendar of the sample has 72 events.

Left to others: which rows there are (`api.answers.questions`).
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

_LINE = 73  # octets of a line without its end


def calendar(rows: Iterable[Mapping[str, Any]]) -> bytes:
    """The rows of ``deadline-lights`` as a calendar."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Zeren//deadlines//ZH", "CALSCALE:GREGORIAN"]
    for row in rows:
        if row["item"] and row["due"]["date"]:
            lines += _event(row)
    return "".join(f"{part}\r\n" for line in [*lines, "END:VCALENDAR"] for part in _folded(line)).encode()


def _event(row: Mapping[str, Any]) -> list[str]:
    last = date.fromisoformat(row["due"]["date"])
    item = row["item"]
    leads = f"（{'、'.join(row['leads'])}牵头）" if row["leads"] else ""
    number = f"{item['number']} " if item["number"] is not None else ""
    return [
        "BEGIN:VEVENT",
        f"UID:{_text(row['id'])}@zeren",
        f"DTSTAMP:{last:%Y%m%d}T000000Z",
        f"DTSTART;VALUE=DATE:{last:%Y%m%d}",
        f"DTEND;VALUE=DATE:{last + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_text(number + item['heading'] + leads)}",
        f"DESCRIPTION:{_text((row['words'] or '') + ' ' + (item['document_title'] or ''))}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _text(words: str) -> str:
    for mark, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r", ""), ("\n", "\\n")):
        words = words.replace(mark, written)
    return words


def _folded(line: str) -> Iterator[str]:
    """A line in parts that are not too long, each but the first with a blank before it; no character is cut."""
    part, size = "", 0
    for one in line:
        wide = len(one.encode())
        if size + wide > _LINE:
            yield part
            part, size = " ", 1
        part, size = part + one, size + wide
    yield part
