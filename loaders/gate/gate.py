"""The gate: every fact of a plan is found again in its text before the plan is written; what is not found is dropped and told.

Order of steps: each item, its duties, times, citations, mentions and tasks, then the facts of the document are looked for again
(`loaders.gate.look_again`). A plan of which all is found comes back as it is. Else what failed is left out: an item goes with all
that it states, and what stood below it moves up; the date of an item is set anew from the times that it keeps; bodies and
instruments that nobody names any more go. Each loss is a warning of its own, with the words and the reason.

Example: a duty whose unit is not the body in its quote is dropped, and the plan has the warning ``not-found-again``:
``复核时在原文里找不到，未计入：牵头“市教育局”（事项“清理文件”）——单位“市教育局”不是原文的“市财政局”``.

Left to others: reading (`loaders.plan`), what a store holds that no text states (`loaders.storing.check`).
"""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from msgspec.structs import replace

from graph.model import (
    Citation,
    Deadline,
    DeadlineKind,
    Due,
    DueBasis,
    Duty,
    Item,
    Mention,
    Plan,
    PlanWarning,
    SignCount,
    Span,
    Task,
    Timing,
    TimingKind,
)
from loaders.gate.look_again import CALLED, SecondLook

NOT_FOUND = "not-found-again"
F = TypeVar("F", Duty, Deadline, Citation, Mention, Task)
_BASES = (
    (DeadlineKind.DEFAULT, DueBasis.ITEM),
    (DeadlineKind.PARENT, DueBasis.PARENT),
    (DeadlineKind.DOCUMENT, DueBasis.DOCUMENT),
)


def pass_gate(plan: Plan) -> Plan:
    """The plan with the facts that are found again in its text; ``plan`` itself if all of them are."""
    gate = _Gate(plan)
    items = [kept for item in plan.items if (kept := gate.item(item)) is not None]
    duties = gate.keep(plan.duties, gate.look.duty, None)
    deadlines = gate.keep(plan.deadlines, gate.look.deadline, None)
    citations = gate.keep(plan.citations, gate.look.citation, None)
    if not gate.told:
        return plan
    left = replace(
        plan,
        items=tuple(_lifted(items, plan.items)),
        duties=duties,
        deadlines=deadlines,
        citations=citations,
        warnings=(*plan.warnings, *gate.told),
        coverage=replace(plan.coverage, signs=_recounted(plan, gate.lost)),
    )
    return _without_unnamed(left, plan)


class _Gate:
    """Looks at the facts of one plan and keeps account of what is told."""

    def __init__(self, plan: Plan) -> None:
        self.look = SecondLook(plan)
        self.told: list[PlanWarning] = []
        self.lost: set[Span] = set()  # clauses and times of what was dropped
        self._text = plan.text

    def item(self, item: Item) -> Item | None:
        """An item with what is found of it; None if it is not found itself."""
        if why := self.look.item(item):
            self._tell("事项", item.heading, item.span, why, None)
            self.lost |= {duty.clause for duty in item.duties}
            return None
        before = len(self.told)
        tasks = self.keep(item.tasks, self.look.task, item)
        duties = self.keep(item.duties, self.look.duty, item)
        deadlines = self.keep(item.deadlines, self.look.deadline, item)
        citations = self.keep(item.citations, self.look.citation, item)
        mentions = self.keep(item.mentions, self.look.mention, item)
        if len(self.told) == before:
            return item
        known = {task.id for task in tasks}
        deadlines = tuple(d if d.task is None or d.task in known else replace(d, task=None) for d in deadlines)
        citations = tuple(c if c.task is None or c.task in known else replace(c, task=None) for c in citations)
        kept = replace(item, duties=duties, deadlines=deadlines, citations=citations, mentions=mentions, tasks=tasks)
        return kept if deadlines == item.deadlines else _dated_anew(kept)

    def keep(self, facts: tuple[F, ...], judge: Callable[[F, Any], str | None], owner: Item | None) -> tuple[F, ...]:
        """Those of ``facts`` that are found again; the others are told."""
        gone = [(fact, why) for fact in facts if (why := judge(fact, owner))]
        if not gone:
            return facts
        for fact, why in gone:
            what, words = _called(fact)
            self._tell(what, words, fact.span, why, owner)
            place = fact.clause if isinstance(fact, Duty) else fact.span if isinstance(fact, Deadline) else None
            self.lost |= {place} if place else set()
        missing = {id(fact) for fact, _ in gone}
        return tuple(fact for fact in facts if id(fact) not in missing)

    def _tell(self, what: str, words: str, span: Span | None, why: str, owner: Item | None) -> None:
        around = f"（事项“{owner.heading[:20]}”）" if owner is not None else ""
        message = f"复核时在原文里找不到，未计入：{what}“{words[:40]}”{around}——{why}"
        there = span if span is not None and 0 <= span[0] < span[1] <= len(self._text) else None
        self.told.append(PlanWarning(NOT_FOUND, message, there))


def _called(fact: Duty | Deadline | Citation | Mention | Task) -> tuple[str, str]:
    """What a fact is called, and the words by which a reader knows it."""
    match fact:
        case Duty():
            return CALLED[fact.role], fact.unit.name
        case Deadline():
            return "时限", fact.date or fact.quote or fact.kind.value
        case Citation():
            return "引用", fact.title
        case Mention():
            return "提及", fact.unit.name
    return "任务", fact.quote


def _lifted(kept: list[Item], before: Iterable[Item]) -> Iterable[Item]:
    """The items that are kept; one whose parent is not kept stands below the nearest item above that is."""
    known = {item.id for item in kept}
    above = {item.id: item.parent for item in before}
    for item in kept:
        parent = item.parent
        while parent is not None and parent not in known:
            parent = above.get(parent)
        yield item if parent == item.parent else replace(item, parent=parent)


def _dated_anew(item: Item) -> Item:
    """An item with the date and the kind of time that its deadlines give."""
    due = Due(None, None, DueBasis.NONE)
    for kind, basis in _BASES:
        dated = [d for d in item.deadlines if d.kind is kind and d.date]
        if dated:
            last = max(dated, key=lambda d: d.date or "")
            due = Due(last.date, last.precision, basis)
            break
    ongoing = any(d.kind is DeadlineKind.ONGOING for d in item.deadlines)
    timing, places = item.timing, {d.span for d in item.deadlines}
    if timing.kind is not TimingKind.NONE and (timing.span is None or timing.span not in places):
        timing = Timing(TimingKind.UNREAD, "not-understood", None, None)
    return replace(item, due=due, ongoing=ongoing, timing=timing)


def _recounted(plan: Plan, lost: set[Span]) -> SignCount:
    """The count of signs with those of dropped facts among what is told."""
    signs = plan.coverage.signs
    moved = min(signs.taken, len(lost))
    return replace(signs, taken=signs.taken - moved, told=signs.told + moved)


def _without_unnamed(plan: Plan, before: Plan) -> Plan:
    """The plan without the bodies and instruments that only dropped facts named."""
    units, regulations = _named(plan)
    had_units, had_regulations = _named(before)
    return replace(
        plan,
        units=tuple(u for u in plan.units if u.id in units or u.id not in had_units),
        regulations=tuple(r for r in plan.regulations if r.id in regulations or r.id not in had_regulations),
    )


def _named(plan: Plan) -> tuple[set[str], set[str]]:
    units = {fact.unit.id for fact in plan.duties}
    regulations = {citation.regulation.id for citation in plan.citations}
    for item in plan.items:
        units |= {duty.unit.id for duty in item.duties} | {mention.unit.id for mention in item.mentions}
        regulations |= {citation.regulation.id for citation in item.citations}
    return units, regulations
