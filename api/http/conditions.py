"""The conditions of ``/v1/items`` as query parameters: each card of `graph.conditions.cards` is a parameter.

``lead=A`` is the condition ``lead(A)``, ``not_lead=A`` its denial; ``lead=A,B`` wants both, ``lead=A|B`` one of them; a
condition without values is ``true`` or ``false``.  All that are given are joined by ``and``; ``where`` holds a query of any
form (`graph.conditions.query`).

Order of steps: the parameters are made from the cards once; a request's values become a query, or None if it has none.

Left to others: names and days in the values (`api.answers.conditions`).
"""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from inspect import Parameter as Argument
from inspect import Signature
from typing import Annotated, Any

from fastapi import Depends, Query

from api.http.dependencies import MAX_NAME, Text
from api.http.problems import invalid
from graph.conditions.cards import Condition, load_conditions
from graph.conditions.query import And, Is, Not, Or, all_hold, condition, one_holds, parse_where, parts_of_and
from graph.conditions.query import Query as ItemQuery
from graph.errors import ParameterError

MAX_WHERE = 2000
# lists of items had these before there were conditions; the routes hand them on
_OTHER_NAMES = {"due-by", "due-after", "in-section", "contains", "cites"}
_DENIED = "not_"


def _flag(card: Condition) -> bool:
    """Whether the condition is true or false of an item without any value."""
    return all(taken.otherwise is not None for taken in card.takes.values())


def _arguments() -> Iterator[tuple[str, str]]:
    """Every parameter with its description."""
    for name, card in load_conditions().items():
        if name in _OTHER_NAMES:
            continue
        choices = [value for taken in card.takes.values() for value in taken.choices]
        values = (
            f": {', '.join((['true', 'false'] if _flag(card) else []) + choices)}" if _flag(card) or choices else ""
        )
        words = card.says.format(**dict.fromkeys(card.takes, "…"))
        yield name.replace("-", "_"), f"{words}{values}"
        if not _flag(card):
            yield (
                _DENIED + name.replace("-", "_"),
                f"not {name}: {card.denies.format(**dict.fromkeys(card.takes, '…'))}",
            )


def _dependency() -> Callable[..., Any]:
    async def conditions(where: str | None, **given: str | None) -> ItemQuery | None:
        return query_of(where, given)

    def argument(name: str, description: str, longest: int) -> Argument:
        declared = Annotated[Text | None, Query(max_length=longest, description=description)]
        return Argument(name, Argument.KEYWORD_ONLY, default=None, annotation=declared)

    own = [argument(name, description, MAX_NAME) for name, description in _arguments()]
    where = argument("where", "conditions joined by and, or, not: lead(市编办) and not due-by(2018-12-31)", MAX_WHERE)
    conditions.__signature__ = Signature([where, *own])  # type: ignore[attr-defined]  # FastAPI reads it
    return conditions


def query_of(where: str | None, given: Mapping[str, str | None]) -> ItemQuery | None:
    """The query of a request: what ``where`` says and every condition given by name, joined by and."""
    parts: list[ItemQuery] = []
    if where is not None:
        parts.append(_told("where", partial(parse_where, where)))
    for name, value in given.items():
        if value is not None:
            parts.append(_told(name, partial(_of_parameter, name, value)))
    return all_hold(parts) if parts else None


def _told(name: str, make: Callable[[], ItemQuery]) -> ItemQuery:
    try:
        return make()
    except ParameterError as error:
        raise invalid(f"/query/{name}", str(error)) from None


def _of_parameter(name: str, value: str) -> ItemQuery:
    cards, own = load_conditions(), name.replace("_", "-")
    denied = own not in cards  # not_lead=… denies lead; not_sure=… is a condition of its own
    card = cards[own.removeprefix("not-") if denied else own]
    if _flag(card) and value in ("true", "false"):
        return condition(card.name) if value == "true" else Not(condition(card.name))
    if not card.takes:
        raise ParameterError(f"the condition {card.name} is {value[:40]!r}; expected true or false.")
    query = all_hold(_one_of(card.name, one) for one in value.split(","))
    return Not(query) if denied else query


def _one_of(name: str, value: str) -> ItemQuery:
    names = [one.strip() for one in value.split("|")]
    if not all(names):
        raise ParameterError(f"the condition {name} is {value[:40]!r}; expected a value on each side of , and |.")
    return one_holds(condition(name, one) for one in names)


def given(name: str, value: str | None, *others: str) -> ItemQuery | None:
    """The condition ``name`` with its values; None if the first is not given."""
    return None if value is None else condition(name, value, *others)


def joined(*parts: ItemQuery | None) -> ItemQuery | None:
    """The parts that are given, joined by and; None if there are none."""
    given = [one for part in parts if part is not None for one in parts_of_and(part)]
    return all_hold(given) if given else None


ConditionsDep = Annotated[Is | Not | And | Or | None, Depends(_dependency())]
