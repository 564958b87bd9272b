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

from graph.conditions.computed import COMPUTED
from graph.errors import CatalogueError
from graph.findings import RULES
from graph.store.catalogue import load_catalogue
from graph.store.fact_places import FACTS

FOLDER = "conditions"
PLANS = "documents"
KINDS = ("unit", "regulation", "section", "day", "count", "words")
CHOICE, FINDING = "choice", "finding"


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a condition: its kind (one of `KINDS`, or `CHOICE`; `FINDING` is a choice of rules), for a choice the Chinese words of each value and
    what the statement gets for it. ``otherwise``: it may be left out, and these words say so.
    """

    kind: str
    choices: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, str] = field(default_factory=dict)
    otherwise: str | None = None


@dataclass(frozen=True, slots=True)
class AskedAs:
    """An expression by which people ask for a condition, and the choices that it means. ``{day}`` and the like stand for
    what a question names; a group ``no`` denies the condition.
    """

    words: str
    means: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition.

    Its rows come from a ``statement``, or are ``computed`` (`graph.conditions.computed`).  ``narrows`` names the parameter
    by whose value an index finds the plans that can meet it; ``reckons`` what makes the values of the statement from those
    of the condition (`graph.conditions.statement_values`). ``facts``: the relationships by which it is met, where the statement
    takes their ids (`graph.store.fact_places`).
    """

    name: str
    group: str
    statement: str | None
    computed: str | None
    says: str
    denies: str
    takes: Mapping[str, Parameter]
    fixed: Mapping[str, Any]
    narrows: str | None
    reckons: str | None
    facts: tuple[str, ...]
    asked: tuple[AskedAs, ...]


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
        statement=f"{FOLDER}/{given['statement']}" if "statement" in given else None,
        computed=given.get("computed"),
        says=given["says"],
        denies=given["denies"],
        takes=MappingProxyType({one: _parameter(kind) for one, kind in given.get("takes", {}).items()}),
        fixed=MappingProxyType(given.get("fixed", {})),
        narrows=given.get("narrows"),
        reckons=given.get("reckons"),
        facts=tuple(given.get("facts", ())),
        asked=tuple(_asked(one) for one in given.get("asked", ())),
    )
    if (made.statement is None) is (made.computed not in COMPUTED):
        raise CatalogueError(f"needs a statement, or one of {', '.join(COMPUTED)} as what computes it.")
    _check_statement(made)
    if made.narrows is not None and made.narrows not in made.takes:
        raise CatalogueError(f"narrows by {made.narrows!r}; expected one of {', '.join(made.takes)}.")
    for words in (made.says, made.denies):
        words.format(**dict.fromkeys(made.takes, ""))
    return made


def _check_statement(made: Condition) -> None:
    """Raise CatalogueError if a condition does not give its statement what that takes."""
    if made.statement is None:
        return
    takes = {param.name: param for param in load_catalogue()[made.statement].params}
    own = set() if made.reckons else {*made.takes, *made.fixed}
    unknown = own - takes.keys()
    missing = {one for one, param in takes.items() if not param.nullable} - {*own, PLANS, FACTS}
    if unknown or missing:
        met = ", ".join(sorted(unknown | missing))
        raise CatalogueError(f"does not fit its statement in {met}; expected the parameters {', '.join(takes)}.")
    if bool(made.facts) != (FACTS in takes):
        raise CatalogueError(
            f"names the facts {made.facts}; expected some if its statement takes their ids, and else none."
        )


def _asked(given: str | Mapping[str, str]) -> AskedAs:
    means = {} if isinstance(given, str) else {name: value for name, value in given.items() if name != "words"}
    return AskedAs(given if isinstance(given, str) else given["words"], MappingProxyType(means))


def _parameter(given: str | Mapping[str, Any]) -> Parameter:
    if isinstance(given, str):
        if given not in KINDS:
            raise CatalogueError(
                f"has a parameter of the kind {given!r}; expected one of {', '.join(KINDS)}, or choices."
            )
        return Parameter(given)
    if given.get("kind") == FINDING:
        return Parameter(CHOICE, {rule.id: f"“{rule.title}”" for rule in RULES}, otherwise=given.get("otherwise"))
    if "kind" in given:
        return Parameter(given["kind"], otherwise=given["otherwise"])
    return Parameter(CHOICE, given["choices"], given.get("values", {}), given.get("otherwise"))
