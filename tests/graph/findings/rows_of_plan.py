"""The rows of a plan as `graph.findings.read_plan_rows` reads them from a store, made from the parsed plan alone."""

import json
from typing import Any

from graph.findings import PlanRows
from graph.model import Citation, Deadline, Duty, Item, Mention, Plan, Role, Span, to_json

Made = dict[str, Any]


def rows_of_plan(plan: Plan) -> PlanRows:
    """No store, no statement: each row has the columns that the rules ask for."""
    head = plan.document
    units = {unit.id: unit for unit in plan.units}
    regulations = {one.id: one for one in plan.regulations}

    def borne(fact: Duty | Mention) -> Made:
        unit = units[fact.unit.id]
        return {"unit_id": unit.id, "unit_name": unit.name, "unit_level": unit.level, "collective": unit.collective}

    def duty(one: Duty) -> Made:
        return {"role": one.role, "position": one.position, "open_list": one.open_list, **borne(one), **_clause(one)}

    def citation(one: Citation) -> Made:
        cited = regulations[one.regulation.id]
        named = {"regulation_id": cited.id, "regulation_title": cited.title, "unresolved": cited.unresolved}
        return {"relation": one.relation, **named, **_clause(one)}

    def of_items(facts: str, made: Any) -> dict[str, list[Made]]:
        rows = {item.id: [made(one) for one in _in_order(getattr(item, facts))] for item in plan.items}
        return {key: found for key, found in rows.items() if found}

    return PlanRows(
        document={
            **{name: getattr(head, name) for name in ("id", "title", "region", "issued_on", "text_sha256", "source")},
            "issuers": list(head.issuers),
            "repairs": _noted(plan.repairs),
            "warnings": _noted(plan.warnings),
        },
        text=plan.text,
        sections=[
            {name: getattr(one, name) for name in ("id", "label", "title", "level", "parent", "intro")}
            | _place(one.span)
            for one in sorted(plan.sections, key=lambda one: (one.span, one.id))
        ],
        items=[_item(plan, item) for item in sorted(plan.items, key=lambda item: (item.span[0], item.id))],
        duties=of_items("duties", duty),
        mentions=of_items("mentions", lambda one: {**borne(one), **_clause(one)}),
        deadlines=of_items("deadlines", _deadline),
        citations=of_items("citations", citation),
        tasks=of_items("tasks", lambda one: {"id": one.id, "kinds": one.kinds, **_place(one.span, one.quote)}),
        own_deadlines=[_deadline(one) for one in _in_order(plan.deadlines)],
        own_citations=[citation(one) for one in _in_order(plan.citations)],
    )


def _in_order(facts: Any) -> list[Any]:
    """Facts as the statements order them: duties by role, position and unit, what else by place; leaders are no bearers."""
    first = next(iter(facts), None)
    if isinstance(first, Duty):
        borne = [one for one in facts if one.role is not Role.LEADER]
        return sorted(borne, key=lambda one: (one.role, one.position, one.unit.id))
    by = {Citation: lambda one: one.regulation.id, Mention: lambda one: one.unit.id}.get(
        type(first), lambda one: one.id
    )
    return sorted(facts, key=lambda one: (one.span is None, one.span or (), by(one)))


def _place(span: Span | None, quote: str | None = None) -> Made:
    return {"start": span and span[0], "end": span and span[1], "quote": quote}


def _clause(one: Duty | Mention | Citation) -> Made:
    inferred = {"inferred": one.inferred, "rule": one.rule, "because": [at for span in one.because for at in span]}
    clause = {"clause_start": one.clause[0], "clause_end": one.clause[1], "as_written": one.as_written}
    return _place(one.span, one.quote) | clause | inferred


def _deadline(one: Deadline) -> Made:
    names = ("id", "kind", "date", "precision", "conditional", "hedge", "recurrence", "duration", "duration_unit")
    made = {name: getattr(one, name) for name in (*names, "anchor", "task", "inferred", "rule")}
    return made | _place(one.span, one.quote) | {"because": [at for span in one.because for at in span]}


def _item(plan: Plan, item: Item) -> Made:
    section = next(one for one in plan.sections if one.id == item.section)
    names = ("id", "number", "label", "heading", "part", "parent", "kind", "level", "queryable", "ongoing")
    due = {"due_date": item.due.date, "due_precision": item.due.precision, "due_basis": item.due.basis}
    timing = {"timing_kind": item.timing.kind, "timing_reason": item.timing.reason, "timing_quote": item.timing.quote}
    within = {"section_id": section.id, "section_label": section.label, "section_title": section.title}
    return {name: getattr(item, name) for name in names} | within | due | timing | _place(item.span)


def _noted(notes: Any) -> str:
    return json.dumps([to_json(note) for note in notes], ensure_ascii=False)
