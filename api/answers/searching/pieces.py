"""What a search asks the index of a kind for: all words, or the pieces of them that anything of that kind has.

`in_pieces` cuts words that nothing has as they are: from the left, the longest piece that something of the kind has, then
the next; a figure is never cut.  What no piece covers is left out, as long as most of the words are covered.

Example: 秸秆青贮 stands nowhere, 秸秆 and 青贮 do: an item with both is found. Of 2023年15号 the plans have 2023 and 15号.

Left to others: the order of hits (`api.answers.searching.search`).
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from api.answers.references import rows_with_words
from graph.search_text import every_term
from graph.store.contract import ReadTransaction

MOST_LEFT_OUT = 0.4
"""The part of the words that pieces may leave out."""

_UNITS = 20  # units of one name; more are no name
_LONGEST = 60  # characters that are cut into pieces


@dataclass(frozen=True, slots=True)
class Sought:
    """The words that a hit must have, each in the form that is searched; ``joined`` is what they are in one.

    ``borne`` is the one of the words that may be a unit which bears the item, with the ids of such ``units``.
    ``left_out``: how many characters of the query are not sought. ``why``: what was made of the words, in Chinese.
    """

    words: tuple[str, ...]
    joined: str
    borne: str | None = None
    units: tuple[str, ...] = ()
    left_out: int = 0
    why: str | None = None


def asked_of(kind: str, one: Sought) -> dict[str, Any]:
    """The parameters of ``read/search-hits`` that say what is looked for."""
    return {
        "index": f"{kind}_search",
        "terms": every_term(word for word in one.words if word != one.borne),
        "words": list(one.words),
        "borne": one.borne,
        "units": list(one.units),
    }


def sought(reading: ReadTransaction, kind: str, words: Sequence[str], joined: str) -> Sought:
    """All words; for items, one of several may be a unit."""
    if kind == "item" and len(words) > 1:
        for word in words:
            units = _units_called(reading, word)
            if units:
                return Sought(tuple(words), joined, word, units)
    return Sought(tuple(words), joined)


def in_pieces(reading: ReadTransaction, kind: str, words: Sequence[str]) -> Sought | None:
    """The pieces of the words that something of the kind has; None if these are too little of the words."""
    whole = sum(map(len, words))
    if whole > _LONGEST:
        return None
    pieces = list(dict.fromkeys(piece for word in words for piece in _cut(reading, kind, word)))
    left_out = max(whole - sum(map(len, pieces)), 0)
    if not pieces or left_out > whole * MOST_LEFT_OUT:
        return None
    why = f"没有连在一起的“{''.join(words)}”；分开查找：{'、'.join(pieces)}"
    return Sought(tuple(pieces), "".join(pieces), left_out=left_out, why=why)


def _cut(reading: ReadTransaction, kind: str, word: str) -> list[str]:
    found, start = [], 0
    while start < len(word):
        ends = [
            end
            for end in range(start + 1, len(word) + 1)
            if not word[end - 1 : end + 1].isdecimal() or end == len(word)
        ]
        ends = [end for end in ends if end - start > 1 or word[start].isascii()]
        end = _longest(reading, kind, word, start, ends)
        if end is not None:
            found.append(word[start:end])
        start = end if end is not None else start + 1
    return found


def _longest(reading: ReadTransaction, kind: str, word: str, start: int, ends: Sequence[int]) -> int | None:
    """The last of ``ends`` up to which something has the word; if it has a piece, it has every shorter one."""
    found = bisect_left(ends, True, key=lambda end: not _is_there(reading, kind, word[start:end]))
    return ends[found - 1] if found else None


def _is_there(reading: ReadTransaction, kind: str, piece: str) -> bool:
    asked = {"index": f"{kind}_search", "terms": every_term([piece]), "words": piece}
    return bool(reading.rows("read/search-has", asked))


def _units_called(reading: ReadTransaction, word: str) -> tuple[str, ...]:
    """The units of which ``word`` is a name, or the end of one."""
    rows = rows_with_words(reading, "unit", word, _UNITS + 1)
    called = [row["id"] for row in rows if any(name.endswith(word) for name in row["search_text"].split("\n"))]
    return tuple(called) if len(rows) <= _UNITS else ()
