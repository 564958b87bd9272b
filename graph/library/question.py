"""What a question of the library has beside its statement: a step in Python over the statement's rows.

A graph query can neither count working days nor weigh clauses.  Where it is not enough, the statement gathers the facts
and a *step* turns its rows into the rows of the answer::

    def run(asked: Asked) -> Stepped: ...

Order of things: `api.answers.questions` turns the caller's words into values, runs the statement, calls the step, cuts a page
out of the rows it gives.  Rows of a step are flat, as rows of a statement are (`api.answers.nesting` nests both alike), each with
an ``id`` that no other row has, in the order in which they are to be shown.

Example: ``STEPS["deadline-lights"]`` gives each deadline its light as of a day (`graph.library.steps`).

Left to others: the table of steps (`graph.library.steps`), the words of a question (`graph.library.cards`).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

from graph.store.catalogue import Param
from graph.store.contract import ReadTransaction, Row

NEAR_DAYS = 30
PLANS = "documents"
"""The parameter of a statement that looks into the plans given to it; a caller may name one of them."""

MOST_ROWS = 100_000  # that a step is given; an answer over more says that it holds a part


@dataclass(frozen=True, slots=True)
class Clock:
    """What a step may know of the world: the day it is, and how many days before its date a deadline is near (临期)."""

    today: date
    near_days: int = NEAR_DAYS


@dataclass(frozen=True, slots=True)
class StepInput:
    """A question as it reaches its step: the rows of its statement, the values of its parameters (ids, not names), and
    the reading in progress, for what one statement cannot gather."""

    reading: ReadTransaction
    rows: Sequence[Row]
    values: Mapping[str, Any]
    clock: Clock


@dataclass(frozen=True, slots=True)
class StepResult:
    """The rows of the answer; what was passed over, each with its count; the day that the answer holds for."""

    rows: Sequence[Row]
    left_out: Sequence[Mapping[str, Any]] = ()
    as_of: str | None = None


Run: TypeAlias = Callable[[StepInput], StepResult]
PageRun: TypeAlias = Callable[[StepInput, Sequence[Row]], StepResult]


@dataclass(frozen=True, slots=True)
class QuestionStep:
    """A step: what runs, the columns of its rows, and the parameters that it takes beside those of the statement.

    ``page`` fills in, for the rows of one page, what would take too long for all of them.
    """

    run: Run
    returns: tuple[str, ...]
    params: tuple[Param, ...] = ()
    page: PageRun | None = None
