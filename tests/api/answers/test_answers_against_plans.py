"""Every question over several plans, from a store and from the parsed plans alone: no statement, no store, no page."""

from collections.abc import Callable
from typing import Any

import pytest

from api.answers.nesting import flat_columns
from api.answers.questions import questions, run_question
from graph.library.question import Clock
from graph.store.contract import Store
from loaders.files.read import read_bytes
from loaders.plan import parse_plan
from tests.api.answers.answers_by_reading import ANSWERS, Library, values_to_ask
from tests.api.answers.test_question_gold import TODAY
from tests.graph.conditions.test_against_plans import TREE
from tests.plans_to_ask import plans_to_ask

TREE_PLAN = parse_plan(read_bytes(TREE.encode()))


def told(store: Store, name: str, given: dict[str, str], clock: Clock) -> list[tuple[Any, ...]]:
    """The rows of an answer: the id and the columns that are compared."""
    rows = run_question(store, name, given, clock=clock)["items"]
    return [tuple(dict(flat_columns(row)).get(column) for column in ("id", *ANSWERS[name].columns)) for row in rows]


def test_every_question_is_compared() -> None:
    assert set(ANSWERS) == set(questions())


@pytest.mark.timeout(900)
@pytest.mark.one_neo4j
@pytest.mark.parametrize("name", ANSWERS)
def test_an_answer_over_all_plans_has_the_rows_that_they_state(name: str, filled: Callable[..., Store]) -> None:
    plans = (*plans_to_ask(), TREE_PLAN)
    store, library, met = filled(*plans), Library(plans), 0
    for given in values_to_ask(library, name):
        wanted = ANSWERS[name].rows(library, **given)
        found = told(store, name, given, TODAY)
        in_order = ANSWERS[name].ordered
        assert (found if in_order else sorted(found)) == (wanted if in_order else sorted(wanted)), (name, given)
        met += len(wanted)
    assert met > 0  # the plans have something for each question
