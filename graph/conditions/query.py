"""A query: conditions joined by and, or, not, and its forms: a tree, an address, a Chinese sentence.

The written form, as an address carries it::

    lead(市编办) and not due-by(2018-12-31)
    (lead(市编办) or lead(市人社局)) and cites(湖南省行政程序规定, implements)

``not`` binds closest, then ``and``, then ``or``. A value that holds a bracket, a comma or a
quotation mark stands in double quotes, a mark in it twice.

Order of steps: `parse_where` makes a tree of what is written, with the values as they stand there; `bind` asks its caller
to resolve each of them (a name becomes an id); `graph.conditions.join` runs the tree.

Example: ``says(parse_where("lead(市编办) and no-lead()"))`` is ``由市编办牵头，且没有牵头单位``.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, TypeAlias

from graph.conditions.cards import CHOICE, Condition, Parameter, load_conditions
from graph.conditions.statement_values import RECKONED
from graph.errors import ParameterError

MOST_CONDITIONS = 20
_TOKEN = re.compile(
    r"""
      \s*(?:
        (?P<mark>[()])                       # brackets around conditions
      | (?P<word>and|or|not)(?![\w-])       # what joins them; not not-sure()
      | (?P<name>[a-z][a-z-]*)\s*\(          # the name of a condition, and the bracket of its values
      )
    """,
    re.VERBOSE,
)
_VALUE = re.compile(r'\s*(?:"(?P<quoted>(?:[^"]|"")*)"|(?P<bare>[^,()"]*))\s*(?P<end>[,)])')


@dataclass(frozen=True, slots=True)
class Is:
    """One condition with the values of its parameters: as written, and as the statement takes them once it is bound.

    ``named`` are the words that a sentence has for them.
    """

    condition: Condition
    written: Mapping[str, str]
    values: Mapping[str, Any] = field(default_factory=dict)
    named: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Not:
    part: "Query"


@dataclass(frozen=True, slots=True)
class And:
    parts: "tuple[Query, ...]"


@dataclass(frozen=True, slots=True)
class Or:
    parts: "tuple[Query, ...]"


Query: TypeAlias = Is | Not | And | Or


def all_hold(parts: Iterable[Query]) -> Query:
    """Conditions joined by and; one stands by itself."""
    every = tuple(parts)
    return every[0] if len(every) == 1 else And(every)


def one_holds(parts: Iterable[Query]) -> Query:
    """Conditions joined by or; one stands by itself."""
    every = tuple(parts)
    return every[0] if len(every) == 1 else Or(every)


def parts_of_and(query: Query) -> tuple[Query, ...]:
    """What an ``and`` joins; of any other query, the query itself."""
    return query.parts if isinstance(query, And) else (query,)


def condition(name: str, *values: str) -> Is:
    """The condition called ``name`` with its values in the order of its card. Raises ParameterError for a wrong one."""
    card = load_conditions().get(name)
    if card is None:
        raise ParameterError(f"there is no condition {name[:40]!r}; expected one of {', '.join(load_conditions())}.")
    least = sum(1 for taken in card.takes.values() if taken.otherwise is None)
    if not least <= len(values) <= len(card.takes):
        wanted = ", ".join(card.takes) or "no value"
        raise ParameterError(f"the condition {name} has {len(values)} values; expected {wanted}.")
    return Is(card, dict(zip(card.takes, values, strict=False)))


def parse_where(text: str) -> Query:
    """The query that is written in ``text``. Raises ParameterError that says where it breaks off."""
    reader = _Reader(text)
    query = reader.either()
    reader.end()
    if sum(1 for _ in leaves(query)) > MOST_CONDITIONS:
        raise ParameterError(f"the query has more than {MOST_CONDITIONS} conditions; ask with fewer.")
    return query


class _Reader:
    """Reads a written query from left to right, one function for each level of binding."""

    def __init__(self, text: str) -> None:
        self._text, self._at, self._depth = text, 0, 0

    def either(self) -> Query:
        return self._joined("or", self._both, one_holds)

    def end(self) -> None:
        if self._text[self._at :].strip():
            raise self._fault("the end, and, or")

    def _both(self) -> Query:
        return self._joined("and", self._one, all_hold)

    def _joined(self, word: str, part: Callable[[], Query], joined: Callable[[list[Query]], Query]) -> Query:
        parts = [part()]
        while self._takes("word", word):
            parts.append(part())
        return joined(parts)

    def _one(self) -> Query:
        if self._takes("word", "not"):
            return Not(self._nested(self._one))
        if self._takes("mark", "("):
            query = self._nested(self.either)
            if not self._takes("mark", ")"):
                raise self._fault("a closing bracket")
            return query
        met = _TOKEN.match(self._text, self._at)
        if met is None or met["name"] is None:
            raise self._fault("a condition such as lead(市编办)")
        self._at = met.end()
        return condition(met["name"], *self._values())

    def _nested(self, part: Callable[[], Query]) -> Query:
        self._depth += 1
        if self._depth > MOST_CONDITIONS:
            raise self._fault(f"at most {MOST_CONDITIONS} brackets in each other")
        query = part()
        self._depth -= 1
        return query

    def _values(self) -> Iterator[str]:
        while True:
            met = _VALUE.match(self._text, self._at)
            if met is None:
                raise self._fault("values with commas between, and a closing bracket")
            self._at = met.end()
            if met["quoted"] is not None:
                yield met["quoted"].replace('""', '"')
            elif met["bare"].strip():
                yield met["bare"].strip()
            if met["end"] == ")":
                return

    def _takes(self, group: str, wanted: str) -> bool:
        met = _TOKEN.match(self._text, self._at)
        if met is None or met[group] != wanted:
            return False
        self._at = met.end()
        return True

    def _fault(self, expected: str) -> ParameterError:
        met = self._text[self._at : self._at + 20].strip()
        return ParameterError(f"the query breaks off at {met!r}, character {self._at + 1}; expected {expected}.")


def leaves(query: Query) -> Iterator[Is]:
    """The conditions of a query, in the order in which they are written."""
    match query:
        case Is():
            yield query
        case Not(part):
            yield from leaves(part)
        case And(parts) | Or(parts):
            for part in parts:
                yield from leaves(part)


Resolve: TypeAlias = Callable[[str, str], tuple[str, str]]
"""A kind (unit, regulation, section) and what is written → the id, and the name that a sentence has for it."""


def bind(query: Query, resolve: Resolve) -> Query:
    """The query with the values that its statements take. Raises ParameterError for a value that cannot be one."""
    match query:
        case Is():
            return _bound(query, resolve)
        case Not(part):
            return Not(bind(part, resolve))
        case And(parts):
            return And(tuple(bind(part, resolve) for part in parts))
        case Or(parts):
            return Or(tuple(bind(part, resolve) for part in parts))


def _bound(leaf: Is, resolve: Resolve) -> Is:
    values: dict[str, Any] = dict(leaf.condition.fixed)
    named = {}
    for name, taken in leaf.condition.takes.items():
        written = leaf.written.get(name)
        if written is None:
            named[name] = taken.otherwise or ""
        else:
            values[name], named[name] = _value(leaf.condition, name, taken, written, resolve)
    if leaf.condition.reckons is not None:
        values = RECKONED[leaf.condition.reckons](values)
    return replace(leaf, values=values, named=named)


def _value(card: Condition, name: str, taken: Parameter, written: str, resolve: Resolve) -> tuple[Any, str]:
    met = f"the condition {card.name} has {written[:60]!r} as {name}"
    if taken.kind == CHOICE:
        by_words = {words: value for value, words in taken.choices.items()}
        value = by_words.get(written, written)
        if value not in taken.choices:
            raise ParameterError(f"{met}; expected one of {', '.join(taken.choices)}.")
        return taken.values.get(value, value), taken.choices[value]
    if taken.kind == "day":
        try:
            day = date.fromisoformat(written).isoformat()
        except ValueError:
            raise ParameterError(f"{met}; expected an ISO date such as 2018-12-31.") from None
        return day, day
    if taken.kind == "count":
        if not (written.isdecimal() and 1 <= int(written) <= 1000):
            raise ParameterError(f"{met}; expected a whole number from 1 to 1000.")
        return int(written), str(int(written))
    if not written.strip():
        raise ParameterError(f"{met}; expected words.")
    return resolve(taken.kind, written)


def says(query: Query) -> str:
    """The query as a Chinese sentence: what an item must be like. An ``and`` of nothing holds for every item."""
    match query:
        case Is():
            return _filled(query.condition.says, query)
        case Not(Is() as denied):
            return _filled(denied.condition.denies, denied)
        case Not(part):
            return f"并非（{says(part)}）"
        case And(()):
            return "所有事项"
        case And(parts):
            return "，且".join(_said_once(parts))
        case Or(parts):
            return "，或".join(_said_once(parts))


def _filled(words: str, leaf: Is) -> str:
    """The words of a card with the values of a condition."""
    return words.format(**{name: leaf.named.get(name, leaf.written.get(name, "")) for name in leaf.condition.takes})


def _said_once(parts: Sequence[Query]) -> list[str]:
    """What each part says, those that say the same once: units of one name in several plans are several conditions."""
    return list(dict.fromkeys(_enclosed(part) for part in parts))


def _enclosed(part: Query) -> str:
    several = isinstance(part, And | Or) and len(_said_once(part.parts)) != 1
    return f"（{says(part)}）" if several else says(part)


def written(query: Query) -> str:
    """The query as it is written, with ids for names once it is bound."""
    match query:
        case Is():
            return f"{query.condition.name}({', '.join(_quoted(value) for value in _shown_values(query))})"
        case Not(part):
            return f"not {_in_brackets(part)}"
        case And(parts):
            return " and ".join(_in_brackets(part) for part in parts)
        case Or(parts):
            return " or ".join(_in_brackets(part) for part in parts)


def _shown_values(leaf: Is) -> Sequence[str]:
    resolved = ("unit", "regulation", "section")
    return [
        str(leaf.values[name]) if name in leaf.values and leaf.condition.takes[name].kind in resolved else value
        for name, value in leaf.written.items()
    ]


def _quoted(value: str) -> str:
    plain = value == value.strip() and not re.search(r'[,()"]', value)
    return value if plain else '"' + value.replace('"', '""') + '"'


def _in_brackets(part: Query) -> str:
    return f"({written(part)})" if isinstance(part, And | Or) else written(part)
