"""Which question of the library a text asks: its concepts against the ways of asking in ``ways.yaml``.

Order of steps: words such as 只 and 从未 are attached to the role they speak of; each way is tried; it fits when every
need is met, no piece is left without a place, the order of the concepts has its shape and no more units are named than it
takes.  The fit with the most needs comes first.  `nearly` gives the ways whose needs are met although something is left
over: what is offered when nothing fits.

Example: 谁从来不牵头 has who and never-lead, so units-never-leading fits.

Left to others: parameters (`api.asking.understand`).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from typing import Any

from api.asking.covering import Token
from api.asking.units import UNIT
from api.asking.vocabulary import FREE, load_yaml

MARK = ","


@dataclass(frozen=True, slots=True)
class Way:
    """One way of asking a question."""

    question: str
    needs: tuple[frozenset[str], ...]
    places: frozenset[str]
    units: int
    shape: "re.Pattern[str] | None"
    unless: "re.Pattern[str] | None"


@dataclass(frozen=True, slots=True)
class Ways:
    """The file, taken apart."""

    ways: tuple[Way, ...]
    parameters: Mapping[str, Mapping[str, str]]
    attached: Mapping[str, tuple[str, ...]]


@cache
def load_ways() -> Ways:
    """The ways shipped with the product, read once per process."""
    given = load_yaml("ways")
    groups, neutral = given["groups"], given["neutral"]
    ways = [
        _way(name, way, groups, neutral) for name, question in given["questions"].items() for way in question["ways"]
    ]
    parameters = {name: question["parameters"] for name, question in given["questions"].items()}
    return Ways(tuple(ways), parameters, {word: tuple(roles) for word, roles in given["attached"].items()})


def _way(name: str, given: Mapping[str, Any], groups: Mapping[str, Sequence[str]], neutral: Sequence[str]) -> Way:
    needs = tuple(frozenset(need.split("|")) for need in given["needs"])
    used = {one for use in given.get("uses", ()) for one in groups.get(use, (use,))}
    return Way(
        question=name,
        needs=needs,
        places=frozenset((FREE, *neutral, *used, *(one for need in needs for one in need))),
        units=given.get("units", 1),
        shape=re.compile(given["shape"]) if "shape" in given else None,
        unless=re.compile(given["unless"]) if "unless" in given else None,
    )


def attach(text: str, tokens: Sequence[Token]) -> list[Token]:
    """The pieces, each word such as 只 with the role it speaks of as one more concept: only-lead."""
    ways = load_ways()
    made = []
    for at, token in enumerate(tokens):
        for word in ways.attached.keys() & set(token.concepts):
            role = _role_of(text, tokens, at, ways.attached[word])
            if role is not None:
                token = replace(token, concepts=(f"{word}-{role}", *token.concepts))
        made.append(token)
    return made


def _role_of(text: str, tokens: Sequence[Token], at: int, roles: Sequence[str]) -> str | None:
    """The first role behind the piece in its clause, else the last one before it."""
    behind = _clause(text, tokens[at:])
    before = _clause(text, tokens[at::-1])
    for found in (behind, before):
        for token in found[1:]:
            role = next((role for role in roles if role in token.concepts), None)
            if role is not None:
                return role
    return None


def _clause(text: str, tokens: Sequence[Token]) -> list[Token]:
    """The pieces up to the next mark."""
    kept = list(tokens[:1])
    for one, other in pairwise(tokens):
        first, second = sorted((one, other), key=lambda token: token.start)
        if has_mark(text[first.end : second.start]):
            break
        kept.append(other)
    return kept


def has_mark(between: str) -> bool:
    """Whether a clause ends in what stands between two pieces; quotation marks end none."""
    return any(character in ",;:。.!?、" for character in between)


def fitting(text: str, tokens: Sequence[Token]) -> list[Way]:
    """The ways that fit, the best first, one a question."""
    return _ranked([way for way in load_ways().ways if _leftover(way, text, tokens) == 0])


def nearly(text: str, tokens: Sequence[Token]) -> list[Way]:
    """The ways whose needs are met though some piece has no place in them, those with the fewest such pieces first."""
    left = [(way, _leftover(way, text, tokens)) for way in load_ways().ways]
    found = [(way, over) for way, over in left if over is not None and over > 0]
    return _ranked([way for way, _ in sorted(found, key=lambda entry: entry[1])], by_needs=False)


def hinted(text: str, tokens: Sequence[Token]) -> list[Way]:
    """The ways that would fit with one more word, of those that take a name or a day which the text has."""
    said = {concept for token in tokens for concept in token.concepts if concept.isupper()}
    found = []
    for way in load_ways().ways:
        slots = {need for need in way.needs if all(concept.isupper() for concept in need)}
        met = {need for need in way.needs if any(not need.isdisjoint(token.concepts) for token in tokens)}
        if slots and slots <= met and len(way.needs) - len(met) == 1 and said <= way.places:
            found.append(replace(way, needs=tuple(met)))
    return _ranked([way for way in found if _leftover(way, text, tokens) == 0], by_needs=False)


def _ranked(ways: Sequence[Way], *, by_needs: bool = True) -> list[Way]:
    found: dict[str, Way] = {}
    for way in sorted(ways, key=lambda way: -len(way.needs)) if by_needs else ways:
        found.setdefault(way.question, way)
    return list(found.values())


def _leftover(way: Way, text: str, tokens: Sequence[Token]) -> int | None:
    """How many pieces have no place in the way; None when it does not fit at all."""
    if any(all(need.isdisjoint(token.concepts) for token in tokens) for need in way.needs):
        return None
    units = {token.refs for token in tokens if meant(token, way) == UNIT}
    wants_two = way.question == "shared-items"
    if len(units) > way.units or (wants_two and len(units) != way.units):
        return None
    shape = _shape(text, tokens, way)
    if (way.shape and not way.shape.search(shape)) or (way.unless and way.unless.search(shape)):
        return None
    for concept in ("ITEM", "SECTION", "REGULATION", "DAY"):
        if len({token.refs or token.period for token in tokens if meant(token, way) == concept}) > 1:
            return None
    return sum(1 for token in tokens if meant(token, way) is None)


def meant(token: Token, way: Way) -> str | None:
    """The concept that a piece stands for in a way: one that is needed before one that is only allowed."""
    needed = {one for need in way.needs for one in need}
    if not token.concepts:
        return FREE
    fits = [concept for concept in token.concepts if concept in way.places]
    return next((concept for concept in fits if concept in needed), fits[0] if fits else None)


def _shape(text: str, tokens: Sequence[Token], way: Way) -> str:
    said = []
    for one, other in zip(tokens, [*tokens[1:], None], strict=True):
        concept = meant(one, way)
        if concept:
            said.append(concept)
        if other is not None and has_mark(text[one.end : other.start]):
            said.append(MARK)
    return " ".join(said)
