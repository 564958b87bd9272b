"""The sample plan against its gold: every fact of ``tests/gold/loudi-2017.json``, item by item and field by field.

The gold was written down by reading the plan; how it counts is told in its own ``about``.  A failing test names the
item and the field and lists what is missing and what is extra, so that it can be settled against the text at once.
Where the gold leaves room (how far a task reaches, names after 等), the test says so beside the comparison.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from graph.model import Deadline, Item, Plan, Role, Span, Task, to_json
from graph.names import fold
from loaders.plan import parse_plan

ROOT = Path(__file__).parents[2]
GOLD: dict[str, Any] = json.loads((ROOT / "tests/gold/loudi-2017.json").read_text(encoding="utf-8"))
TEXT = (ROOT / GOLD["source"]["file"]).read_bytes().decode("utf-8")
ITEMS: dict[int, dict[str, Any]] = {item["number"]: item for item in GOLD["items"]}
DOCUMENT: dict[str, Any] = GOLD["document"]

per_item = pytest.mark.parametrize("number", ITEMS, ids=lambda n: f"item{n}")


@pytest.fixture(scope="module")
def plan() -> Plan:
    return parse_plan(TEXT)


@pytest.fixture
def item(plan: Plan, number: int) -> Item:
    found = [i for i in plan.items if i.number == number and i.part is None]
    assert len(found) == 1, f"{len(found)} items have number {number}"
    return found[0]


# ---- how two lists of facts are compared -----------------------------------------------------------------------


def assert_same(where: str, found: Iterable[Any], expected: Iterable[Any]) -> None:
    """Equal as multisets; else says which facts are missing and which are extra."""
    have, want = Counter(found), Counter(expected)
    missing, extra = sorted((want - have).elements(), key=str), sorted((have - want).elements(), key=str)
    lines = [f"  missing {fact}" for fact in missing] + [f"  extra   {fact}" for fact in extra]
    assert not lines, "\n".join([where, *lines])


def within(inner: Span, outer: Span) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def place(fact: dict[str, Any], words: str = "quote", at: str = "at") -> Span:
    return fact[at], fact[at] + len(fact[words])


def sentence(inner: Span) -> Span:
    """The stretch around a place that 。, ; or the end of the line closes."""
    start = max(TEXT.rfind(mark, 0, inner[0]) for mark in "。;\n") + 1
    end = min(hit for mark in "。;\n" if (hit := TEXT.find(mark, inner[1])) >= 0)
    return start, end + 1


def objects(value: Any) -> Iterator[dict[str, Any]]:
    """Every JSON object inside a value."""
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for inner in value:
            yield from objects(inner)


# ---- words and places --------------------------------------------------------------------------------------------


def test_gold_stands_on_this_text() -> None:
    assert len(TEXT) == GOLD["source"]["characters"]
    pairs = [("quote", "at"), ("core", "core_at"), ("clause", "clause_at"), ("demand", "demand_at")]
    pairs += [("as_written", "at"), ("original", "at")]
    for fact in objects(GOLD):
        for words, at in pairs:
            if isinstance(fact.get(words), str) and isinstance(fact.get(at), int):
                assert TEXT.startswith(fact[words], fact[at]), fact


def test_every_quote_is_the_text_at_its_place(plan: Plan) -> None:
    assert plan.text == TEXT
    seen = 0
    for fact in objects(to_json(plan)):
        for span, words in (("span", "quote"), ("clause", "clause_quote"), ("span", "original")):
            if fact.get(span) is not None and words in fact:
                start, end = fact[span]
                assert fact[words] == TEXT[start:end], fact
                seen += 1
        for start, end in fact.get("because") or []:
            assert 0 <= start < end <= len(TEXT), fact
    assert seen >= 2 * (54 + 196 + 1)


def test_coverage_accounts_for_every_character(plan: Plan) -> None:
    coverage = plan.coverage
    assert coverage.characters == len(TEXT)
    assert coverage.taken + sum(part.span[1] - part.span[0] for part in coverage.left_out) == len(TEXT)
    places = sorted(part.span for part in coverage.left_out)
    assert all(a[1] <= b[0] for a, b in pairwise(places)), "stretches overlap"


# ---- the document --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("field", ["id", "title", "reference_number", "issued_on", "region"])
def test_document_head(plan: Plan, field: str) -> None:
    assert fold(getattr(plan.document, field) or "") == fold(DOCUMENT[field])


def test_document_issuers(plan: Plan) -> None:
    assert list(plan.document.issuers) == DOCUMENT["issuers"]


def test_document_duties(plan: Plan) -> None:
    expected = [(d["role"], d["unit"], d["at"], d["clause_at"]) for d in DOCUMENT["duties"]]
    assert_same(
        "document duties",
        [(d.role.value, d.unit.name, d.span and d.span[0], d.clause[0]) for d in plan.duties],
        expected,
    )


def test_document_fallback_clause(plan: Plan) -> None:
    gold = DOCUMENT["fallback"]
    expected = (gold["quote"], gold["at"], gold["date"], gold["precision"], gold["conditional"], gold["hedge"], False)
    found = [
        (d.quote, d.span and d.span[0], d.date, d.precision, d.conditional, d.hedge, d.inferred)
        for d in plan.deadlines
        if d.kind == "document"
    ]
    assert_same("document fallback", found, [expected])
    # The dates of 总体目标 are aims of the whole plan: they may stand here (with 到 or not), nothing else may.
    aims = {(aim["kind"], aim["at"], aim["date"]) for aim in DOCUMENT["aims"]}
    others = [(d.kind.value, d.span and d.span[0] + (d.quote or "").find("20"), d.date) for d in plan.deadlines]
    assert not [o for o in others if o[0] != "document" and o not in aims]


def test_document_citations(plan: Plan) -> None:
    own = {place(title)[0] for title in DOCUMENT["own_title"]}
    named = [c for c in plan.citations if c.span[0] in own]
    assert {c.relation.value for c in named} <= {"mentions"}, "the plan's own title is no instrument it acts on"
    found = [(c.as_written, c.span[0], fold(c.title), c.relation.value) for c in plan.citations if c not in named]
    expected = [(c["as_written"], c["at"], fold(c["title"]), c["relation"]) for c in DOCUMENT["citations"]]
    assert_same("document citations", found, expected)


# ---- sections and items --------------------------------------------------------------------------------------------


def test_section_order(plan: Plan) -> None:
    assert [s.id for s in plan.sections] == [f"{plan.document.id}:{s['id']}" for s in GOLD["sections"]]


@pytest.mark.parametrize("gold", GOLD["sections"][1:], ids=lambda s: s["id"])
def test_section(plan: Plan, gold: dict[str, Any]) -> None:
    section = next(s for s in plan.sections if s.id == f"{plan.document.id}:{gold['id']}")
    parent = gold["parent"] and f"{plan.document.id}:{gold['parent']}"
    assert (section.label, section.title, section.level) == (gold["label"], gold["title"], gold["level"])
    assert (section.parent, section.span[0]) == (parent, gold["at"])
    assert sum(i.section == section.id for i in plan.items) == gold["items"]
    intro = gold["intro"]
    assert section.intro.strip() == (TEXT[intro["at"] : intro["end"]].strip() if intro else "")


@per_item
def test_item_heading_and_place(plan: Plan, item: Item, number: int) -> None:
    gold = ITEMS[number]
    assert item.label == gold["label"]
    assert item.heading == gold["heading"]
    assert item.section == f"{plan.document.id}:{gold['section']}"
    assert item.id == f"{item.section}-{number}"
    assert item.span[0] == gold["at"]
    assert item.span[1] >= gold["end"]
    assert TEXT[gold["end"] : item.span[1]].strip() == "", "the item reaches into what follows its last line"


# ---- duties --------------------------------------------------------------------------------------------------------


def assert_duties(item: Item, number: int, role: Role, bearers: str, line: str) -> None:
    gold = ITEMS[number]
    duties = [d for d in item.duties if d.role == role]
    expected = [(n, b["unit"], b["at"], b.get("collective", False)) for n, b in enumerate(gold[bearers], 1)]
    found = [(d.position, d.as_written, d.span and d.span[0], d.collective) for d in duties]
    assert_same(f"item {number} {bearers}: position, name, place, collective", found, expected)
    start, end = place(gold[line])
    for duty in duties:
        # The clause is the label line, with or without the full stop that closes it.
        assert duty.clause[0] == start, duty
        assert TEXT[start : duty.clause[1]].rstrip("。") == TEXT[start:end].rstrip("。"), duty
        assert fold(duty.unit.name) == fold(duty.as_written), duty
        assert not duty.inferred, duty


@per_item
def test_leads(item: Item, number: int) -> None:
    assert_duties(item, number, Role.LEAD, "leads", "lead_line")
    assert not [d for d in item.duties if d.role == Role.LEAD and d.open_list]


@per_item
def test_responsible(item: Item, number: int) -> None:
    assert_duties(item, number, Role.RESPONSIBLE, "responsible", "responsible_line")


@per_item
def test_no_other_roles(item: Item, number: int) -> None:
    assert_same(
        f"item {number} other roles", [d for d in item.duties if d.role not in (Role.LEAD, Role.RESPONSIBLE)], []
    )


@per_item
def test_open_lists(item: Item, number: int) -> None:
    bearers = ITEMS[number]["responsible"]
    opened = {b["at"] for b in bearers if b.get("open_list")}
    flagged = {d.span[0] for d in item.duties if d.open_list and d.span}
    # What the 等 leaves open are the names before it; whether those after it carry the flag too is not said.
    after = {b["at"] for b in bearers} - opened if opened else set()
    assert_same(f"item {number} open_list", flagged - after, opened)


def test_bearers_are_units_of_the_plan(plan: Plan) -> None:
    units = {u.id: u for u in plan.units}
    for owner, duty in [(i.id, d) for i in plan.items for d in i.duties] + [(plan.document.id, d) for d in plan.duties]:
        unit = units[duty.unit.id]
        region = plan.document.id if duty.collective else plan.document.region
        assert (unit.collective, unit.id) == (duty.collective, f"{region}:{fold(unit.name)}"), (owner, duty)


# ---- deadlines -----------------------------------------------------------------------------------------------------

DEADLINE_FIELDS = ("kind", "quote", "at", "date", "precision", "hedge", "recurrence", "duration", "unit", "anchor")


def deadline_row(deadline: Deadline) -> tuple[Any, ...]:
    d = deadline
    start = d.span[0] if d.span else None
    row = (d.kind.value, d.quote, start, d.date, d.precision, d.hedge, d.recurrence, d.duration, d.duration_unit)
    return (*row, d.anchor, d.inferred, d.conditional or d.kind == "document")


@per_item
def test_deadlines(item: Item, number: int) -> None:
    gold = ITEMS[number]["deadlines"]
    expected = [
        (*(d.get(f) for f in DEADLINE_FIELDS), d.get("inferred", False), d.get("conditional", False)) for d in gold
    ]
    fields = ", ".join((*DEADLINE_FIELDS, "inferred", "conditional"))
    assert_same(f"item {number} deadlines: {fields}", map(deadline_row, item.deadlines), expected)


@per_item
def test_deadlines_of_the_body_belong_to_a_task(item: Item, number: int) -> None:
    tasks = {t.id: t for t in item.tasks}
    in_body = {d["at"] for d in ITEMS[number]["deadlines"] if d["place"] == "body"}
    for deadline in item.deadlines:
        if deadline.span is not None and deadline.span[0] in in_body:
            assert deadline.task in tasks, deadline
            assert within(deadline.span, tasks[deadline.task].span), deadline
        else:
            assert deadline.task is None, deadline


@per_item
def test_due(item: Item, number: int) -> None:
    due = ITEMS[number]["due"]
    assert (item.due.date, item.due.precision, item.due.basis) == (due["date"], due["precision"], due["basis"])
    assert item.ongoing is ITEMS[number]["ongoing"]


@pytest.mark.parametrize("number", [6, 10])
def test_inferred_due_date_points_at_the_fallback_clause(item: Item) -> None:
    (inferred,) = [d for d in item.deadlines if d.kind == "document"]
    fallback = place(DOCUMENT["fallback"])
    assert (inferred.span, inferred.quote, inferred.inferred) == (None, None, True)
    assert any(within(fallback, because) for because in inferred.because), inferred
    assert inferred.rule


# ---- citations, tasks, mentions --------------------------------------------------------------------------------------


@per_item
def test_citations(item: Item, number: int) -> None:
    gold = ITEMS[number]
    # Instruments named without 《》 may be given or not.
    unmarked = {u["at"] for u in gold.get("unmarked", [])}
    found = [
        (c.as_written, c.span[0], fold(c.title), c.relation.value) for c in item.citations if c.span[0] not in unmarked
    ]
    expected = [(c["as_written"], c["at"], fold(c["title"]), c["relation"]) for c in gold["citations"]]
    assert_same(f"item {number} citations: words, place, title, relation", found, expected)
    tasks = {t.id: t for t in item.tasks}
    for citation in item.citations:
        assert citation.task == next((k for k, t in tasks.items() if within(citation.span, t.span)), None), citation
        assert within(citation.span, citation.clause), citation
        assert citation.task or citation.relation != "produces", citation


def core(task: dict[str, Any]) -> Span:
    return place(task, "core", "core_at") if "core" in task else place(task)


def target_row(value: float, unit: str, comparison: str | None) -> tuple[float, str, str | None]:
    return float(value), unit, comparison


def assert_task(number: int, gold: dict[str, Any], task: Task) -> None:
    where = f"item {number} task {gold['quote']!r}"
    assert within(task.span, sentence(core(gold))), f"{where}: {task.quote!r} leaves its sentence"
    assert_same(f"{where} kinds", [k.value for k in task.kinds], gold["kinds"])
    targets = [gold[f] for f in ("target", "also") if f in gold]
    rows = [target_row(t["value"], t["unit"], t["comparison"]) for t in targets]
    found = [target_row(task.target.value, task.target.unit, task.target.comparison)] if task.target else []
    assert bool(found) == bool(rows), f"{where}: target {task.target}"
    assert set(found) <= set(rows), f"{where}: target {task.target}"
    assert task.target is None or task.target.name in TEXT[slice(*sentence(core(gold)))], f"{where}: target's name"


@per_item
def test_tasks(item: Item, number: int) -> None:
    gold = ITEMS[number]["tasks"]
    holders = {t["quote"]: [task for task in item.tasks if within(core(t), task.span)] for t in gold}
    held = [task.quote for tasks in holders.values() for task in tasks]
    # Every task of the gold is held by one task, none holds two, none holds nothing.
    assert_same(
        f"item {number} tasks (gold's wording for what is missing)",
        [words for words, tasks in holders.items() for _ in tasks] + [q for q in held if held.count(q) > 1],
        list(holders),
    )
    assert_same(f"item {number} tasks that are none", [t.quote for t in item.tasks if t.quote not in held], [])
    for t in gold:
        assert_task(number, t, holders[t["quote"]][0])


@per_item
def test_mentions(item: Item, number: int) -> None:
    gold = ITEMS[number]["mentions"]
    assert_same(
        f"item {number} mentions",
        [(m.as_written, m.span[0]) for m in item.mentions],
        [(m["as_written"], m["at"]) for m in gold],
    )
    names = {m["at"]: m["unit"] for m in gold if "unit" in m}
    for mention in item.mentions:
        assert within(mention.span, mention.clause), mention
        assert mention.unit.name == names.get(mention.span[0], mention.as_written), mention


# ---- damage --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("gold", GOLD["repairs"], ids=lambda r: f"{r['at']}-{r['rule'].split(':')[0]}")
def test_repair(plan: Plan, gold: dict[str, Any]) -> None:
    """The plan's own repairs, applied inside the window, give the gold's reading (white space and dashes aside)."""
    start, end = place(gold, "original")
    inside = sorted((r for r in plan.repairs if within(r.span, (start, end))), key=lambda r: r.span)
    out, at = [], start
    for repair in inside:
        assert at <= repair.span[0], f"{repair} overlaps another"
        out += [TEXT[at : repair.span[0]], repair.repaired]
        at = repair.span[1]
    assert fold("".join([*out, TEXT[at:end]])) == fold(gold["repaired"]), [r.original for r in inside]


def test_nothing_else_was_repaired(plan: Plan) -> None:
    windows = [place(r, "original") for r in GOLD["repairs"]]
    assert_same(
        "repairs of what is whole", [r for r in plan.repairs if not any(within(r.span, w) for w in windows)], []
    )
