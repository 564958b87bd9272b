"""The rows of each question of the library, computed from the parsed plans alone: no store, no statement, no page.

A row here is ``(id, …)``: the id that the answer gives it, then what the question is asked for.  `ANSWERS` names for each
question the columns that are compared with these.

What a plan says is read as `tests.graph.conditions.by_reading` reads it; rules about texts that no store touches (which
words ask something of counties, which finding a plan has, how units are counted) are those of `graph`.
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from typing import Any, NamedTuple

from graph.findings import run_rules
from graph.findings.counties import asks_of_counties, names_counties
from graph.library.finding_steps import CONFLICTS
from graph.model import Citation, Deadline, DeadlineKind, Item, Mention, Plan, Relation, Role, Section, Task
from graph.names import OF_HEADING
from tests.graph.conditions.by_reading import BEARERS, Read
from tests.graph.findings.rows_of_plan import rows_of_plan

Rows = list[tuple[Any, ...]]
ALL_ROLES = (*BEARERS, Role.SUPERVISING)
RESTS_ON = (Relation.BASIS, Relation.IMPLEMENTS)
OWN = (DeadlineKind.DEFAULT, DeadlineKind.PARENT, DeadlineKind.DOCUMENT)
NOWHERE = 10**9


class Held(NamedTuple):
    """A fact of an item, or of a whole plan (``item`` None)."""

    plan: Plan
    item: Item | None
    fact: Any

    @property
    def place(self) -> tuple[Any, ...]:
        """Where lists put it: by plan, item (what is of the plan itself comes first), fact."""
        at = -1 if self.item is None else self.item.span[0]
        return self.plan.document.id, at, -1 if self.fact.span is None else self.fact.span[0], self.fact.id

    @property
    def item_id(self) -> str | None:
        return None if self.item is None else self.item.id


class Library:
    """The plans that are loaded, and the questions as methods: each gives its rows in their order."""

    def __init__(self, plans: Iterable[Plan]) -> None:
        self.plans = sorted(plans, key=lambda plan: plan.document.id)
        self.units = {unit.id: unit for plan in self.plans for unit in plan.units}
        self.read = [Read(plan, item) for plan in self.plans for item in plan.items]
        self.read.sort(key=lambda one: (one.plan.document.id, one.item.span[0], one.item.id))
        self.asked = [one for one in self.read if one.item.queryable]

    def facts(self, *names: str) -> Iterator[Held]:
        """The facts under some names of the model, of items and of plans themselves, in no order."""
        for plan in self.plans:
            for name in names:
                yield from (Held(plan, None, fact) for fact in getattr(plan, name, ()))
                yield from (Held(plan, item, fact) for item in plan.items for fact in getattr(item, name))

    def duties(self, *roles: Role, unit: str | None = None) -> list[Held]:
        found = (one for one in self.facts("duties") if one.fact.role in roles and unit in (None, one.fact.unit.id))
        return sorted(found, key=lambda one: one.place)

    # -- units

    def unit_duties(self, unit: str, role: str | None = None) -> Rows:
        roles = ALL_ROLES if role is None else (Role(role),)
        return [(one.fact.id, one.fact.role.value, one.item_id) for one in self.duties(*roles, unit=unit)]

    def shared_items(self, unit: str, other: str) -> Rows:
        rows = []
        for mine in self.duties(*BEARERS, unit=unit):
            owner = mine.plan.duties if mine.item is None else mine.item.duties
            for theirs in owner:
                if theirs.unit.id == other and theirs.role in BEARERS:
                    key = f"{mine.fact.id}+{theirs.id}"
                    rows.append((*mine.place[:3], key, mine.fact.role.value, theirs.role.value))
        return [row[3:] for row in sorted(rows)]

    def unit_coverage(self, unit: str) -> Rows:
        """Every item of the plans that give the unit a duty or ask something of it, with its role in each."""
        rows: Rows = []
        for plan in self.plans:
            if not any(self._names(plan, one, unit) for one in (None, *plan.items)):
                continue
            for one in self.asked:
                if one.plan is plan:
                    own = [duty for duty in one.item.duties if duty.unit.id == unit and duty.role in BEARERS]
                    rows += [(one.item.id, role) for role in sorted(duty.role.value for duty in own) or [None]]
        return rows

    @staticmethod
    def _names(plan: Plan, item: Item | None, unit: str) -> bool:
        duties = plan.duties if item is None else item.duties
        mentions: tuple[Mention, ...] = () if item is None else item.mentions
        return any(one.unit.id == unit and one.role in ALL_ROLES for one in duties) or any(
            one.unit.id == unit for one in mentions
        )

    def never(self, roles: tuple[Role, Role], document: str | None = None) -> Rows:
        """Units with a duty of the first role and none of the second, each at its first duty; how many it has."""
        there = [one for one in self.duties(*roles) if document in (None, one.plan.document.id)]
        kept: dict[str, list[Held]] = {}
        for one in there:
            if one.fact.role is roles[0] and not self.units[one.fact.unit.id].collective:
                kept.setdefault(one.fact.unit.id, []).append(one)
        without = {one.fact.unit.id for one in there if one.fact.role is roles[1]}
        rows = [
            (held[0].place[:3], unit, len({one.item_id or one.plan.document.id for one in held}))
            for unit, held in kept.items()
            if unit not in without
        ]
        return [row[1:] for row in sorted(rows)]

    def plan_supervisors(self, role: str | None = None) -> Rows:
        roles = ALL_ROLES if role is None else (Role(role),)
        return [(one.fact.id, one.fact.unit.id) for one in self.duties(*roles) if one.item is None]

    def lead_workload(self) -> Rows:
        """How many items each unit of a plan leads: one with its parts counts once."""
        rows: Rows = []
        for plan in self.plans:
            led: dict[str, set[str]] = {}
            for one in self.duties(Role.LEAD):
                if one.plan is plan and one.item is not None and not self.units[one.fact.unit.id].collective:
                    led.setdefault(one.fact.unit.id, set()).add(_topmost(plan, one.item).id)
            rows += [(f"{plan.document.id}|{unit}", len(items)) for unit, items in led.items()]
        return rows

    # -- items

    def where(self, holds: Callable[[Read], bool], *, every: bool = False) -> Rows:
        return [(one.item.id,) for one in (self.read if every else self.asked) if holds(one)]

    def items_without_lead(self, without: str = "lead") -> Rows:
        wanted = {"lead": (Role.LEAD,), "responsible": (Role.RESPONSIBLE,), "anyone": (Role.LEAD, Role.RESPONSIBLE)}

        def lacks(one: Read) -> bool:
            around = (one.item, *one.above(), *one.below())
            return not any(duty.role in wanted[without] for item in around for duty in item.duties)

        return self.where(lacks)

    def items_with_open_list(self, wide: str = "false") -> Rows:
        def is_open(one: Read) -> bool:
            return any(
                duty.open_list
                or (wide == "true" and duty.collective and ("有关" in duty.unit.name or "相关" in duty.unit.name))
                for duty in one.bearers
            )

        return self.where(is_open, every=True)

    def items_without_named_bearer(self) -> Rows:
        def unnamed(one: Read) -> bool:
            bearers = [self.units[duty.unit.id] for duty in one.item.duties if duty.role is Role.RESPONSIBLE]
            return bool(bearers) and all(unit.collective or unit.level == "开发区" for unit in bearers)

        return self.where(unnamed, every=True)

    def section_matrix(self, section: str) -> Rows:
        """Each cell; an item without any duty has one row of its own."""
        rows = []
        for one in self.asked:
            if section not in one.sections():
                continue
            cells = [duty for duty in one.item.duties if duty.role in ALL_ROLES]
            for duty in cells:
                held = Held(one.plan, one.item, duty)
                rows.append((*held.place, duty.role.value, duty.unit.id))
            if not cells:
                rows.append((one.plan.document.id, one.item.span[0], -1, one.item.id, None, None))
        return [row[3:] for row in sorted(rows, key=lambda row: row[:4])]

    # -- times

    def deadlines(self, holds: Callable[[Held], bool]) -> list[Held]:
        found = (one for one in self.facts("deadlines") if one.item is not None and holds(one))
        return sorted(found, key=lambda one: one.place)

    def deadline_lights(self) -> Rows:
        def holds(one: Held) -> bool:
            clause = one.fact
            due = one.item.due.date if one.item else None
            return clause.date is not None and (clause.task is not None or (clause.kind in OWN and clause.date == due))

        found = sorted(self.deadlines(holds), key=lambda one: (one.fact.date, one.place))
        return [(one.fact.id, one.item_id, one.fact.date) for one in found]

    def tasks_due(self, by: str) -> Rows:
        found = self.deadlines(lambda one: one.fact.task is not None and (one.fact.date or "9999") <= by)
        return [(one.fact.id, one.item_id, one.fact.date) for one in found]

    def timed(self, kind: DeadlineKind, *units: str) -> Rows:
        found = self.deadlines(
            lambda one: one.fact.kind is kind and (not units or one.fact.duration_unit in units),
        )
        return [(one.fact.id, one.item_id) for one in found]

    def deadline_conflicts(self) -> Rows:
        return [
            (finding.id, finding.rule.id)
            for plan in self.plans
            for finding in run_rules(rows_of_plan(plan))
            if finding.rule.id in CONFLICTS
        ]

    # -- tasks

    def tasks(self, holds: Callable[[Task], bool]) -> list[Held]:
        found = (Held(one.plan, one.item, task) for one in self.read for task in one.item.tasks if holds(task))
        return sorted(found, key=lambda one: one.place)

    def deliverables(self) -> Rows:
        rows: Rows = []
        for one in self.tasks(lambda task: "deliverable" in task.kinds):
            assert one.item is not None
            dates = [x.date for x in one.item.deadlines if x.task == one.fact.id and x.kind is DeadlineKind.EXPLICIT]
            rows.append((one.fact.id, one.item.id, max((day for day in dates if day), default=one.item.due.date)))
        return rows

    # -- what the text demands, cites, rests on

    def mentions(self, holds: Callable[[Held], bool] = lambda _: True) -> Rows:
        found = sorted((one for one in self.facts("mentions") if holds(one)), key=lambda one: one.place)
        return [(one.fact.id, one.item_id, one.fact.unit.id) for one in found]

    def county_demands(self) -> Rows:
        def holds(one: Held) -> bool:
            lines = [self.units[duty.unit.id] for duty in one.item.duties if duty.role in BEARERS] if one.item else []
            return (
                self.units[one.fact.unit.id].collective
                and asks_of_counties(self.units[one.fact.unit.id].name)
                and not names_counties(
                    [unit.name for unit in lines if unit.collective], [unit.level for unit in lines if unit.level]
                )
            )

        return self.mentions(holds)

    def regulation_citing_items(self, regulation: str, relation: str | None = None) -> Rows:
        found = (
            one
            for one in self.facts("citations")
            if one.fact.regulation.id == regulation and relation in (None, one.fact.relation)
        )
        found_in_order = sorted(found, key=lambda one: one.place)
        return [(one.fact.id, one.fact.relation.value, one.item_id) for one in found_in_order]

    def chains(self, unit: str, regulation: str | None = None) -> Rows:
        """Each duty of a unit with each citation that it rests on, of its item or what that is a part of, or of the plan."""
        rows = []
        for mine in self.duties(*BEARERS, unit=unit):
            own = [] if mine.item is None else _cited_around(mine.plan, mine.item)
            of_plan = [one for one in mine.plan.citations if one.relation in RESTS_ON]
            if regulation is not None:
                own = [one for one in own if one.regulation.id == regulation]
                of_plan = [one for one in of_plan if one.regulation.id == regulation]
                met = [("item", one) for one in own] + [("document", one) for one in of_plan]
            else:
                resting = [one for one in own if one.relation in RESTS_ON]
                met = [("item", one) for one in resting] or [("document", one) for one in of_plan]
            if not met and regulation is None:
                rows.append((*mine.place[:3], NOWHERE, f"{mine.fact.id}+", None, None))
            for via, cited in met:
                at = NOWHERE if cited.span is None else cited.span[0]
                rows.append((*mine.place[:3], at, f"{mine.fact.id}+{cited.id}", via, cited.regulation.id))
        return [row[4:] for row in sorted(rows, key=lambda row: row[:5])]

    def inferred_facts(self) -> Rows:
        names = ("duties", "citations", "mentions", "deadlines")
        found = sorted((one for one in self.facts(*names) if one.fact.inferred), key=lambda one: one.place)
        found = [one for one in found if not (isinstance(one.fact, Deadline) and one.item is None)]
        return [(one.fact.id, one.item_id, one.fact.rule) for one in found]

    def of_item(self, item: str, names: tuple[str, ...]) -> Rows:
        """The ids of all facts of an item and its parts, in no order."""
        met = next(one for one in self.read if one.item.id == item)
        return [(fact.id,) for one in (met.item, *met.below()) for name in names for fact in getattr(one, name)]


def _topmost(plan: Plan, item: Item) -> Item:
    """The item that ``item`` is a part of, however deep; what stands under a heading is no part of it."""
    for above in Read(plan, item).above():
        if above.id.endswith(OF_HEADING):
            break
        item = above
    return item


def _cited_around(plan: Plan, item: Item) -> list[Citation]:
    """What an item and the items above it cite."""
    return [cited for one in (item, *Read(plan, item).above()) for cited in one.citations]


class Asked(NamedTuple):
    """How a question is compared: the columns of a row beside its id, the rows wanted, whether their order counts."""

    columns: tuple[str, ...]
    rows: Callable[..., Rows]
    ordered: bool = True


OF_CARD = ("duties", "deadlines", "citations", "mentions")
ANSWERS: dict[str, Asked] = {
    "unit-duties": Asked(("role", "item.id"), Library.unit_duties),
    "unit-dossier": Asked(("role", "item.id"), Library.unit_duties),
    "shared-items": Asked(("role", "other.role"), Library.shared_items),
    "unit-coverage": Asked(("role",), Library.unit_coverage),
    "units-never-leading": Asked(
        ("count",), lambda library, **given: library.never((Role.RESPONSIBLE, Role.LEAD), **given)
    ),
    "units-only-leading": Asked(
        ("count",), lambda library, **given: library.never((Role.LEAD, Role.RESPONSIBLE), **given)
    ),
    "plan-supervisors": Asked(("unit.id",), Library.plan_supervisors),
    "lead-workload": Asked(("leads",), Library.lead_workload, ordered=False),
    "items-due": Asked(
        (), lambda library, by: library.where(lambda one: one.item.due.date is not None and one.item.due.date <= by)
    ),
    "items-without-lead": Asked((), Library.items_without_lead),
    "items-with-open-list": Asked((), Library.items_with_open_list),
    "items-with-several-leads": Asked(
        (),
        lambda library: library.where(
            lambda one: sum(duty.role is Role.LEAD for duty in one.item.duties) > 1, every=True
        ),
    ),
    "items-without-named-bearer": Asked((), Library.items_without_named_bearer),
    "items-without-own-date": Asked(
        (), lambda library: library.where(lambda one: one.item.due.basis in ("parent", "document", "none"))
    ),
    "section-matrix": Asked(("role", "unit.id"), Library.section_matrix),
    "deadline-lights": Asked(("item.id", "due.date"), Library.deadline_lights),
    "tasks-due": Asked(("item.id", "due.date"), Library.tasks_due),
    "recurring-tasks": Asked(("item.id",), lambda library: library.timed(DeadlineKind.RECURRING)),
    "working-day-deadlines": Asked(("item.id",), lambda library: library.timed(DeadlineKind.DURATION, "工作日")),
    "deadline-conflicts": Asked(("rule",), Library.deadline_conflicts),
    "deliverables": Asked(("item.id", "due.date"), Library.deliverables),
    "targets": Asked(
        ("item.id",),
        lambda library: [(one.fact.id, one.item_id) for one in library.tasks(lambda task: task.target is not None)],
    ),
    "bearers-not-listed": Asked(("item.id", "unit.id"), Library.mentions),
    "county-demands": Asked(("item.id", "unit.id"), Library.county_demands),
    "regulation-citing-items": Asked(("relation", "item.id"), Library.regulation_citing_items),
    "regulation-unit-chains": Asked(("via", "regulation.id"), Library.chains),
    "unit-upward-chain": Asked(("via", "regulation.id"), Library.chains),
    "inferred-facts": Asked(("item.id", "rule"), Library.inferred_facts),
    "item-card": Asked((), lambda library, item: library.of_item(item, OF_CARD), ordered=False),
    "fact-evidence": Asked((), lambda library, item: library.of_item(item, (*OF_CARD, "tasks")), ordered=False),
}
"""Question → how its answer is compared with the plans."""


def values_to_ask(library: Library, name: str) -> Iterator[dict[str, str]]:
    """With which parameters a question is asked: those that it needs, and some that it may have."""
    duties = library.duties(*BEARERS)
    by_unit = sorted(
        ((len(list(held)), unit) for unit, held in groupby(sorted(one.fact.unit.id for one in duties))), reverse=True
    )
    units = [unit for _, unit in by_unit[:4]] + [unit for _, unit in by_unit[-2:]]
    pairs = [(one, other) for one in units[:3] for other in units[:4] if one != other]
    cited = sorted({one.fact.regulation.id for one in library.facts("citations")})
    cited = cited[:: max(1, len(cited) // 6)]
    match name:
        case "unit-duties":
            yield from ({"unit": unit} for unit in units)
            yield from ({"unit": unit, "role": role} for unit in units[:2] for role in ("lead", "responsible"))
        case "unit-dossier" | "unit-coverage" | "unit-upward-chain":
            yield from ({"unit": unit} for unit in units)
        case "shared-items":
            yield from ({"unit": one, "other": other} for one, other in pairs)
        case "regulation-citing-items":
            yield from ({"regulation": one} for one in cited)
            yield from ({"regulation": one, "relation": "mentions"} for one in cited[:2])
        case "regulation-unit-chains":
            yield from ({"unit": unit, "regulation": one} for unit in units[:3] for one in cited)
        case "section-matrix":
            sections: list[Section] = [section for plan in library.plans for section in plan.sections]
            yield from ({"section": section.id} for section in sections[:: max(1, len(sections) // 8)])
        case "items-due" | "tasks-due":
            yield from ({"by": day} for day in ("2018-06-30", "2024-12-31"))
        case "items-without-lead":
            yield from ({"without": role} for role in ("lead", "responsible", "anyone"))
        case "items-with-open-list":
            yield from ({"wide": wide} for wide in ("false", "true"))
        case "plan-supervisors":
            yield from ({}, {"role": "lead"})
        case "units-never-leading" | "units-only-leading":
            yield from ({}, {"document": library.plans[0].document.id})
        case "item-card" | "fact-evidence":
            yield from ({"item": one.item.id} for one in library.read[:: max(1, len(library.read) // 12)])
        case _:
            yield {}
