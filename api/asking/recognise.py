"""A text covered by what is recognised in it: words, days, names of the graph.

Order of steps: the document at hand is found (the one named, else the only one there is); days, titles, headings, units,
rates and words are looked for; where a name and a word stand at one place they become one piece; the cheapest covering
is chosen.

Example: 法制办牵头哪些事项 is 法制办 (UNIT), 牵头 (lead), 哪些 (filler), 事项 (item).

Left to others: the finding itself (`api.asking.dates`, `api.asking.units`, `titles`, `api.asking.headings`, `words`).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from api.answers.references import Narrow, resolve
from api.asking.covering import FILLER, WORD, Ref, Token, cover, even
from api.asking.dates import find_days
from api.asking.headings import Outline, find_headings, numbered_in, read_outline
from api.asking.phrasings import attach
from api.asking.titles import DOCUMENT, find_titles
from api.asking.units import Scope, find_units, narrowed
from api.asking.vocabulary import FREE, load_words
from graph.store.contract import Reading

_RATE = re.compile(r"[\u4e00-\u9fff]{1,8}?率")


@dataclass(slots=True)
class Pieces:
    """A text and the pieces that cover it."""

    text: str
    even: str
    scope: Scope
    tokens: list[Token] = field(default_factory=list)
    bare: list[tuple[int, int]] = field(default_factory=list)


def find_pieces(reading: Reading, text: str, today: date, narrow: Narrow) -> Pieces:
    """The text covered by what is recognised in it."""
    made = even(text)
    words = load_words()
    scope = _scope(reading, narrow)
    spoken = frozenset(words.plain)
    tokens = [*words.find(made), *find_days(made, today)]
    titles = find_titles(reading, made, scope, spoken)
    named = next((t.refs[0] for t in titles if DOCUMENT in t.concepts and len(t.refs) == 1), None)
    if named is not None:
        scope = replace(scope, document=named)
    units = find_units(reading, made, scope, spoken - _names_too(words.plain))
    outline = read_outline(reading, scope)
    tokens += [*titles, *find_headings(made, outline, numbered_in(reading)), *_rates(made, outline, reading, scope)]
    units = [_of_place(unit, scope, made) for unit in units]
    tokens += [*units, *_places(made, units, scope)]
    chosen, bare = cover(made, _joined(tokens))
    return Pieces(text, made, scope, attach(made, chosen), bare)


def _names_too(plain: Mapping[str, Sequence[str]]) -> frozenset[str]:
    """Words that a collective may be called by as well: 各县市区政府, 有关部门."""
    return frozenset(word for word, concepts in plain.items() if {"county", "collective"} & set(concepts))


def _scope(reading: Reading, narrow: Narrow) -> Scope:
    if narrow.document is not None:
        found = resolve(reading, "document", narrow.document, narrow)
        region = found.id.partition("-")[0]  # as ids of documents begin, unless the caller set one
        return Scope(Ref(found.id, found.name, region), False, narrow.region, narrow.default_region)
    rows = reading.rows("read/document-names", {"limit": 2})
    only = len(rows) == 1
    first = Ref(rows[0]["id"], rows[0]["name"] or "", rows[0]["region"]) if only else None
    return Scope(first, only, narrow.region, narrow.default_region)


def _of_place(unit: Token, scope: Scope, text: str) -> Token:
    """A unit's name that several places have: the one of the place that is spoken of."""
    spoken = [ref.region for ref in unit.refs if ref.region and (ref.region in text or ref.region[:-1] in text)]
    of_document = scope.document.region if scope.document else None
    return replace(unit, refs=narrowed(unit.refs, [scope.region, *spoken, of_document, scope.default_region]))


def _places(text: str, units: Sequence[Token], scope: Scope) -> list[Token]:
    """A place's name beside its unit, or where the graph knows no other place, says nothing more."""
    regions = {ref.region for unit in units if len(unit.refs) == 1 for ref in unit.refs}
    if scope.document is not None:
        regions.add(scope.document.region)
    tokens = []
    for region in filter(None, regions):
        for form in {region, region[:-1]}:
            if len(form) > 1:
                tokens += [Token(met.start(), met.end(), (FREE,), FILLER) for met in re.finditer(re.escape(form), text)]
    return tokens


def _rates(text: str, outline: Outline | None, reading: Reading, scope: Scope) -> list[Token]:
    """A rate that some item of the plan speaks of: 调解成功率."""
    if outline is None or scope.document is None:
        return []
    tokens = []
    for met in list(_RATE.finditer(text))[:3]:
        rows = _items_with(reading, scope.document.id, text[met.end() - 3 : met.end()])
        if rows and met.end() - met.start() >= 3:
            tokens.append(Token(met.end() - 3, met.end(), ("rate",), WORD))
            for start in range(met.start(), met.end() - 4):
                if rows & _items_with(reading, scope.document.id, text[start : met.end() - 3]):
                    tokens.append(Token(start, met.end(), ("rate",), WORD))
    return tokens


def _items_with(reading: Reading, document: str, words: str) -> set[str]:
    """The items of a document whose text has the words."""
    given = {"documents": [document], "section": None, "cites": None, "q": words, "due_before": None, "due_after": None}
    return {row["id"] for row in reading.rows("read/items", {**given, "after": None, "limit": 500})}


def _joined(tokens: Sequence[Token]) -> list[Token]:
    """A name and a word, or two names, at one place become one piece that may stand for either."""
    at: dict[tuple[int, int], Token] = {}
    for token in sorted(tokens, key=lambda token: (token.cost, not token.refs)):
        place = (token.start, token.end)
        known = at.get(place)
        if known is None:
            at[place] = token
        elif FREE in known.concepts and known.cost < token.cost:
            continue  # 没 at the end of a question says nothing
        elif known.wrong is None and token.wrong is None:
            concepts = tuple(dict.fromkeys((*known.concepts, *token.concepts)))
            at[place] = replace(
                known, concepts=concepts, refs=known.refs or token.refs, period=known.period or token.period
            )
    return list(at.values())
