"""The shapes of answers, for documentation and tests: what ``/openapi.json`` says about each route.

Routes answer plain dicts, nested from the rows of the store (`api.answers.nesting`). Building these models for every
answer would cost more than the query, so they do not validate answers; contract tests compare the answers with them.

Left to others: single objects (`api.schemas.objects`), reports (`api.schemas.service`), a parsed plan (`graph.model`).
"""

from typing import Annotated, Any, Generic, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, JsonValue

T = TypeVar("T")

Role = Literal["lead", "responsible", "cooperating", "supervising"]
Relation = Literal["basis", "implements", "produces", "revises", "repeals", "mentions"]
Precision = Literal["day", "month", "year"]
Place = Annotated[list[int], Field(min_length=2, max_length=2, description="start and end in code points, half-open")]

_DOCUMENT = "娄底市-娄发2017-4"
_ITEM = f"{_DOCUMENT}:s2.4-20"
_SECTION_EXAMPLE: dict[str, JsonValue] = {
    "id": f"{_DOCUMENT}:s2.4",
    "label": "(四)",
    "title": "坚持严格规范公正文明执法",
}
_ITEM_EXAMPLE: dict[str, JsonValue] = {
    "id": _ITEM,
    "number": 20,
    "label": "⒛",
    "heading": "改革行政执法体制",
    "document_id": _DOCUMENT,
    "section": _SECTION_EXAMPLE,
}
_SHA256 = "b1eb4be2e8cb2374c537588b987978bf93a48665747fd75360fd10a23d5a5abb"
_DUTY_EXAMPLE: dict[str, JsonValue] = {
    "id": f"{_ITEM}|lead|市政府法制办|1",
    "role": "lead",
    "position": 2,
    "as_written": "市政府法制办",
    "open_list": False,
    "collective": False,
    "unit": {"id": "娄底市:市政府法制办", "name": "市政府法制办"},
    "item": _ITEM_EXAMPLE,
    "due": {"date": "2018-12-31", "precision": "year", "basis": "item"},
    "ongoing": False,
    "timing": {"kind": "dated", "reason": "item", "span": [12355, 12363], "quote": "2018年年底前"},
    "inferred": False,
    "rule": "label-line",
    "because": [],
    "evidence": {
        "document_id": _DOCUMENT,
        "text_sha256": _SHA256,
        "span": [12301, 12307],
        "quote": "市政府法制办",
        "clause": [12292, 12308],
        "clause_quote": "牵头单位:市编办、市政府法制办。",
    },
}


class Shape(BaseModel):
    """Base of all shapes."""

    model_config = ConfigDict(extra="forbid")


class Problem(Shape):
    """Any failure (RFC 9457)."""

    type: str = Field(examples=["urn:zeren:problem:ambiguous"])
    title: str = Field(examples=["名称对应多个对象"], description="the kind of failure, in Chinese")
    status: int = Field(examples=[409])
    detail: str = Field(description="what was met, what was expected, the way out")
    detail_zh: str = Field(description="the same for people, in Chinese", examples=["没有叫“市政府法治办”的单位。"])
    instance: str = Field(description="the path that was asked for")
    request_id: str = Field(description="the same as in X-Request-ID and in the service's log")
    errors: list["ProblemError"] | None = Field(None, description="each parameter or field at fault")
    candidates: list["Candidate"] | None = Field(None, description="what the name could mean, nearest first")


class ProblemError(Shape):
    pointer: str = Field(examples=["/query/limit"], description="JSON pointer to what is at fault")
    detail: str


class Candidate(Shape):
    id: str
    name: str | None = None
    region: str | None = None
    why: str | None = Field(None, description="why it is proposed")
    why_zh: str | None = Field(None, description="the same in Chinese")


class EvidenceShape(Shape):
    """Where a fact stands. ``quote`` and ``clause_quote`` only with ``evidence=full``; ``clause`` where one gives the
    role or relation."""

    document_id: str
    text_sha256: str
    span: Place | None = Field(description="the place of the name; null when it does not stand in the item itself")
    quote: str | None = Field(None, description="the words at span")
    clause: Place | None = Field(None, description="the place of the clause that gives the role or relation")
    clause_quote: str | None = Field(None, description="the words at clause")


class Inferred(Shape):
    inferred: bool = Field(description="true: a rule added it; false: the text states it")
    rule: str | None = Field(description="the rule that took or added it")
    because: list[Place] = Field(description="the places an inferred fact rests on")


class UnitRef(Shape):
    id: str
    name: str


class LeadRef(UnitRef):
    inferred: bool = Field(description="true: a rule made it the lead, such as 列首位的为牵头单位")
    open_list: bool = Field(description="true: the list it stands in is not closed (等部门)")
    collective: bool = Field(description="true: no single unit, such as 各有关部门")


class RegulationRef(Shape):
    id: str
    title: str


class DocumentRef(Shape):
    id: str
    title: str


class SectionRef(Shape):
    id: str
    label: str | None
    title: str


class ItemRef(Shape):
    id: str
    number: int | None = Field(description="the figure")
    label: str | None = Field(description="as printed")
    heading: str
    part: int | None = Field(None, description="only on a part of an item")
    document_id: str
    document_title: str | None = Field(None, description="the title of its plan")
    section: SectionRef | None


class Due(Shape):
    """The effective deadline (完成时限): the last day that still meets it, and the kind of clause it rests on."""

    date: str | None
    precision: Precision | None
    basis: Literal["task", "item", "parent", "document", "none"] | None


class Timing(Shape):
    """What an item says of when, with its words; null where an earlier release read the plan."""

    kind: Literal["dated", "recurring", "duration", "event", "ongoing", "unread", "none"]
    reason: str | None = Field(
        description="where it stands (item, task, parent, document, in-parts), or why it was not read (no-year, no-day, not-understood)"
    )
    span: Place | None
    quote: str | None = Field(description="the words at span")


class Duty(Inferred):
    """A duty of a unit. For a duty of the document itself ``item`` is null and ``document`` is given."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [_DUTY_EXAMPLE]})

    id: str
    role: Role
    position: int = Field(description="rank among the units of this role, 1 = first named")
    as_written: str
    open_list: bool = Field(description="the line ends in 等 or 等部门")
    collective: bool
    unit: UnitRef
    item: ItemRef | None
    due: Due
    ongoing: bool
    timing: Timing | None
    document: DocumentRef | None = None
    evidence: EvidenceShape | None


class CitingItem(Inferred):
    """An item, or the document itself (``item`` null), that cites an instrument."""

    id: str
    relation: Relation
    as_written: str
    regulation: RegulationRef
    item: ItemRef | None
    task: str | None = Field(description="id of the task it stands in")
    document: DocumentRef | None = None
    evidence: EvidenceShape | None


class DueBelow(Shape):
    first: str
    last: str


class Why(Shape):
    """A condition that the item meets, and the words that make it so."""

    condition: str = Field(examples=["lead"])
    says: str = Field(examples=["由市编办牵头"])
    evidence: EvidenceShape | None = Field(description="null where no words say it: nobody leads")


class ItemRow(Shape):
    """An item in a list."""

    id: str
    number: int | None
    label: str | None
    part: int | None = None
    heading: str
    document_id: str
    document_title: str | None = Field(None, description="the title of its plan")
    section: SectionRef | None
    due: Due
    ongoing: bool
    timing: Timing | None
    kind: Literal["task", "problem", "measure"] | None = Field(description="null: read before items had kinds")
    queryable: bool = Field(
        description="false: a mere parent; questions about bearers and dates look at what stands below it"
    )
    answered_by: list[str] = Field(description="ids of what stands below it and passes the filters")
    due_below: DueBelow | None = Field(description="of a mere parent: the first and the last date below it")
    leads: list[LeadRef] = Field(description="of a mere parent: those of what stands below it")
    evidence: EvidenceShape | None
    why: list[Why] | None = Field(None, description="with conditions: which of them it meets, by which words")


class SectionRow(Shape):
    id: str
    label: str | None
    title: str
    level: int
    position: int
    parent: str | None
    document_id: str
    items: int = Field(description="how many items stand directly in it")
    evidence: EvidenceShape | None


class DocumentCounts(Shape):
    sections: int
    items: int
    lead: int = Field(description="lead duties on items")
    responsible: int
    cooperating: int
    supervising: int = Field(description="duties to see to it that others do it (督导); they count among no others")
    citations: int = Field(description="citations by items")
    document_duties: int = Field(description="duties of the document itself")
    repairs: int
    warnings: int


class CoverageFigures(Shape):
    characters: int
    taken: int
    left_out: int = Field(description="how many stretches were left out; see …/coverage")
    not_read: int | None = Field(
        None, description="places that look like assignments or times and were not read; null where nobody counted them"
    )


class CorrectedHead(Shape):
    """A property of a document that a person gave (人工更正), beside what the text says."""

    name: Literal["title", "reference_number", "issued_on", "region"]
    given: str
    stated: str | None = Field(description="what the text says; null if nothing")
    span: Place | None
    quote: str | None


class DocumentRow(Shape):
    """A loaded plan (文件)."""

    id: str
    title: str
    reference_number: str | None = Field(description="文号")
    issuers: list[str]
    region: str
    issued_on: str | None
    kind: str
    source: str | None
    file_sha256: str | None
    encoding: str | None
    text_sha256: str
    parser_version: str
    vocabulary_version: str
    loaded_at: str
    corrections: list["CorrectedHead"] = Field(description="what a person gave against the text (人工更正)")
    counts: DocumentCounts
    coverage: CoverageFigures


class UnitCounts(Shape):
    lead: int
    responsible: int
    cooperating: int
    supervising: int
    mentioned: int


class UnitRow(Shape):
    """A unit (单位) with the number of its duties."""

    id: str
    name: str
    full_name: str | None
    region: str | None
    level: str | None
    kind: str | None
    aliases: list[str]
    collective: bool
    unresolved: bool
    candidates: list[str]
    source: str | None
    counts: UnitCounts


class RegulationCounts(Shape):
    items: int
    documents: int


class RegulationRow(Shape):
    """A cited instrument (法规与文件) with the number of its citations."""

    id: str
    title: str
    reference_number: str | None
    issuer: str | None
    kind: str | None
    unresolved: bool
    source: str | None
    counts: RegulationCounts


class Total(Shape):
    value: int
    relation: Literal["eq", "gte"]


class LeftOut(Shape):
    reason: str = Field(examples=["undated"])
    count: int
    part_of: str | None = Field(default=None, description="the reason whose count holds this one, too")
    url: str | None = Field(default=None, description="where they are listed")
    relation: Literal["eq", "gte"] = Field(default="eq", description="gte: the count is a lower bound")


class Listing(Shape, Generic[T]):
    """A page of a list."""

    items: list[T]
    total: Total
    next: str | None = Field(description="cursor of the next page")
    next_url: str | None
    data_version: str = Field(description="every row of the page comes from this version")
    as_of: str | None
    left_out: list[LeftOut] = Field(description="what the filters passed over for want of a value")


class BesideAnswer(Shape):
    """How many items have something like what was asked for."""

    says: str = Field(description="what is said of them, in Chinese")
    count: int = Field(description="in the plans that the page looked into")
    url: str = Field(description="where they are listed")


class QuestionListing(Listing[dict[str, Any]]):
    columns: list[str] = Field(description="the columns of a row, nested keys joined by dots")
    headings: dict[str, str] = Field(description="the columns that a person reads, with their headings in Chinese")
    beside: list[BesideAnswer] | None = Field(
        None, description="with a question for what is absent: what is there instead"
    )


class QuestionParameter(Shape):
    name: str
    type: str
    required: bool
    note: str = Field(description="what is expected")
    meaning: str = Field(description="what it is for, in Chinese")


class NeighbourQuestion(Shape):
    id: str = Field(examples=["items-without-named-bearer"])
    question: str


class Question(Shape):
    """A question of the library with its card: its texts, what it leaves out, how its answer may be misunderstood."""

    id: str = Field(examples=["unit-duties"])
    number: int = Field(description="its number in the list of questions")
    question: str = Field(examples=["某单位的全部职责有哪些？分牵头和责任。"])
    variants: list[str] = Field(description="other ways to ask the same")
    kind: str = Field(description="what sort of query answers it", examples=["anti-join"])
    purpose: str
    parameters: list[QuestionParameter]
    columns: list[str] = Field(description="the columns of a row, nested keys joined by dots")
    headings: dict[str, str] = Field(description="the columns that a person reads, with their headings in Chinese")
    neighbours: list[NeighbourQuestion] = Field(description="questions that ask something like it")
    left_out: str | None = Field(description="what the answer leaves out")
    pitfalls: str | None = Field(description="what can go wrong in reading it")
