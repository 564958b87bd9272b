"""Every rule by its own examples, which also stand in docs/rules.md: what it takes, and where it takes nothing.

A rule of duties that takes clauses is held against clauses; any other against the facts of a plan.
"""

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NoReturn

import pytest

from graph.model import Plan
from loaders.duties.assignments import CONSTRUCTS, assignments
from loaders.duties.reading import read
from loaders.duties.table import DUTY_RULES
from loaders.duties.table_cells import table_items
from loaders.explain import RULES
from loaders.lexicon.scan import scan
from loaders.plan import parse_plan
from loaders.rule import Example, Rule
from loaders.tables.in_text import text_tables

SAMPLE = Path(__file__).parents[2] / "examples" / "loudi-2017.txt"
CORPUS = Path(os.environ.get("ZEREN_SHARED", "../shared")) / "corpus" / "open"

TESTED = [rule for rule in RULES if rule.name != "undecodable-bytes"]
EXAMPLES = [(rule, example) for rule in TESTED for example in rule.examples]
NOT_EXAMPLES = [(rule, text) for rule in TESTED for text in rule.not_examples]


def name_of(value: object) -> str:
    return f"{value.name}:{value.form}" if isinstance(value, Rule) else ""


def taken(rule: Rule, text: str) -> list[str]:
    """What a rule takes in a text, as its examples say it."""
    if rule in DUTY_RULES and not rule.name.startswith("lead-"):
        return list(clauses_of(rule, text))
    plan = parse_plan(text, issued_on="2026", region="青川县")
    return list(facts_of(rule, plan))


def clauses_of(rule: Rule, text: str) -> Iterator[str]:
    tables = table_items(text, text_tables(text, scan(text)).read)
    found = [] if tables else assignments(read(text))
    found += [clause for table in tables for row in table.rows for clause in row.clauses]
    for clause in found:
        if clause.rule is rule:
            yield f"{clause.role} {text[slice(*clause.content)].strip()}"


def facts_of(rule: Rule, plan: Plan) -> Iterator[str]:
    owners = (plan, *plan.items)
    if rule.kind == "duty":
        of_lists = {duty.clause for owner in owners for duty in owner.duties if duty.rule == rule.name}
        for duty in (duty for owner in owners for duty in owner.duties):
            if duty.rule == rule.name or (rule.name.startswith("lead-") and duty.clause in of_lists):
                yield f"{duty.role} {duty.as_written}"
    elif rule.kind == "deadline":
        for one in (one for owner in owners for one in owner.deadlines if one.rule == rule.name):
            said = one.date or one.recurrence or (f"{one.duration} {one.duration_unit}" if one.duration else "")
            yield f"{one.kind} {said}".strip()
    elif rule.kind == "citation":
        yield from (f"{c.relation} {c.title}" for owner in owners for c in owner.citations if c.rule == rule.name)
    elif rule.kind == "mention":
        yield from (m.as_written for item in plan.items for m in item.mentions if m.rule == rule.name)
    else:
        yield from (f"{r.original.strip()} → {r.repaired.strip()}" for r in plan.repairs if r.rule == rule.name)


@pytest.mark.parametrize(("rule", "example"), EXAMPLES, ids=name_of)
def test_a_rule_takes_its_examples(rule: Rule, example: Example) -> None:
    assert taken(rule, example.text) == list(example.gives)


def test_no_construct_is_left_out_where_it_would_take_something() -> None:
    tried = [construct._replace(needs=lambda reading: True) for construct in CONSTRUCTS]
    for _, example in EXAMPLES:
        reading = read(example.text)
        assert assignments(reading) == assignments(reading, tried)


@pytest.mark.parametrize(("rule", "text"), NOT_EXAMPLES, ids=name_of)
def test_a_rule_takes_nothing_in_its_counter_examples(rule: Rule, text: str) -> None:
    assert taken(rule, text) == []


@pytest.mark.parametrize("rule", RULES, ids=name_of)
def test_a_rule_has_two_examples_and_two_counter_examples(rule: Rule) -> None:
    assert len({example.text for example in rule.examples}) >= 2
    assert len(set(rule.not_examples)) >= 2
    assert rule.takes


def test_a_rule_stands_in_the_table_once() -> None:
    told = [(rule.name, rule.form) for rule in RULES]
    assert len(told) == len(set(told))


# the names that facts of release 0.1.0 carry, in stores and in files people kept -> the names of today
OLD_NAMES = {
    name: name
    for name in [
        "label-line",
        "label-in-parenthesis",
        "narrative-parenthesis",
        "narrative-sentence",
        "group-leader",
        "table-cell",
        "same-as-above",
        "unit-first",
        "lead-first-named",
        "lead-before-comma",
        "leads-whole-plan",
        "completion-clause",
        "ongoing-clause",
        "year-of-issue",
        "date-phrase",
        "recurrence",
        "duration",
        "fallback-clause",
        "document-fallback",
        "governing-word",
        "no-governing-word",
        "word-behind-title",
        "shared-word-of-enumeration",
        "title-announced",
        "subject-of-demand",
        "lost-year-before-month",
        "lost-dash-between-years",
        "lost-year-and-month",
        "lost-year-before-end",
        "lost-bracket-of-reference",
        "lost-head-of-label",
        "lost-head-of-issuer",
        "doubled-character",
        "undecodable-bytes",
    ]
} | {"flat-table": "table-cell"}  # one way of reading tables


def test_every_old_name_of_a_rule_is_known() -> None:
    assert {rule.name for rule in RULES} >= set(OLD_NAMES.values())


def carried(plan: Plan) -> Iterator[tuple[str, str, str]]:
    """(kind, rule, form) of every fact and repair."""
    owners = (plan, *plan.items)
    repairs = {repair.rule for repair in plan.repairs}
    for owner in owners:
        for kind, name in (
            ("duty", "duties"),
            ("deadline", "deadlines"),
            ("citation", "citations"),
            ("mention", "mentions"),
        ):
            for fact in getattr(owner, name, ()):
                if fact.rule not in repairs:
                    yield kind, fact.rule, getattr(fact, "form", "") or ""
    yield from (("repair", repair.rule, "") for repair in plan.repairs)


KNOWN = {(rule.kind, rule.name, rule.form if rule.kind == "duty" else "") for rule in RULES}


def test_the_sample_carries_known_rules_only() -> None:
    assert set(carried(parse_plan(SAMPLE.read_text("utf-8")))) <= KNOWN


@pytest.mark.shared
@pytest.mark.parametrize(
    "path", sorted(CORPUS.glob("*.json")) or [None], ids=lambda path: path.stem if path else "none"
)
def test_the_corpus_carries_known_rules_only(path: Path | None, no_corpus: Callable[[str], NoReturn]) -> None:
    if path is None:
        no_corpus(f"there is no plan in {CORPUS}; set ZEREN_SHARED to the folder that holds corpus/.")
    record = json.loads(path.read_text("utf-8"))
    assert set(carried(parse_plan(record["text"], issued_on=str(record["year"])))) <= KNOWN
