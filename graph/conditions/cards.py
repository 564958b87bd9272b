"""The cards of the conditions: ``cypher/conditions/cards.yaml``, checked against the statements beside it.

A *condition* says something of an item that is true or false, and its statement gives the words that make it true: ``lead``
with ``unit`` holds for the items that the unit leads.  Several conditions may share a statement (``bearing``).

Example: ``load_conditions()["due-by"].takes["by"].kind`` is ``day``.

Left to others: joining conditions (`graph.conditions.query`), running them (`graph.conditions.join`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

import yaml

from graph.errors import CatalogueError
from graph.store.catalogue import load_catalogue

FOLDER = "conditions"
PLANS = "documents"
KINDS = ("unit", "regulation", "section", "day", "count", "words")
CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a condition: its kind (one of `KINDS`, or `CHOICE`), for a choice the Chinese words of each value and
    what the statement gets for it. ``otherwise``: it may be left out, and these words say so.
    """

    kind: str
    choices: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, str] = field(default_factory=dict)
    otherwise: str | None = None


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition. ``narrows`` names the parameter by whose value an index finds the plans that can meet it."""

    name: str
    group: str
    statement: str
    says: str
    denies: str
    takes: Mapping[str, Parameter]
    fixed: Mapping[str, Any]
    narrows: str | None


@cache
def load_conditions() -> Mapping[str, Condition]:
    """The conditions by name, in the order of the table, read once per process. Raises CatalogueError for a wrong card."""
    text = files("cypher").joinpath(FOLDER).joinpath("cards.yaml").read_text("utf-8")
    return read_conditions(text)


def read_conditions(text: str) -> Mapping[str, Condition]:
    """The conditions of a table of cards."""
    found = {}
    for name, given in yaml.safe_load(text).items():
        try:
            found[name] = _condition(name, given)
        except (CatalogueError, KeyError, TypeError) as error:
            raise CatalogueError(f"cypher/{FOLDER}/cards.yaml: {name}: {error}") from None
    return MappingProxyType(found)


def _condition(name: str, given: Mapping[str, Any]) -> Condition:
    made = Condition(
        name=name,
        group=given["group"],
        statement=f"{FOLDER}/{given['statement']}",
        says=given["says"],
        denies=given["denies"],
        takes=MappingProxyType({one: _parameter(kind) for one, kind in given.get("takes", {}).items()}),
        fixed=MappingProxyType(given.get("fixed", {})),
        narrows=given.get("narrows"),
    )
    takes = {param.name: param for param in load_catalogue()[made.statement].params}
    unknown = {*made.takes, *made.fixed} - takes.keys()
    missing = {one for one, param in takes.items() if not param.nullable} - {*made.takes, *made.fixed, PLANS}
    if unknown or missing:
        met = ", ".join(sorted(unknown | missing))
        raise CatalogueError(f"does not fit its statement in {met}; expected the parameters {', '.join(takes)}.")
    if made.narrows is not None and made.narrows not in made.takes:
        raise CatalogueError(f"narrows by {made.narrows!r}; expected one of {', '.join(made.takes)}.")
    for words in (made.says, made.denies):
        words.format(**dict.fromkeys(made.takes, ""))
    return made


def _parameter(given: str | Mapping[str, Any]) -> Parameter:
    if isinstance(given, str):
        if given not in KINDS:
            raise CatalogueError(
                f"has a parameter of the kind {given!r}; expected one of {', '.join(KINDS)}, or choices."
            )
        return Parameter(given)
    return Parameter(CHOICE, given["choices"], given.get("values", {}), given.get("otherwise"))
