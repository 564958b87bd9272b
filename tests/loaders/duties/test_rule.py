"""The register of rules: each takes its own example, each is named in its module, and no fact carries another."""

import importlib
import inspect
import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.model import Plan
from loaders.duties.rule import Rule, rules
from loaders.files.source import Source
from loaders.plan import parse_plan

SAMPLE = Path(__file__).parents[3] / "examples" / "loudi-2017.txt"
CORPUS = Path(os.environ.get("ZEREN_SHARED", "../shared")) / "corpus" / "open"


def carried(plan: Plan) -> Iterator[tuple[str, str | None]]:
    """(kind, rule) of every fact and repair."""
    for owner in (plan, *plan.items):
        for kind, name in (
            ("duty", "duties"),
            ("deadline", "deadlines"),
            ("citation", "citations"),
            ("mention", "mentions"),
        ):
            yield from ((kind, fact.rule) for fact in getattr(owner, name, ()))
    yield from (("repair", repair.rule) for repair in plan.repairs)


def known(plan: Plan) -> bool:
    """Whether every rule that a plan's facts carry is registered for their kind, or as a repair of their words."""
    return all(rule in rules() and rules()[rule].kind in (kind, "repair") for kind, rule in carried(plan) if rule)


@pytest.mark.parametrize("rule", [r for r in rules().values() if r.example], ids=lambda rule: rule.rule)
def test_a_rule_takes_its_example(rule: Rule) -> None:
    assert (rule.kind, rule.rule) in set(carried(parse_plan(rule.example, issued_on="2026", region="青川市")))


def test_bytes_that_are_none_are_a_repair() -> None:
    plan = parse_plan(Source("1.清\ufffd理。\n责任单位：市司法局\n", undecodable=((3, 4),)))
    assert ("repair", "undecodable-bytes") in set(carried(plan))


@pytest.mark.parametrize("rule", rules().values(), ids=lambda rule: rule.rule)
def test_a_rule_stands_in_its_module(rule: Rule) -> None:
    source = inspect.getsource(importlib.import_module(rule.module))
    name = rule.rule.removeprefix("lead-") if rule.rule.startswith("lead-") else rule.rule
    assert f'"{name}"' in source


def test_the_sample_carries_registered_rules_only() -> None:
    assert known(parse_plan(SAMPLE.read_text("utf-8")))


@pytest.mark.shared
@pytest.mark.parametrize("path", sorted(CORPUS.glob("*.json")), ids=lambda path: path.stem)
def test_the_corpus_carries_registered_rules_only(path: Path) -> None:
    record = json.loads(path.read_text("utf-8"))
    assert known(parse_plan(record["text"], issued_on=str(record["year"])))
