"""What a question of the library may have besides its statement: a step in Python over the rows of the statement.

A graph query can neither count working days nor weigh clauses.  If a query is not enough, the statement reads the facts
and a *step* turns its rows into the rows of the answer::

    def run(asked: StepInput) -> StepResult: ...

Order of steps: `api.answers.questions` parses the values of the caller, runs the statement, calls the step, and cuts a
page from its rows.  The rows of a step are flat like those of a statement (`api.answers.nesting` nests both). Each has a
unique ``id``, and they are in the order in which they are shown.

Example: ``STEPS["deadline-lights"]`` gives each deadline its status as of a day (`graph.library.steps`).

Left to others: the table of steps (`graph.library.steps`), the texts of a question (`graph.library.cards`).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

from graph.dates.workdays import NEAR_DAYS
from graph.store.catalogue import Param
from graph.store.contract import ReadTransaction, Row

PLANS = "documents"
"""The parameter of a statement that looks into the plans given to it; a caller may name one of them."""

MOST_ROWS = 100_000  # that a step is given; an answer over more says that it holds a part


@dataclass(frozen=True, slots=True)
class Clock:
    """What a step knows of time: today, and how many days before its date a deadline counts as near (临期)."""

    today: date
    near_days: int = NEAR_DAYS


@dataclass(frozen=True, slots=True)
class StepInput:
    """The input of a step: the rows of the statement, the values of the parameters (ids, not names), and the read in
    progress.

    A step uses the read for facts that one statement cannot gather.
    """

    reading: ReadTransaction
    rows: Sequence[Row]
    values: Mapping[str, Any]
    clock: Clock


@dataclass(frozen=True, slots=True)
class StepResult:
    """The rows of the answer, what was left out, each with its count, and the day for which the answer holds."""

    rows: Sequence[Row]
    left_out: Sequence[Mapping[str, Any]] = ()
    as_of: str | None = None


Run: TypeAlias = Callable[[StepInput], StepResult]
PageRun: TypeAlias = Callable[[StepInput, Sequence[Row]], StepResult]


@dataclass(frozen=True, slots=True)
class QuestionStep:
    """A step: its function, the columns of its rows, and its parameters besides those of the statement.

    ``page`` adds to the rows of one page what would take too long for all rows.
    """

    run: Run
    returns: tuple[str, ...]
    params: tuple[Param, ...] = ()
    page: PageRun | None = None
