"""Which question of the library a text asks: its concepts are matched with the phrasings in ``phrasings.yaml``.

Order of steps: words such as 只 and 从未 are attached to the role they qualify; each phrasing is tried. It matches if every
need is met, every span has a place, the order of the concepts has the phrasing's shape, and the text names no more units
than the phrasing takes.  The match with the most needs comes first.  `near_matches` gives the phrasings whose needs are
met although some span is left over; they are offered if nothing matches.

Example: 谁从来不牵头 has who and never-lead, so units-never-leading matches.

Left to others: parameters (`api.asking.parameters`).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from typing import Any

from api.asking.covering import PART, RecognisedSpan
from api.asking.unit_names import UNIT
from api.asking.vocabulary import FREE, asking_yaml

MARK = ","


@dataclass(frozen=True, slots=True)
class Phrasing:
    """One phrasing of a question, see the head of ``phrasings.yaml``."""

    question: str
    needs: tuple[frozenset[str], ...]
    places: frozenset[str]
    units: int
    shape: "re.Pattern[str] | None"
    unless: "re.Pattern[str] | None"
    whole: str | None = None


@dataclass(frozen=True, slots=True)
class Phrasings:
    """The parsed content of ``phrasings.yaml``."""

    phrasings: tuple[Phrasing, ...]
    parameters: Mapping[str, Mapping[str, str]]
    attached: Mapping[str, tuple[str, ...]]
    where: Mapping[str, str]


@cache
def load_phrasings() -> Phrasings:
    """The phrasings shipped with the product, read once per process."""
    given = asking_yaml("phrasings")
    groups, neutral = given["groups"], given["neutral"]
    phrasings = [
        _phrasing(name, phrasing, groups, neutral)
        for name, question in given["questions"].items()
        for phrasing in question["phrasings"]
    ]
    parameters = {name: question["parameters"] for name, question in given["questions"].items()}
    where = {name: question["where"] for name, question in given["questions"].items() if "where" in question}
    attached = {word: tuple(roles) for word, roles in given["attached"].items()}
    return Phrasings(tuple(phrasings), parameters, attached, where)


def _phrasing(
    name: str, given: Mapping[str, Any], groups: Mapping[str, Sequence[str]], neutral: Sequence[str]
) -> Phrasing:
    needs = tuple(frozenset(need.split("|")) for need in given["needs"])
    used = {one for use in given.get("uses", ()) for one in groups.get(use, (use,))}
    return Phrasing(
        question=name,
        needs=needs,
        places=frozenset((FREE, *neutral, *used, *(one for need in needs for one in need))),
        units=given.get("units", 1),
        shape=re.compile(given["shape"]) if "shape" in given else None,
        unless=re.compile(given["unless"]) if "unless" in given else None,
        whole=given.get("whole"),
    )


def attach(text: str, spans: Sequence[RecognisedSpan]) -> list[RecognisedSpan]:
    """The spans; a word such as 只 gets one more concept, with the role it qualifies: only-lead."""
    phrasings = load_phrasings()
    made = []
    for at, span in enumerate(spans):
        for word in phrasings.attached.keys() & set(span.concepts):
            role = _role_of(text, spans, at, phrasings.attached[word])
            if role is not None:
                span = replace(span, concepts=(f"{word}-{role}", *span.concepts))
        made.append(span)
    return made


def _role_of(text: str, spans: Sequence[RecognisedSpan], at: int, roles: Sequence[str]) -> str | None:
    """The first role behind the span in its clause, else the last role before it."""
    behind = _clause(text, spans[at:])
    before = _clause(text, spans[at::-1])
    for found in (behind, before):
        for span in found[1:]:
            role = next((role for role in roles if role in span.concepts), None)
            if role is not None:
                return role
    return None


def _clause(text: str, spans: Sequence[RecognisedSpan]) -> list[RecognisedSpan]:
    """The spans up to the next punctuation mark that ends a clause."""
    kept = list(spans[:1])
    for one, other in pairwise(spans):
        first, second = sorted((one, other), key=lambda span: span.start)
        if ends_clause(text[first.end : second.start]):
            break
        kept.append(other)
    return kept


def ends_clause(between: str) -> bool:
    """Whether a clause ends in the text between two spans; quotation marks do not end one."""
    return any(character in ",;:。.!?、" for character in between)


def match(text: str, spans: Sequence[RecognisedSpan]) -> list[Phrasing]:
    """The phrasings that match, best first, one for each question."""
    return _ranked([phrasing for phrasing in load_phrasings().phrasings if _leftover(phrasing, text, spans) == 0])


def near_matches(text: str, spans: Sequence[RecognisedSpan]) -> list[Phrasing]:
    """The phrasings whose needs are met although some spans have no place in them; fewest such spans first."""
    left = [(phrasing, _leftover(phrasing, text, spans)) for phrasing in load_phrasings().phrasings]
    found = [(phrasing, over) for phrasing, over in left if over is not None and over > 0]
    return _ranked([phrasing for phrasing, _ in sorted(found, key=lambda entry: entry[1])], by_needs=False)


def completions(text: str, spans: Sequence[RecognisedSpan]) -> list[Phrasing]:
    """The phrasings that take a name or a day of the text and would match if the text had one more word."""
    said = {concept for span in spans for concept in span.concepts if concept.isupper()}
    found = []
    for phrasing in load_phrasings().phrasings:
        slots = {need for need in phrasing.needs if all(concept.isupper() for concept in need)}
        met = {need for need in phrasing.needs if any(not need.isdisjoint(span.concepts) for span in spans)}
        if slots and slots <= met and len(phrasing.needs) - len(met) == 1 and said <= phrasing.places:
            found.append(replace(phrasing, needs=tuple(met)))
    return _ranked([phrasing for phrasing in found if _leftover(phrasing, text, spans) == 0], by_needs=False)


def _ranked(phrasings: Sequence[Phrasing], *, by_needs: bool = True) -> list[Phrasing]:
    found: dict[str, Phrasing] = {}
    for phrasing in sorted(phrasings, key=lambda phrasing: -len(phrasing.needs)) if by_needs else phrasings:
        found.setdefault(phrasing.question, phrasing)
    return list(found.values())


def _leftover(phrasing: Phrasing, text: str, spans: Sequence[RecognisedSpan]) -> int | None:
    """How many spans have no place in the phrasing; None if it does not match at all."""
    if any(all(need.isdisjoint(span.concepts) for span in spans) for need in phrasing.needs):
        return None
    units = {span.refs for span in spans if concept_of(span, phrasing) == UNIT}
    wants_two = phrasing.question == "shared-items"
    if len(units) > phrasing.units or (wants_two and len(units) != phrasing.units):
        return None
    if any(span.cost == PART and concept_of(span, phrasing) == phrasing.whole for span in spans):
        return None
    shape = _shape(text, spans, phrasing)
    if (phrasing.shape and not phrasing.shape.search(shape)) or (phrasing.unless and phrasing.unless.search(shape)):
        return None
    for concept in ("ITEM", "SECTION", "REGULATION", "DAY"):
        if len({span.refs or span.period for span in spans if concept_of(span, phrasing) == concept}) > 1:
            return None
    return sum(1 for span in spans if concept_of(span, phrasing) is None)


def concept_of(span: RecognisedSpan, phrasing: Phrasing) -> str | None:
    """The concept that a span stands for in a phrasing: a needed concept before one that is only allowed."""
    needed = {one for need in phrasing.needs for one in need}
    if not span.concepts:
        return FREE
    fits = [concept for concept in span.concepts if concept in phrasing.places]
    return next((concept for concept in fits if concept in needed), fits[0] if fits else None)


def _shape(text: str, spans: Sequence[RecognisedSpan], phrasing: Phrasing) -> str:
    said = []
    for one, other in zip(spans, [*spans[1:], None], strict=True):
        concept = concept_of(one, phrasing)
        if concept:
            said.append(concept)
        if other is not None and ends_clause(text[one.end : other.start]):
            said.append(MARK)
    return " ".join(said)
