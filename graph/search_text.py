"""The one form in which words are searched, and where they stand in a text.

Steps of `search_form`: full width becomes half width and capitals small letters; Kangxi radicals become the characters
they look like; marks and blanks go, also those that break a line; between two figures they become one ``.``, so that
``〔2017〕4号``, ``[2017] 4号`` and ``2017-4号`` are one form and 2017 and 4 stay two figures (``1,000`` is one).

>>> search_form("“放管服”改革"), search_form("娄发〔2017〕4号"), search_form("ＡＩ（人工智能）"), search_form("1,000万元")
('放管服改革', '娄发2017.4号', 'ai人工智能', '1000万元')

A node that can be searched has two properties: ``search_text``, its fields in that form, a line each, the name first; and
``search_terms``, what its full-text index holds: every character and every pair of neighbours, once, with a blank between
them. `every_term` asks for nodes that have all pairs of some words; ``CONTAINS`` over ``search_text`` then decides.  This
way both engines find the same, whatever their analysers do to Chinese, letters and marks.

Left to others: the statements (``cypher/read/search-hits.cypher``), which hit comes first (`api.answers.searching.search`).
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice
from operator import add
from typing import Any

from graph.names import fold

_GONE, _COMMA, _WITHIN = "\0", "\1", "\2"  # no part of a word; a comma; the comma of 1,000
_KEPT_MARKS = frozenset("%‰#&@")  # marks that change what a word means: 100%, C#
_SIGNS = ("L", "N", "M", "Sc", "Sm", "So")  # categories of Unicode: letters, figures, currencies, +, ℃
_DRAWN = range(0x2500, 0x2600)  # lines and boxes of tables drawn by characters
_LONGEST_KEPT = 500
_ALIKE = {"○": "〇", "|": _GONE, "¦": _GONE, "〜": _GONE, ",": _COMMA}

_THOUSANDS = re.compile("(?<=[0-9])\x01(?=[0-9]{3}(?![0-9]))")
# 〔2017〕第4号 is 〔2017〕4号
_NUMBERED = re.compile("第(?:(?<=[0-9]第)|(?<=[0-9]\0第))(?=\0*[0-9]{1,5}\0*号)")
_BETWEEN_FIGURES = re.compile("(?<=[0-9])\0+(?=[0-9])")


class _Table(dict[int, str]):
    """One character to one character; each is worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        self[code] = made = _plain(chr(code))
        return made


def _plain(character: str) -> str:
    made = fold(character) or _GONE
    made = made.lower() if len(made.lower()) == 1 else made
    if made in _ALIKE:
        return _ALIKE[made]
    kept = made in _KEPT_MARKS or unicodedata.category(made).startswith(_SIGNS)
    return made if kept and ord(made) not in _DRAWN else _GONE


_TABLE = _Table()


def _aligned(text: str) -> str:
    """The search form of ``text`` with a NUL for each character that it leaves out, so that places stay what they are."""
    plain = _THOUSANDS.sub(_WITHIN, text.translate(_TABLE)).replace(_COMMA, _GONE)
    parted = _BETWEEN_FIGURES.sub(lambda met: "." + met[0][1:], _NUMBERED.sub(_GONE, plain))
    return parted.replace(_WITHIN, _GONE)


def search_form(text: str) -> str:
    """``text`` as it is searched: one line without marks. Names come again and again and are kept; a source text is not, for four
    thousand of them are 200 MB.
    """
    return _kept_form(text) if len(text) <= _LONGEST_KEPT else _form(text)


def _form(text: str) -> str:
    return _aligned(text).replace(_GONE, "")


_kept_form = lru_cache(maxsize=4096)(_form)


def search_places(text: str, words: Iterable[str], most: int = 20) -> list[tuple[int, int]]:
    """Where the words, each in its search form, stand in ``text``: places in code points, in order, none over another."""
    aligned = _aligned(text)
    form = aligned.replace(_GONE, "")
    found = [(at, at + len(word)) for word in words if word for at in islice(_finds(form, word), most)]
    if not found:
        return []
    kept = [at for at, character in enumerate(aligned) if character != _GONE]
    return _apart(sorted((kept[start], kept[end - 1] + 1) for start, end in found))[:most]


def _finds(form: str, word: str) -> Iterator[int]:
    at = form.find(word)
    while at >= 0:
        yield at
        at = form.find(word, at + len(word))


def _apart(places: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The places, those that touch or cover one another as one."""
    made: list[tuple[int, int]] = []
    for start, end in places:
        if made and start <= made[-1][1]:
            made[-1] = (made[-1][0], max(end, made[-1][1]))
        else:
            made.append((start, end))
    return made


def terms_of(words: str) -> list[str]:
    """What a full-text index is asked for words in their search form: all pairs of neighbours, or the one character."""
    return list(dict.fromkeys(map(add, words, words[1:]))) or [words]


def every_term(words: Iterable[str]) -> str:
    """The question to a full-text index: nodes that have all terms of all words, each in its search form.

    This is the only place where words of a user meet the syntax of Lucene.
    """
    terms = dict.fromkeys(term for word in words for term in terms_of(word))
    return " ".join('+"' + term.replace("\\", "\\\\").replace('"', '\\"') + '"' for term in terms)


_FIELDS: Mapping[str, tuple[str, ...]] = {
    "Unit": ("name", "full_name", "aliases"),
    "Document": ("title", "reference_number"),
    "Regulation": ("title", "reference_number"),
    "Item": ("heading", "body"),
    "SourceText": ("text",),
}
SEARCHED = tuple(_FIELDS)
"""The labels whose nodes can be searched."""


def search_properties(label: str, properties: Mapping[str, Any]) -> dict[str, str]:
    """``search_text`` and ``search_terms`` of a node of one of the labels `SEARCHED`."""
    fields = (properties.get(name) for name in _FIELDS[label])
    values = [value for field in fields for value in (field if isinstance(field, list) else (field or "",))]
    lines = dict.fromkeys(search_form(value) for value in values)
    lines.pop("", None)
    terms: dict[str, None] = {}
    for line in lines:
        terms |= dict.fromkeys(line) | dict.fromkeys(terms_of(line))
    return {"search_text": "\n".join(lines), "search_terms": " ".join(terms)}
