"""A plan as rows of the graph: nodes by label and id, relationships by key, flat properties (`graph.schema`).

Order of steps: the document and its text; sections, items, tasks, deadlines; the tree between them; duties, mentions
and citations; then the units, officials and regulations that these refer to.  Finally every row is checked against the
schema, and every relationship must find both of its ends: the engine would drop it in silence otherwise.

Example: 市编办's lead of item 20 becomes the relationship ``LEADS`` with the id ``…:s2.4-20|lead|市编办|1``, from the Unit
``娄底市:市编办`` to the Item ``…:s2.4-20``, with ``position`` 1 and ``start`` … ``because``.

Left to others: what is stored already and what to write (`loaders.storing.load`).
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, NamedTuple, TypeAlias

from graph.model import (
    DUTY_TYPE,
    Citation,
    Deadline,
    Duty,
    Item,
    Mention,
    Plan,
    Role,
    Section,
    Span,
    Task,
    to_json,
)
from graph.names import OF_HEADING, page_key
from graph.schema import NODE, RELATIONSHIP, misfit
from graph.search_text import search_properties

_LEAST_BODY = 30
"""Characters; fewer are alike by chance (1.清理文件。牵头单位：市司法局)."""

Properties: TypeAlias = dict[str, Any]
Key: TypeAlias = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Relationship:
    type: str
    from_label: str
    from_id: str
    to_label: str
    to_id: str
    properties: Properties

    @property
    def key(self) -> Key:
        """Its own id, or its ends if it has none. A relationship without the id it should have (made by hand) equals no
        other.
        """
        if RELATIONSHIP[self.type].has_id:
            own = self.properties.get("id")
            return (self.type, own) if own else (self.type, "", self.from_id, self.to_id)
        return (self.type, self.from_id, self.to_id)

    @property
    def labels(self) -> tuple[str, str]:
        return (self.from_label, self.to_label)

    @property
    def ends(self) -> tuple[str, str]:
        return (self.from_id, self.to_id)


@dataclass(slots=True)
class Rows:
    """Nodes as label -> id -> properties, relationships as key -> relationship."""

    nodes: dict[str, dict[str, Properties]] = field(default_factory=dict)
    relationships: dict[Key, Relationship] = field(default_factory=dict)

    def add(self, label: str, properties: Properties) -> None:
        there = self.nodes.setdefault(label, {})
        if properties["id"] in there:
            raise ValueError(f"the plan has two {label} with the id {properties['id']!r}; expected one.")
        there[properties["id"]] = properties

    def link(self, relationship: Relationship) -> None:
        if relationship.key in self.relationships:
            raise ValueError(f"the plan has two relationships {relationship.key}; expected one.")
        self.relationships[relationship.key] = relationship

    def ids(self, label: str) -> set[str]:
        return set(self.nodes.get(label, ()))


class _Owner(NamedTuple):
    """What states a fact: an item, or its document."""

    id: str
    label: str
    document: str
    start: int | None  # of an item

    def page(self, node: str, fact: Duty | Mention | Citation) -> str:
        """The page key of a fact of the unit or instrument ``node``."""
        return page_key(node, self.document, self.start, fact.span[0] if fact.span else None, fact.id)


def plan_rows(plan: Plan, *, now: str) -> Rows:
    """The rows of one plan, loaded at ``now`` (ISO time). Raises ValueError for an inconsistent plan."""
    rows = Rows()
    document = plan.document
    rows.add("Document", _document(plan, now))
    rows.add("SourceText", _source_text(plan))
    _tree(rows, "HAS_TEXT", "Document", document.id, "SourceText", document.text_sha256, 1)
    for section in plan.sections:
        _section(rows, document.id, section)
    for item in plan.items:
        _item(rows, item)
    _deadlines(rows, "Document", document.id, plan.deadlines)
    whole = _Owner(document.id, "Document", document.id, None)
    owners = [_Owner(item.id, "Item", document.id, item.span[0]) for item in plan.items]
    for owner, duties, citations in (
        (whole, plan.duties, plan.citations),
        *((owner, item.duties, item.citations) for owner, item in zip(owners, plan.items, strict=True)),
    ):
        for duty in duties:
            _duty(rows, owner, duty)
        for citation in citations:
            _citation(rows, owner, citation)
    for owner, item in zip(owners, plan.items, strict=True):
        for mention in item.mentions:
            _mention(rows, owner, mention)
    rows.nodes["Document"][document.id] |= _counts(rows)
    _shared(rows, plan)
    _check(rows)
    return rows


def has_content(plan: Plan) -> bool:
    """Whether the plan states anything to load: an item or a duty."""
    return bool(plan.items or plan.duties)


def body_digest(plan: Plan) -> str | None:
    """The sha256 of a plan's items, whatever stands around them and however they are laid out; None for too few words."""
    if not plan.items:
        return None
    words = plan.text[min(item.span[0] for item in plan.items) : max(item.span[1] for item in plan.items)]
    folded = "".join(words.split())
    return hashlib.sha256(folded.encode("utf-8", "surrogatepass")).hexdigest() if len(folded) >= _LEAST_BODY else None


def flat_places(places: Iterable[Span]) -> list[int]:
    """``((3, 5), (9, 12))`` -> ``[3, 5, 9, 12]``, the stored form of ``because``."""
    return list(chain.from_iterable(places))


def with_search(label: str, properties: Properties) -> Properties:
    """The properties of a node with those by which it is searched."""
    return properties | search_properties(label, properties)


def _document(plan: Plan, now: str) -> Properties:
    document = plan.document
    properties = _present(
        id=document.id,
        title=document.title,
        reference_number=document.reference_number,
        issuers=list(document.issuers),
        region=document.region,
        issued_on=document.issued_on,
        kind=document.kind,
        source=document.source,
        file_sha256=document.file_sha256,
        encoding=document.encoding,
        text_sha256=document.text_sha256,
        body_sha256=body_digest(plan),
        **_place(document.span),
        options=_json(document.options),
        corrections=_json(document.corrections) if document.corrections else None,
        parser_version=document.parser_version,
        vocabulary_version=document.vocabulary_version,
        not_read=plan.not_read,
        loaded_at=now,
    )
    return with_search("Document", properties)


def _counts(rows: Rows) -> Properties:
    """What a list shows of a plan, counted once."""
    met = Counter((r.type, r.from_label, r.to_label) for r in rows.relationships.values())
    duties = [role for role in DUTY_TYPE if role is not Role.LEADER]
    return {
        "count_sections": len(rows.nodes.get("Section", ())),
        "count_items": met["HAS_ITEM", "Section", "Item"],
        **{f"count_{role}": met[DUTY_TYPE[role], "Unit", "Item"] for role in duties},
        "count_citations": met["CITES", "Item", "Regulation"],
        "count_document_duties": sum(met[DUTY_TYPE[role], "Unit", "Document"] for role in duties),
    }


def _source_text(plan: Plan) -> Properties:
    properties = {
        "id": plan.document.text_sha256,
        "text": plan.text,
        "repairs": _json(plan.repairs),
        "warnings": _json(plan.warnings),
        "coverage": _json(plan.coverage),
        **({"tables": _json(plan.tables)} if plan.tables else {}),
        **({"pages": list(plan.pages)} if plan.pages else {}),
    }
    return with_search("SourceText", properties)


def _section(rows: Rows, document: str, section: Section) -> None:
    rows.add(
        "Section",
        _present(
            id=section.id,
            label=section.label,
            title=section.title,
            level=section.level,
            position=section.position,
            **_place(section.span),
            intro=section.intro,
        ),
    )
    parent = ("Document", document) if section.parent is None else ("Section", section.parent)
    _tree(rows, "HAS_SECTION", *parent, "Section", section.id, section.position)


def _item(rows: Rows, item: Item) -> None:
    rows.add(
        "Item",
        _present(
            id=item.id,
            number=item.number,
            label=item.label,
            heading=item.heading,
            body=item.body,
            part=item.part,
            position=item.position,
            **_place(item.span),
            due_date=item.due.date,
            due_precision=item.due.precision,
            due_basis=item.due.basis,
            ongoing=item.ongoing,
            timing=item.timing.kind,
            timing_reason=item.timing.reason,
            timing_start=item.timing.span and item.timing.span[0],
            timing_end=item.timing.span and item.timing.span[1],
            timing_quote=item.timing.quote,
            kind=item.kind,
            level=item.level,
            queryable=item.queryable,
            **search_properties("Item", {"heading": item.heading, "body": item.body}),
        ),
    )
    if item.parent is None or item.parent.endswith(OF_HEADING):
        _tree(rows, "HAS_ITEM", "Section", item.section, "Item", item.id, item.position)
    if item.parent is not None:
        _tree(rows, "HAS_PART", "Item", item.parent, "Item", item.id, item.part or item.position)
    for position, task in enumerate(item.tasks, start=1):
        rows.add("Task", _task(task))
        _tree(rows, "HAS_TASK", "Item", item.id, "Task", task.id, position)
    _deadlines(rows, "Item", item.id, item.deadlines)


def _task(task: Task) -> Properties:
    target = task.target
    return _present(
        id=task.id,
        kinds=[kind.value for kind in task.kinds],
        quote=task.quote,
        **_place(task.span),
        target_name=target and target.name,
        target_value=None if target is None else float(target.value),
        target_unit=target and target.unit,
        target_comparison=target and target.comparison,
    )


def _deadlines(rows: Rows, label: str, owner: str, deadlines: tuple[Deadline, ...]) -> None:
    for deadline in deadlines:
        rows.add(
            "Deadline",
            _present(
                id=deadline.id,
                kind=deadline.kind,
                quote=deadline.quote,
                date=deadline.date,
                precision=deadline.precision,
                conditional=deadline.conditional,
                hedge=deadline.hedge,
                recurrence=deadline.recurrence,
                duration=deadline.duration,
                duration_unit=deadline.duration_unit,
                anchor=deadline.anchor,
                task=deadline.task,
                **_place(deadline.span),
                **_inferred(deadline),
            ),
        )
        rows.link(Relationship("HAS_DEADLINE", label, owner, "Deadline", deadline.id, {}))


def _duty(rows: Rows, owner: _Owner, duty: Duty) -> None:
    bearer = "Official" if duty.role is Role.LEADER else "Unit"
    properties = _present(
        id=duty.id,
        position=duty.position,
        as_written=duty.as_written,
        open_list=duty.open_list,
        post=duty.post,
        **_evidence(duty),
        page=owner.page(duty.unit.id, duty) if bearer == "Unit" else None,
    )
    rows.link(Relationship(DUTY_TYPE[duty.role], bearer, duty.unit.id, owner.label, owner.id, properties))


def _mention(rows: Rows, owner: _Owner, mention: Mention) -> None:
    page = owner.page(mention.unit.id, mention)
    properties = _present(id=mention.id, as_written=mention.as_written, **_evidence(mention), page=page)
    rows.link(Relationship("MENTIONED_IN", "Unit", mention.unit.id, "Item", owner.id, properties))


def _citation(rows: Rows, owner: _Owner, citation: Citation) -> None:
    properties = _present(
        id=citation.id,
        as_written=citation.as_written,
        relation=citation.relation,
        task=citation.task,
        **_evidence(citation),
        page=owner.page(citation.regulation.id, citation),
    )
    rows.link(Relationship("CITES", owner.label, owner.id, "Regulation", citation.regulation.id, properties))


def _shared(rows: Rows, plan: Plan) -> None:
    """The units, officials and regulations that the relationships of the plan refer to; others are left out."""
    used: dict[str, set[str]] = {"Unit": set(), "Official": set(), "Regulation": set()}
    for relationship in rows.relationships.values():
        for label, node in zip(relationship.labels, relationship.ends, strict=True):
            if label in used:
                used[label].add(node)
    for unit in plan.units:
        if unit.id in used["Unit"]:
            properties: Properties = _present(**to_json(unit))
            properties |= {"aliases": sorted(unit.aliases), "candidates": sorted(unit.candidates)}
            rows.add("Unit", with_search("Unit", properties))
    for regulation in plan.regulations:
        if regulation.id in used["Regulation"]:
            properties = _present(**to_json(regulation))
            rows.add("Regulation", with_search("Regulation", properties))
    duties = chain(plan.duties, *(item.duties for item in plan.items))
    leaders = {duty.unit.id: duty.unit.name for duty in duties if duty.role is Role.LEADER}
    for leader, name in leaders.items():
        rows.add("Official", {"id": leader, "name": name})


def _check(rows: Rows) -> None:
    for label, nodes in rows.nodes.items():
        for key, properties in nodes.items():
            fault = misfit(NODE[label], properties)
            if fault is not None:
                raise ValueError(f"{label} {key!r}: {fault}.")
    for relationship in rows.relationships.values():
        declared = RELATIONSHIP[relationship.type]
        fault = misfit(declared, relationship.properties)
        if fault is not None:
            raise ValueError(f"{relationship.key}: {fault}.")
        if relationship.labels not in declared.ends:
            met = " → ".join(relationship.labels)
            raise ValueError(f"{relationship.key} goes {met}; expected one of {declared.ends}.")
        for label, node in zip(relationship.labels, relationship.ends, strict=True):
            if node not in rows.nodes.get(label, ()):
                raise ValueError(f"{relationship.key} refers to the {label} {node!r}, which the plan does not list.")


def _tree(rows: Rows, kind: str, from_label: str, from_id: str, to_label: str, to_id: str, position: int) -> None:
    rows.link(Relationship(kind, from_label, from_id, to_label, to_id, {"position": position}))


def _evidence(fact: Duty | Mention | Citation) -> Properties:
    start, end = fact.clause
    return {
        **_place(fact.span),
        "quote": fact.quote,
        "clause_start": start,
        "clause_end": end,
        **_inferred(fact),
    }


def _inferred(fact: Duty | Mention | Citation | Deadline) -> Properties:
    return {"inferred": fact.inferred, "rule": fact.rule, "because": flat_places(fact.because)}


def _place(span: Span | None) -> Properties:
    return {} if span is None else {"start": span[0], "end": span[1]}


def _present(**properties: Any) -> Properties:
    """The properties that have a value; enums of the model become plain strings."""
    return {k: str(v) if isinstance(v, str) else v for k, v in properties.items() if v is not None}


def _json(value: Any) -> str:
    return json.dumps(to_json(value), ensure_ascii=False, sort_keys=True)
