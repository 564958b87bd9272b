"""What a person corrects in the head of a plan (人工更正): title, reference number, date of issue, region.

1. `checked` brings a value into the form that a text would give, or says what is wrong with it.
2. `loaders.structure.head` puts it in the place of what the text says, and whatever rests on it follows: ids, years, places.
3. A `Correction` keeps what was given beside what the text says; a value that the text has as well corrects nothing,
   nor does a year of which the text names the day.

>>> checked("title", " 《青川县 治水方案》"), checked("region", "湖南省娄底市")
('青川县治水方案', '娄底市')
>>> corrections(ParseOptions(issued_on="2018"), {"issued_on": ("2017-03-16", (0, 10))})[0].stated
'2017-03-16'

Left to others: where options come from (`api`), storing them (`loaders.storing.rows`).
"""

import re
from collections.abc import Mapping
from datetime import date

from msgspec.structs import replace

from graph.errors import ParameterError
from graph.model import Correction, ParseOptions, Span
from graph.names import fold
from loaders.lexicon.places import below_province, is_place, near_places

CORRECTED = ("title", "reference_number", "issued_on", "region")
"""The properties of a document that a person can correct."""

LONGEST_TITLE, LONGEST_NUMBER = 200, 60

_SAYS = re.compile(r"[^\W_]")


def corrections(options: ParseOptions, own: Mapping[str, tuple[str | None, Span | None]]) -> tuple[Correction, ...]:
    """Those of the options that differ from what the text says; ``own`` has that for each property, with its place."""
    found = []
    for name, (stated, span) in own.items():
        given = getattr(options, name)
        if given is not None and not _agrees(name, given, stated):
            found.append(Correction(name, given, stated, span, None))
    return tuple(found)


def _agrees(name: str, given: str, stated: str | None) -> bool:
    """Whether the text says what was given; a year agrees with every day in it."""
    if stated is None:
        return False
    return stated.startswith(given) if name == "issued_on" else fold(given) == fold(stated)


def checked_options(options: ParseOptions) -> ParseOptions:
    """The options as a text would say them. Raises ParameterError."""
    given = {name: value for name in CORRECTED if (value := getattr(options, name)) is not None}
    return replace(options, **{name: checked(name, value) for name, value in given.items()}) if given else options


def checked(name: str, value: str) -> str:
    """The value of one property in the form that a text would give. Raises ParameterError."""
    words = re.sub(r"\s+", "", value)
    if name == "issued_on":
        return _day(words)
    if not words.isprintable() or not _SAYS.search(words):
        met = "is empty" if not words else f"is {value[:60]!r}"
        raise ParameterError(f"{name} {met}; expected {_EXPECTED[name]}. Leave it out to keep what the text says.")
    if name == "region":
        return _region(words)
    longest = LONGEST_TITLE if name == "title" else LONGEST_NUMBER
    if len(words) > longest:
        raise ParameterError(f"{name} has {len(words)} characters; expected {_EXPECTED[name]}, at most {longest}.")
    if name == "reference_number" and not re.search(r"\d", words):
        raise ParameterError(f"reference_number is {value!r}; expected {_EXPECTED[name]}, with its figures.")
    return re.sub(r"^《([^《》]*)》$", r"\1", words)


_EXPECTED = {
    "title": "the title of one plan, such as 青川县河湖管护工作方案",
    "reference_number": "a reference number such as 娄发〔2017〕4号",
    "region": "a place such as 娄底市 or 南京市鼓楼区, or 全国",
}


def _day(words: str) -> str:
    """A year or a day of the calendar on which a plan can have been issued; not 0001, not 2017-13-01."""
    try:
        day = words if re.fullmatch(r"\d{4}", words, re.ASCII) else date.fromisoformat(words).isoformat()
    except ValueError:
        day = ""
    if day.startswith(("19", "20")):
        return day
    raise ParameterError(f"issued_on is {words[:60]!r}; expected a date such as 2017-03-16, or a year such as 2017.")


def _region(words: str) -> str:
    if is_place(words):
        return below_province(words) or words
    near = near_places(words)
    proposed = f" Did you mean {' or '.join(near)}?" if near else ""
    raise ParameterError(f"region is {words[:60]!r}, which is no place; expected {_EXPECTED['region']}.{proposed}")
