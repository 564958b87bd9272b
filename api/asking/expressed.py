"""Questions of the library expressed by conditions, both ways: the field ``where`` of ``phrasings.yaml``.

Example: unit-duties with unit 娄底市:市编办 and role lead is ``lead(娄底市:市编办)``, and the other way round.

Left to others: which of the two is answered (`api.asking.understand`).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from api.asking.parameters import Parameters, ReadAs
from api.asking.phrasings import load_phrasings
from graph.conditions.query import And, Is, Query, condition, parts_of_and

_CALL = re.compile(r"(?P<name>[\w{}:-]+)\((?P<values>[^()]*)\)")
_SLOT = re.compile(r"\{(?P<names>[\w|]+)(?::(?P<otherwise>[\w-]+))?\}")
_NARROWS = ("document", "region")


@dataclass(frozen=True, slots=True)
class _Call:
    """A condition of the field ``where``: its name and its values, each a word or a parameter in braces."""

    name: str
    values: tuple[str, ...]


@cache
def _calls(question: str) -> tuple[_Call, ...] | None:
    where = load_phrasings().where.get(question)
    if where is None:
        return None
    return tuple(
        _Call(met["name"], tuple(one.strip() for one in met["values"].split(",") if one.strip()))
        for met in _CALL.finditer(where)
    )


def conditions_of(asked: ReadAs) -> And | None:
    """The conditions that a question with its parameters asks for; None if it is no query of items."""
    calls = _calls(asked.question)
    if calls is None:
        return None
    left = {name: value for name, value in asked.parameters.items() if name not in _NARROWS}

    def value(words: str) -> str | None:
        met = _SLOT.fullmatch(words)
        if met is None:
            return words
        name = next((one for one in met["names"].split("|") if one in left), None)
        return met["otherwise"] if name is None else left.pop(name)

    made: list[Query] = []
    for call in calls:
        name = value(call.name)
        values = [value(one) for one in call.values]
        if name is None or (values and values[0] is None):
            return None
        made.append(condition(name, *(one for one in values if one is not None)))
    return None if left else And(tuple(made))


def question_of(query: Query, named: Mapping[str, str], known: Parameters | None) -> ReadAs | None:
    """The question of the library that is exactly this query. ``named``: the names of ids that stand in it."""
    parts = parts_of_and(query)
    leaves = [part for part in parts if isinstance(part, Is)]
    if len(leaves) != len(parts):
        return None
    for question in load_phrasings().where:
        takes = None if known is None else {param.name for param in known.get(question, ())}
        given = _unified(_calls(question) or (), leaves, takes)
        if given is not None:
            return ReadAs(question, given, {name: named.get(value, value) for name, value in given.items()})
    return None


def _unified(calls: Sequence[_Call], leaves: Sequence[Is], takes: set[str] | None) -> dict[str, str] | None:
    """The parameters with which the calls are the leaves."""
    if len(calls) != len(leaves):
        return None
    given: dict[str, str] = {}
    for call, leaf in zip(calls, leaves, strict=True):
        words = [leaf.condition.name, *leaf.written.values()]
        if len(words) - 1 > len(call.values):
            return None
        if not all(
            _fits(slot, word, given, takes) for slot, word in zip((call.name, *call.values), words, strict=False)
        ):
            return None
        if any(_SLOT.fullmatch(slot) is None for slot in call.values[len(words) - 1 :]):
            return None
    return given


def _fits(slot: str, word: str, given: dict[str, str], takes: set[str] | None) -> bool:
    met = _SLOT.fullmatch(slot)
    if met is None:
        return slot == word
    if word == met["otherwise"]:
        return True
    name = next((one for one in met["names"].split("|") if takes is None or one in takes), None)
    if name is None or (name == "role" and word not in _ROLES):
        return False
    given[name] = word
    return True


_ROLES = ("lead", "responsible", "cooperating", "supervising")


def is_narrower(one: Query, other: Query) -> bool:
    """Whether ``one`` has every condition of ``other`` and more."""
    return set(_parts(other)) < set(_parts(one))


def is_same(one: Query, other: Query) -> bool:
    """Whether two queries have the same conditions, in any order."""
    return set(_parts(one)) == set(_parts(other))


def _parts(query: Query) -> Iterator[str]:
    for part in parts_of_and(query):
        yield f"{part.condition.name}{sorted(part.written.items())}" if isinstance(part, Is) else repr(part)
