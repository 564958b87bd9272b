"""Every question of the library against rows written by hand from the sample, on every kind of store.

``tests/gold/questions/NAME.yaml``::

    cases:
      - ask: {unit: 市政府法制办, role: lead}     # the parameters, as words; today is 2026-11-23 (`TODAY`)
        columns: [item.number, evidence.quote]   # which columns are compared
        rows: [[9, 市政府法制办], …]               # every row of the answer, in its order
        left_out: {undated: 2}                   # only where something is left out: reason and count
        inferred: [0, 3]                         # which rows rest on a rule, not on words; left out: none does

A question without such a file fails. Beside the rows: each carries its words at its place, or names the rule and the
places it rests on. What is beside the rows is made in Python and tried on one version of Neo4j.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
import yaml

from api.answers.nesting import Evidence, flat_columns
from api.answers.paging import PageRequest
from api.answers.questions import ask, columns, find, questions, run_question
from graph.library.question import Clock
from graph.store.contract import Store

ROOT = Path(__file__).parents[3]
SAMPLE = ROOT / "examples" / "loudi-2017.txt"
TEXT = SAMPLE.read_text(encoding="utf-8")
GOLD = ROOT / "tests" / "gold" / "questions"
TODAY = Clock(date(2026, 11, 23))


@dataclass(frozen=True, eq=False)
class Case:
    name: str
    number: int
    ask: dict[str, str]
    columns: list[str]
    rows: list[list[Any]]
    left_out: dict[str, int]
    inferred: list[int]


def cases() -> list[Case]:
    found = []
    for path in sorted(GOLD.glob("*.yaml")):
        for number, case in enumerate(yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)["cases"]):
            found.append(Case(path.stem, number, **{"left_out": {}, "inferred": [], **case}))
    return found


CASES = cases()


@pytest.fixture(scope="module")
def answers() -> dict[tuple[str, str, int], dict[str, Any]]:
    """What was answered: kind of store, question and number of the case → the whole answer."""
    return {}


@pytest.fixture
def answer_of(
    request: pytest.FixtureRequest, sample_store: Store, answers: dict[tuple[str, str, int], dict[str, Any]]
) -> Callable[[Case], dict[str, Any]]:
    """The whole answer to a case; each is asked once a store."""

    def answer(case: Case) -> dict[str, Any]:
        key = (request.node.callspec.params["session_store"], case.name, case.number)
        if key not in answers:
            answers[key] = run_question(sample_store, case.name, case.ask, clock=TODAY)
        return answers[key]

    return answer


def test_every_question_has_gold_rows_and_all_gold_rows_have_a_question() -> None:
    assert {case.name for case in CASES} == set(questions())


def test_every_card_lies_in_the_package_beside_its_statement() -> None:
    folder = files("cypher").joinpath("questions")
    assert {name for name in questions() if not folder.joinpath(f"{name}.yaml").is_file()} == set()


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.name}-{case.number}")
def test_the_rows_are_those_read_by_hand(answer_of: Callable[[Case], dict[str, Any]], case: Case) -> None:
    answer = answer_of(case)
    rows = [dict(flat_columns(row)) for row in answer["items"]]
    assert set(case.columns) <= set(columns(find(case.name)))
    assert [[row.get(column) for column in case.columns] for row in rows] == case.rows
    assert answer["total"] == {"value": len(case.rows), "relation": "eq"}
    assert {left["reason"]: left["count"] for left in answer["left_out"]} == case.left_out
    assert [at for at, row in enumerate(answer["items"]) if row.get("inferred")] == case.inferred


@pytest.mark.one_neo4j
@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.name}-{case.number}")
def test_every_row_shows_its_words_or_the_rule_it_rests_on(
    answer_of: Callable[[Case], dict[str, Any]], case: Case
) -> None:
    answer = answer_of(case)
    assert len({row["id"] for row in answer["items"]}) == len(answer["items"])
    for row in answer["items"]:
        evidence = row["evidence"]
        assert evidence["document_id"] == "娄底市-娄发2017-4"
        if row.get("inferred"):
            assert row["rule"]
            assert row["because"] or evidence["span"]
        else:
            assert evidence["span"]
        for place, words in (("span", "quote"), ("clause", "clause_quote")):
            if evidence.get(place):
                assert evidence[words] == TEXT[slice(*evidence[place])]


@pytest.mark.one_neo4j
@pytest.mark.parametrize("name", sorted({case.name for case in CASES}))
def test_pages_give_the_same_rows(sample_store: Store, answer_of: Callable[[Case], dict[str, Any]], name: str) -> None:
    case = max((case for case in CASES if case.name == name), key=lambda case: len(case.rows))
    met: list[str] = []
    size = max(2, len(case.rows) // 4)  # some five pages: the first, the last, and those between
    page = PageRequest(size)
    for _ in range(len(case.rows) // size + 1):
        body = ask(sample_store, name, case.ask, page=page, evidence=Evidence.NONE, clock=TODAY).body
        met += [row["id"] for row in body["items"]]
        if body["next"] is None:
            break
        page = PageRequest(size, body["next"])
    assert met == [row["id"] for row in answer_of(case)["items"]]
