"""The gate: faults planted in the facts of real plans are dropped and told, and every fact that was read right passes."""

import json
import os
import random
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml
from msgspec.structs import replace

from graph.model import LOSS_CODES, Duty, Plan, Role
from loaders.files.read import read_path
from loaders.gate.gate import NOT_FOUND, pass_gate
from loaders.gate.letters import is_same_name
from loaders.gate.roles_again import roles_in, roles_said
from loaders.plan import parse_plan
from loaders.storing.load import load_plan
from tests.sources import ROOT

SAMPLE = str(ROOT / "examples" / "loudi-2017.txt")
CORPUS = Path(os.environ.get("ZEREN_SHARED", "../shared")) / "corpus" / "open"
UNIT_ROLES = (Role.LEAD, Role.RESPONSIBLE, Role.COOPERATING, Role.SUPERVISING)


@cache
def sample() -> Plan:
    return parse_plan(read_path(SAMPLE))


@cache
def corpus() -> tuple[Plan, ...]:
    records = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(CORPUS.glob("*.json"))]
    return tuple(parse_plan(record["text"], issued_on=str(record["year"])) for record in records)


class Planted(NamedTuple):
    """A plan with a fault, and the place of the fact that has it: its item, its field, its rank there."""

    plan: Plan
    item: int
    field: str
    fact: object


def put(plan: Plan, place: tuple[int, str, int], fact: object) -> Planted:
    item, field, at = place
    facts = list(getattr(plan.items[item], field))
    facts[at] = fact
    items = list(plan.items)
    items[item] = replace(items[item], **{field: tuple(facts)})
    return Planted(replace(plan, items=tuple(items)), item, field, fact)


def pick(chance: random.Random, plan: Plan, field: str, wanted: Callable[..., bool]) -> Iterator[tuple[int, str, int]]:
    """The place of one fact, if any is wanted."""
    places = [
        (n, field, at)
        for n, item in enumerate(plan.items)
        for at, fact in enumerate(getattr(item, field))
        if wanted(fact)
    ]
    if places:
        yield chance.choice(places)


def fact_at(plan: Plan, place: tuple[int, str, int]):
    return getattr(plan.items[place[0]], place[1])[place[2]]


def shifted_span(chance, plan, plans) -> Iterator[Planted]:
    field = chance.choice(("duties", "deadlines", "citations", "mentions", "tasks"))
    for place in pick(chance, plan, field, lambda fact: fact.span):
        fact, by = fact_at(plan, place), chance.choice((-3, -2, -1, 1, 2, 3))
        span = fact.span[0] + by, fact.span[1] + by
        if plan.text[slice(*span)] != fact.quote:
            yield put(plan, place, replace(fact, span=span))


def swapped_quote(chance, plan, plans) -> Iterator[Planted]:
    field = chance.choice(("duties", "deadlines", "citations"))
    for place in pick(chance, plan, field, lambda fact: fact.span):
        fact = fact_at(plan, place)
        for other in pick(chance, plan, field, lambda one, own=fact: one.span and one.quote != own.quote):
            yield put(plan, place, replace(fact, quote=fact_at(plan, other).quote))


def can_show_its_role(duty: Duty) -> bool:
    """Not in a cell of a table of running text, nor before a comma in a list (docs/decisions/041-gate.md)."""
    end = duty.span[1] - duty.clause[0] if duty.span else 0
    return duty.form != "cell" and duty.clause_quote[end : end + 1] not in ("，", ",")


def swapped_role(chance, plan, plans) -> Iterator[Planted]:
    for place in pick(chance, plan, "duties", lambda fact: fact.role in UNIT_ROLES and can_show_its_role(fact)):
        fact = fact_at(plan, place)
        yield put(plan, place, replace(fact, role=chance.choice([r for r in UNIT_ROLES if r is not fact.role])))


def neighbours_unit(chance, plan, plans) -> Iterator[Planted]:
    for place in pick(chance, plan, "duties", lambda fact: True):
        fact = fact_at(plan, place)
        for other in pick(chance, plan, "duties", lambda one, own=fact: one.unit != own.unit):
            yield put(plan, place, replace(fact, unit=fact_at(plan, other).unit))


def other_year(chance, plan, plans) -> Iterator[Planted]:
    for place in pick(chance, plan, "deadlines", lambda fact: fact.date and not fact.date.endswith("02-29")):
        fact = fact_at(plan, place)
        year = int(fact.date[:4]) + chance.choice((-2, -1, 1, 2))
        yield put(plan, place, replace(fact, date=f"{year}{fact.date[4:]}"))


def other_document(chance, plan, plans) -> Iterator[Planted]:
    field, other = chance.choice(("duties", "deadlines", "citations")), chance.choice(plans)
    if other.document.text_sha256 == plan.document.text_sha256:
        return
    for place in pick(chance, plan, field, lambda fact: True):
        for there in pick(chance, other, field, lambda fact: True):
            fact = fact_at(other, there)
            own = fact_at(plan, place).id
            yield put(plan, place, replace(fact, id=own) if chance.random() < 0.5 else fact)


FAULTS = (shifted_span, swapped_quote, swapped_role, neighbours_unit, other_year, other_document)


def planted(fault, count: int, plans: tuple[Plan, ...]) -> Iterator[Planted]:
    chance = random.Random(fault.__name__)
    while count:
        for made in fault(chance, chance.choice(plans), plans):
            count -= 1
            yield made


def judged(made: Planted) -> tuple[bool, bool]:
    """Whether the fact with the fault is gone, and whether a warning with a reason tells of it."""
    left = pass_gate(made.plan)
    stays = any(fact == made.fact for item in left.items for fact in getattr(item, made.field))
    told = [w for w in left.warnings if w.code == NOT_FOUND]
    return not stays, bool(told) and all("——" in w.message for w in told)


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_in_the_sample_is_dropped_and_told(fault) -> None:
    others = (
        sample(),
        parse_plan("青川市工作方案\n1.清理。依据《青川市清单办法》。\n责任单位：市医保局\n完成时限：2031年3月底前\n"),
    )
    plans = others if fault is other_document else others[:1]
    faults = planted(fault, 40, plans)
    assert {judged(made) for made in faults if made.plan.document.id == sample().document.id} == {(True, True)}


@pytest.mark.shared
@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_in_a_real_plan_is_dropped_and_told(fault) -> None:
    missed = [made.fact for made in planted(fault, 500, corpus()) if judged(made) != (True, True)]
    assert missed == []


@pytest.mark.shared
def test_nothing_that_was_read_in_real_plans_is_dropped() -> None:
    assert [w.message for plan in corpus() for w in plan.warnings if w.code == NOT_FOUND] == []


def test_a_plan_of_which_all_is_found_comes_back_as_it_is() -> None:
    assert pass_gate(sample()) is sample()


def test_what_is_dropped_is_told_as_a_loss_with_its_words_and_place() -> None:
    plan = parse_plan("青川市工作方案\n1.清理。\n责任单位：市财政局\n2.公开。\n责任单位：市教育局\n")
    duty = plan.items[0].duties[0]
    made = put(plan, (0, "duties", 0), replace(duty, unit=plan.items[1].duties[0].unit))
    (told,) = pass_gate(made.plan).warnings
    assert told.code in LOSS_CODES
    assert told.span == duty.span
    assert told.message == (
        "复核时在原文里找不到，未计入：责任“市教育局”（事项“清理”）——单位“市教育局”不是原文的“市财政局”"
    )
    assert pass_gate(made.plan).not_read == plan.not_read + 1


def test_the_date_of_an_item_goes_with_the_time_that_gives_it() -> None:
    plan = parse_plan("青川市工作方案\n1.清理。\n责任单位：市财政局\n完成时限：2026年6月底前\n")
    deadline = replace(plan.items[0].deadlines[0], date="2027-06-30")
    item = pass_gate(put(plan, (0, "deadlines", 0), deadline).plan).items[0]
    assert (item.deadlines, item.due.date, item.timing.kind.value) == ((), None, "unread")
    assert len(item.duties) == 1


def test_a_body_that_nobody_names_any_more_goes() -> None:
    plan = parse_plan("青川市工作方案\n1.清理。\n责任单位：市财政局\n2.公开。\n责任单位：市教育局\n")
    made = put(plan, (1, "duties", 0), replace(plan.items[1].duties[0], role=Role.LEAD))
    assert [unit.name for unit in pass_gate(made.plan).units] == ["市财政局"]


def test_an_item_outside_the_text_goes_and_what_stood_below_it_moves_up() -> None:
    plan = parse_plan("青川市工作方案\n1.清理。\n责任单位：市财政局\n（1）公开。（责任单位：市教育局）\n")
    assert plan.items[1].parent == plan.items[0].id
    items = (replace(plan.items[0], span=(9000, 9010)), plan.items[1])
    left = pass_gate(replace(plan, items=items))
    assert [(item.heading, item.parent) for item in left.items] == [("公开", None)]


def test_no_store_gets_what_the_gate_drops(store) -> None:
    plan = parse_plan("青川市工作方案\n1.清理。\n责任单位：市财政局\n2.公开。\n责任单位：市教育局\n")
    made = put(plan, (0, "duties", 0), replace(plan.items[0].duties[0], role=Role.LEAD))
    report = load_plan(made.plan, store, now="2026-11-23T08:00:00+00:00")
    assert (report.created.get("LEADS"), report.created["RESPONSIBLE_FOR"]) == (None, 1)
    assert [w.code for w in report.warnings] == [NOT_FOUND]


@pytest.mark.parametrize(
    ("clause", "name", "roles"),
    [
        ("牵头单位：市编办、市司法局", "市司法局", {"lead"}),
        ("责任单位：市财政局（牵头）、市教育局", "市财政局", {"lead"}),
        ("责任单位：市财政局（牵头）、市教育局", "市教育局", {"responsible"}),
        ("（牵头单位：市编办；配合单位：市司法局）", "市司法局", {"cooperating"}),
        ("市发改委、市财政局牵头，市审计局配合", "市发改委", {"lead"}),
        ("市发改委、市财政局牵头，市审计局配合", "市审计局", {"cooperating"}),
        ("（市发改委牵头市财政局、市水务局配合）", "市财政局", {"cooperating"}),
        ("牵头科室/负责人：护理部/姚丽娟", "护理部", {"lead", "responsible"}),
        ("（市司法局、市财政局）", "市财政局", {"responsible"}),
        ("牵头督导单位：市编办", "市编办", {"lead", "supervising"}),
        ("督导单位：市政府督查室", "市政府督查室", {"supervising"}),
    ],
)
def test_roles_are_seen_by_the_words_alone(clause: str, name: str, roles: set[str]) -> None:
    at = clause.index(name)
    assert roles_said(clause, (at, at + len(name))) == roles


@pytest.mark.parametrize(
    ("short", "written", "same"),
    [
        ("市卫健委", "市卫生健康委员会", True),
        ("市人社局", "市人力资源社会保障局", True),
        ("团市委", "市团委", True),
        ("市税务局", "北京市税务局", True),
        ("市发展改革委", "市發展改革委", True),
        ("市政府", "市政府办", False),
        ("市政府", "各县市区政府", False),
        ("市农机局", "市农业局", False),
        ("市委", "市委组织部", False),
    ],
)
def test_a_short_name_is_explained_by_its_letters(short: str, written: str, same: bool) -> None:
    assert is_same_name(short, written) is same


def test_the_gate_knows_every_word_of_role_that_is_not_responsible() -> None:
    """Its list is its own (decision 041); a word that it lacks would drop what is read right."""
    known = yaml.safe_load((ROOT / "loaders/lexicon/vocabulary/roles.yaml").read_text(encoding="utf-8"))
    missing = {
        word: role
        for kind in ("words", "behind", "stems", "labels")
        for role in ("lead", "cooperating", "supervising")
        for word in known[kind].get(role, ())
        if role not in roles_in(word)
    }
    assert not missing, "add them to loaders/gate/role_words.yaml"


@pytest.mark.parametrize(
    "head",
    [
        "序号 | 任 务 名 称 | 牵 头 部 门 | 配 合 部 门 |",
        "序号\t任务\t牵 头\t配 合",
        "序号\t任务\t牵　头　单　位\t配　合　单　位",
    ],
)
def test_heads_that_are_spread_over_their_cells_are_found(head: str) -> None:
    mark = "|" if "|" in head else "\t"
    rows = [["1", "清理规范性文件", "市司法局", "市财政局、市人社局"], ["2", "公开权力清单", "市政府办", "市教育局"]]
    text = "\n".join([head, *(mark.join(row) for row in rows)])
    plan = parse_plan(text, region="青川市")
    roles = [[duty.role.value for duty in item.duties] for item in plan.items]
    assert roles == [["lead", "cooperating", "cooperating"], ["lead", "cooperating"]]
    assert not [one for one in plan.warnings if one.code == "not-found-again"]
