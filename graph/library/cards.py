"""The card of each question: what it asks in Chinese, and what a reader must know to understand its answer.

Beside ``cypher/questions/NAME.cypher`` stands ``NAME.yaml``::

    number: 5                       # in the list of questions; unique
    kind: anti-join                 # the kind of query that answers it
    question: 哪些事项没有牵头单位？
    variants: [哪些任务没有人牵头？]     # other phrasings of the question
    parameters: {document: 只看这份文件}   # each parameter of the statement and its step, except paging
    columns: {item.number: 序号}     # the columns for a reader, in order, with their headings
    left_out: null                  # what the answer leaves out
    pitfalls: null                  # how the answer may be misunderstood

Order of steps: the files are read by `importlib.resources`. Each file must have exactly these keys, each parameter a
description, each question a card and each card a question.  A violation is a CatalogueError that names the file.

Left to others: the types of parameters (the header of the statement, `graph.store.catalogue`), whether the answer has a
column (`api.answers.questions`, where rows are nested).
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import pairwise
from types import MappingProxyType
from typing import Any

import yaml

from graph.errors import CatalogueError
from graph.library.question import PLANS
from graph.library.steps import STEPS
from graph.store.catalogue import Param, Query, load_catalogue
from graph.store.fact_places import FACTS

FOLDER = "questions"
OF_PAGING = frozenset({"after", "limit", FACTS})
_OF_PLANS = "of_regions"  # of the plans, by the place that every question takes
# what a caller gives for a list that a statement takes
_GIVEN_AS = {
    PLANS: Param("document", "string", True, "document id"),
    "regions": Param("region", "string", True, "a place"),
}


@dataclass(frozen=True, slots=True)
class Card:
    """The texts of one question."""

    name: str
    number: int
    kind: str
    question: str
    variants: tuple[str, ...]
    parameters: Mapping[str, str]
    columns: Mapping[str, str]
    neighbours: tuple[str, ...]
    left_out: str | None
    pitfalls: str | None


KEYS = tuple(field.name for field in fields(Card) if field.name != "name")


def parameters_of(query: Query) -> tuple[Param, ...]:
    """The parameters that a caller may give a question: those of its statement and of its step, except paging."""
    step = STEPS.get(query.name.removeprefix(f"{FOLDER}/"))
    own = tuple(_GIVEN_AS.get(param.name, param) for param in query.params if param.name not in (*OF_PAGING, _OF_PLANS))
    return own if step is None else own + step.params


@cache
def load_cards() -> Mapping[str, Card]:
    """The cards shipped with the product by question name, read once per process."""
    known = load_catalogue().queries.values()
    return read_cards(
        files("cypher").joinpath(FOLDER), [query for query in known if query.name.startswith(f"{FOLDER}/")]
    )


def read_cards(folder: Traversable, queries: list[Query]) -> Mapping[str, Card]:
    """The cards in ``folder``, one for each of ``queries``, by number. Raises CatalogueError for an invalid file."""
    texts = {
        entry.name.removesuffix(".yaml"): entry.read_text(encoding="utf-8")
        for entry in folder.iterdir()
        if entry.name.endswith(".yaml")
    }
    named = {query.name.removeprefix(f"{FOLDER}/"): query for query in queries}
    for name in sorted(named.keys() ^ texts.keys()):
        met, lacks = (".cypher", ".yaml") if name in named else (".yaml", ".cypher")
        raise CatalogueError(f"cypher/{FOLDER}/{name}{met} has no {name}{lacks} beside it; expected both.")
    cards = sorted((parse_card(query, texts[name]) for name, query in named.items()), key=lambda card: card.number)
    for card in cards:
        if unknown := sorted(set(card.neighbours) - named.keys() | {card.name} & set(card.neighbours)):
            raise CatalogueError(f"the card {card.name} has the neighbour {unknown[0]!r}; expected other questions.")
    for one, other in pairwise(cards):
        if one.number == other.number:
            raise CatalogueError(f"the cards {one.name} and {other.name} both have the number {one.number}.")
    return MappingProxyType({card.name: card for card in cards})


def parse_card(query: Query, text: str) -> Card:
    """One card, checked against its statement."""
    name = query.name.removeprefix(f"{FOLDER}/")
    try:
        return _card(name, query, yaml.safe_load(text))
    except (CatalogueError, yaml.YAMLError) as error:
        raise CatalogueError(f"cypher/{FOLDER}/{name}.yaml: {' '.join(str(error).split())}") from None


def _card(name: str, query: Query, given: Any) -> Card:
    if isinstance(given, dict):
        given.setdefault("neighbours", [])
    if not isinstance(given, dict) or set(given) != set(KEYS):
        met = sorted(map(str, given)) if isinstance(given, dict) else type(given).__name__
        raise CatalogueError(f"has {met}; expected the keys {', '.join(KEYS)}.")
    if type(given["number"]) is not int:
        raise CatalogueError(f"has the number {given['number']!r}; expected a whole number.")
    for key in ("kind", "question"):
        _words(key, given[key])
    for key in ("left_out", "pitfalls"):
        if given[key] is not None:
            _words(key, given[key])
    for key in ("variants", "neighbours"):
        if not isinstance(given[key], list):
            raise CatalogueError(f"has {key} that are not a list.")
    for key in ("parameters", "columns"):
        if not isinstance(given[key], dict):
            raise CatalogueError(f"has {key} that are not a mapping.")
        for one, words in given[key].items():
            _words(f"{key}.{one}", words)
    for key in ("variants", "neighbours"):
        for words in given[key]:
            _words(key, words)
    taken = [param.name for param in parameters_of(query)]
    if sorted(given["parameters"]) != sorted(taken):
        raise CatalogueError(f"explains the parameters {sorted(given['parameters'])}; expected {sorted(taken)}.")
    return Card(
        name=name,
        variants=tuple(given["variants"]),
        neighbours=tuple(given["neighbours"]),
        parameters=MappingProxyType({param: given["parameters"][param] for param in taken}),
        columns=MappingProxyType(dict(given["columns"])),
        **{key: given[key] for key in ("number", "kind", "question", "left_out", "pitfalls")},
    )


def _words(key: str, given: Any) -> None:
    if not isinstance(given, str) or not given.strip():
        raise CatalogueError(f"has {given!r} as {key}; expected words.")
