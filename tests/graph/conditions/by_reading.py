"""What each condition says of an item, computed from the parsed plan alone: no store, no statement, no join."""

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from graph.findings import Finding, run_rules
from graph.model import DeadlineKind, Item, Plan, Relation, Role
from graph.names import OF_HEADING, fold
from tests.graph.findings.rows_of_plan import rows_of_plan

BEARERS = (Role.LEAD, Role.RESPONSIBLE, Role.COOPERATING)
_ROLE = {"LEADS": Role.LEAD, "RESPONSIBLE_FOR": Role.RESPONSIBLE, "COOPERATES_ON": Role.COOPERATING}
_ROLE["SUPERVISES"] = Role.SUPERVISING


class Read:
    """An item with its plan."""

    def __init__(self, plan: Plan, item: Item) -> None:
        self.plan, self.item = plan, item
        self.bearers = [duty for duty in item.duties if duty.role in BEARERS]
        self.in_body = [one for one in item.deadlines if one.task is not None and one.date is not None]

    def above(self) -> Iterator[Item]:
        known = {item.id: item for item in self.plan.items}
        item = self.item
        while item.parent is not None:
            item = known[item.parent]
            yield item

    def below(self, item: Item | None = None) -> Iterator[Item]:
        for one in self.plan.items:
            if one.parent == (item or self.item).id:
                yield one
                yield from self.below(one)

    def has(self, *roles: Role, unit: str | None = None) -> bool:
        return any(duty.role in roles and unit in (None, duty.unit.id) for duty in self.item.duties)

    def sections(self) -> Iterator[str]:
        known = {section.id: section for section in self.plan.sections}
        at: str | None = self.item.section
        while at is not None:
            yield at
            at = known[at].parent


def _dated(read: Read, by: str | None = None, since: str | None = None, basis: str | None = None) -> bool:
    due = read.item.due
    return (
        (by is None or (due.date is not None and due.date <= by))
        and (since is None or (due.date is not None and due.date >= since))
        and (basis is None or due.basis == basis)
    )


def _no_lead(read: Read) -> bool:
    around = (read.item, *read.above(), *read.below())
    return not any(duty.role is Role.LEAD for item in around for duty in item.duties)


def _list(read: Read, list: str) -> bool:
    is_open = any(duty.open_list for duty in read.bearers)
    collective = any(duty.collective for duty in read.bearers)
    return {"open": is_open, "collective": collective, "closed": bool(read.bearers) and not (is_open or collective)}[
        list
    ]


def _by_parent(read: Read, role: str) -> bool:
    wanted = _ROLE[role]
    return not read.has(wanted) and any(duty.role is wanted for item in read.above() for duty in item.duties)


def _producing(read: Read, by: str | None = None) -> bool:
    for task in read.item.tasks:
        if "deliverable" not in task.kinds:
            continue
        dates = [one.date for one in read.item.deadlines if one.task == task.id and one.date is not None]
        due = read.item.due.date
        if by is None or any(day <= by for day in dates):
            return True
        if due is not None and due <= by and not any(day > by for day in dates):
            return True
    return False


def _later(read: Read) -> bool:
    own = [one.date for one in read.item.deadlines if one.task is None and one.date is not None]
    return any(one.date > day for one in read.in_body for day in own)


def _lit(read: Read, by: str | None = None, since: str | None = None) -> bool:
    """An own date that holds, or one of a task in the body, within the two days."""
    own = ("default", "parent", "document")
    dates = [
        one.date
        for one in read.item.deadlines
        if one.date is not None and (one.task is not None or (one.kind in own and one.date == read.item.due.date))
    ]
    return any((by is None or day <= by) and (since is None or day >= since) for day in dates)


def _recurring(read: Read, every: str | None = None) -> bool:
    kinds = (one for one in read.item.deadlines if one.kind is DeadlineKind.RECURRING)
    return any((one.recurrence or "").startswith(every or "") for one in kinds)


def _same_both(read: Read) -> bool:
    leads = {duty.unit.id for duty in read.item.duties if duty.role is Role.LEAD}
    return any(duty.role is Role.RESPONSIBLE and duty.unit.id in leads for duty in read.item.duties)


@cache
def _findings(document: str, text: str) -> list[Finding]:
    return run_rules(rows_of_plan(_PLANS[document, text]))


_PLANS: dict[tuple[str, str], Plan] = {}


def _found(read: Read, rule: str | None = None) -> bool:
    """Whether a finding names the item or what it is a part of, or stands in it if it names none."""
    key = read.plan.document.id, read.plan.text
    _PLANS[key] = read.plan
    over = {read.item.id}
    for above in read.above():
        if above.id.endswith(OF_HEADING):
            break  # what stands under a heading is not its own
        over.add(above.id)
    start, end = read.item.span
    for finding in _findings(*key):
        named = [finding.hit.item] if finding.hit.item is not None else list(finding.hit.items)
        inside = any(start <= place.start < end for place in finding.hit.places)
        if rule in (None, finding.rule.id) and (any(one["id"] in over for one in named) if named else inside):
            return True
    return False


HOLDS: dict[str, Callable[..., bool]] = {
    "bearing": lambda read, unit, roles: read.has(*(_ROLE[role] for role in roles), unit=unit),
    "mentioned": lambda read, unit: any(one.unit.id == unit for one in read.item.mentions),
    "headed": lambda read, person: any(
        duty.role is Role.LEADER and person in (duty.unit.name, duty.post) for duty in read.item.duties
    ),
    "several-leads": lambda read, least: sum(duty.role is Role.LEAD for duty in read.item.duties) >= least,
    "without-lead": _no_lead,
    "only-collectives": lambda read: bool(read.bearers) and all(duty.collective for duty in read.bearers),
    "listing": _list,
    "lead-also-responsible": _same_both,
    "by-parent": _by_parent,
    "due": _dated,
    "without-date": lambda read: read.item.due.date is None and not read.in_body,
    "lit": _lit,
    "timed": lambda read, timing: read.item.timing.kind == timing,
    "body-date": lambda read, by=None, since=None: any(
        (by is None or one.date <= by) and (since is None or one.date >= since) for one in read.in_body
    ),
    "body-later-than-own": _later,
    "recurring": _recurring,
    "working-days": lambda read: any(one.duration_unit == "工作日" for one in read.item.deadlines),
    "citing": lambda read, cites, relation=None: any(
        one.regulation.id == cites and relation in (None, one.relation) for one in read.item.citations
    ),
    "producing": _producing,
    "in-section": lambda read, section: section in read.sections(),
    "of-kind": lambda read, kind: read.item.kind == kind,
    "saying": lambda read, q: q in f"{fold(read.item.heading)}\n{fold(read.item.body)}",
    "findings": _found,
    "inferring": lambda read: any(duty.inferred and duty.role is not Role.LEADER for duty in read.item.duties),
}
"""Statement, or what computes it → whether the item meets it, given the values that the statement takes."""


def read_plans(plans: list[Plan]) -> list[Read]:
    """Every item that questions look at, in document order: by plan, place and id."""
    read = [Read(plan, item) for plan in plans for item in plan.items if item.queryable]
    return sorted(read, key=lambda one: (one.plan.document.id, one.item.span[0], one.item.id))


def values_worth_asking(plans: list[Plan], kind: str, name: str) -> list[Any]:
    """A few values of a parameter, taken from the plans: the commonest bearers, cited instruments, sections."""
    units = [duty.unit.id for plan in plans for item in plan.items for duty in item.duties if duty.role in BEARERS]
    if kind == "unit":
        return sorted(set(units), key=lambda unit: (-units.count(unit), unit))[:3]
    if kind == "regulation":
        cited = [one.regulation.id for plan in plans for item in plan.items for one in item.citations]
        produced = [
            one.regulation.id
            for plan in plans
            for item in plan.items
            for one in item.citations
            if one.relation is Relation.PRODUCES
        ]
        return sorted(set(cited), key=lambda one: (-cited.count(one), one))[:1] + produced[:1]
    if kind == "section":
        return [plans[0].sections[len(plans[0].sections) // 2].id]
    if kind == "words":
        posts = [
            duty.unit.name for plan in plans for item in plan.items for duty in item.duties if duty.role is Role.LEADER
        ]
        return posts[:1] or ["局长"] if name == "person" else ["行政", "河道"]
    return {"day": ["2018-06-30", "2018-12-31"], "count": ["1", "2"]}[kind]
