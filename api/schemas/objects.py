"""The shapes of single objects: cards, texts, coverage, repairs (see `api.schemas.base`)."""

from typing import Literal

from pydantic import Field

from api.schemas.base import (
    DocumentRef,
    DocumentRow,
    Due,
    EvidenceShape,
    Inferred,
    Place,
    Precision,
    RegulationRef,
    RegulationRow,
    Relation,
    Role,
    SectionRef,
    Shape,
    Timing,
    UnitRef,
    UnitRow,
)
from api.schemas.findings import FindingRow


class CardDuty(Inferred):
    id: str
    role: Role
    position: int
    as_written: str
    open_list: bool
    collective: bool
    unit: UnitRef
    evidence: EvidenceShape | None


class OfficialRef(Shape):
    id: str
    name: str | None
    post: str | None


class CardLeader(Inferred):
    id: str
    position: int
    as_written: str
    official: OfficialRef
    evidence: EvidenceShape | None


class CardDeadline(Inferred):
    """A time clause: one of the item, a task or the document."""

    id: str
    kind: Literal["default", "explicit", "parent", "document", "recurring", "duration", "ongoing", "event", "unread"]
    date: str | None
    precision: Precision | None
    conditional: bool
    hedge: str | None
    recurrence: str | None
    duration: int | None
    duration_unit: str | None
    anchor: str | None
    task: str | None
    evidence: EvidenceShape | None


class CardCitation(Inferred):
    id: str
    relation: Relation
    as_written: str
    regulation: RegulationRef
    task: str | None
    evidence: EvidenceShape | None


class CardMention(Inferred):
    """A unit of which the body demands something and which the unit lines do not name."""

    id: str
    as_written: str
    unit: UnitRef
    evidence: EvidenceShape | None


class Target(Shape):
    name: str | None
    value: float | None
    unit: str | None
    comparison: str | None


class Weighed(Shape):
    """A time clause that was weighed for the date, and the result."""

    id: str
    kind: Literal["default", "explicit", "parent", "document", "recurring", "duration", "ongoing", "event", "unread"]
    date: str | None
    precision: Precision | None
    conditional: bool
    hedge: str | None
    task: str | None
    outcome: Literal["holds", "earlier", "of a task", "of others", "set aside", "no date"]
    why: str = Field(description="in Chinese")
    evidence: EvidenceShape | None


class DueReason(Shape):
    """Why the date holds: the rule that decided, and every clause that was weighed."""

    basis: Literal["task", "item", "parent", "document", "none"]
    rule: str = Field(description="in Chinese")
    weighed: list[Weighed]


class CardTask(Shape):
    id: str
    kinds: list[str]
    target: Target | None
    due: Due = Field(description="its own date, else what holds for its item")
    due_reason: DueReason
    evidence: EvidenceShape | None


class ItemAbove(Shape):
    id: str
    number: int | None
    label: str | None
    heading: str


class ItemCardBase(Shape):
    id: str
    number: int | None
    label: str | None
    part: int | None = None
    parent: str | None = Field(None, description="the item above, of what stands below one")
    kind: Literal["task", "problem", "measure"] | None = Field(description="null: read before items had kinds")
    level: int | None = Field(description="1 = the top; what stands below an item has the next level")
    queryable: bool = Field(
        description="whether questions about bearers and dates look at it: it has an assignment of its own or nothing below it"
    )
    heading: str
    body: str
    section: SectionRef | None
    document: DocumentRef
    due: Due
    due_reason: DueReason
    ongoing: bool
    timing: Timing | None
    leads: list[CardDuty]
    responsible: list[CardDuty]
    cooperating: list[CardDuty]
    supervising: list[CardDuty] = Field(description="who sees to it that others do it (督导), and bears nothing")
    leaders: list[CardLeader]
    deadlines: list[CardDeadline]
    citations: list[CardCitation]
    tasks: list[CardTask]
    mentions: list[CardMention]
    parts: list["ItemPart"] = Field(description="what stands below it, the items of a heading included")
    by_parents: list["ByParent"] = Field(
        description="who bears the items above it, the nearest first; it does not bear them itself"
    )
    findings: list[FindingRow] = Field(description="gaps and conflicts that the rules see in it (疑点)")
    evidence: EvidenceShape | None


class ByParent(Shape):
    """Who bears an item above, and until when."""

    item: ItemAbove
    leads: list[CardDuty]
    responsible: list[CardDuty]
    cooperating: list[CardDuty]
    supervising: list[CardDuty]
    due: Due


class ItemPart(ItemCardBase):
    """A part of an item with an assignment of its own."""


class SaidPart(Shape):
    """A part of a sentence; a name of a unit has the id of it."""

    text: str
    unit: str | None = None


class ItemCard(ItemCardBase):
    """An item with everything that is stated about it."""

    said: list[SaidPart] = Field(description="who and until when as one Chinese sentence, in parts")
    previous: ItemAbove | None = Field(description="the item before it in the plan")
    next: ItemAbove | None = Field(description="the item after it in the plan")
    data_version: str


class FindingCounts(Shape):
    """The number of findings on a plan, by severity; see …/findings."""

    high: int
    medium: int
    low: int


class DocumentCard(DocumentRow):
    """A loaded plan with the facts of the document itself."""

    duties: list[CardDuty]
    deadlines: list[CardDeadline]
    citations: list[CardCitation]
    findings: FindingCounts
    data_version: str


class UnitCard(UnitRow):
    data_version: str


class RegulationCard(RegulationRow):
    data_version: str


class TextMark(Shape):
    id: str
    kind: Literal["section", "item", "duty", "mention", "citation", "deadline", "task", "not-read"]
    word: str | None = Field(description="role, relation, kind of deadline or code of the warning")
    owner: str = Field(description="id of the item, or of the document, it belongs to")
    target: str = Field(description="id of the unit, instrument … it names")
    name: str | None
    span: Place


class TextPiece(Shape):
    span: Place
    text: str
    marks: list[int] = Field(description="positions in marks[] of what covers this piece")
    begins: list[int] = Field(description="positions of the sections and items that begin here")


class PlaceOfText(Shape):
    """The words at one place of a source text, to compare a quote with."""

    document_id: str
    title: str | None
    text_sha256: str
    characters: int = Field(description="of the whole text, in code points")
    span: Place
    quote: str
    before: str
    behind: str
    data_version: str


class TextPieces(Shape):
    """The text, cut at every border of a mark; the joined pieces are the text."""

    document_id: str
    title: str
    text_sha256: str
    characters: int
    marks: list[TextMark]
    pieces: list[TextPiece]
    data_version: str


class Stretch(Shape):
    reason: str
    reason_zh: str | None = Field(None, description="the reason in Chinese, in the coverage of a stored plan")
    span: Place


class SignsDismissed(Shape):
    reason: str = Field(examples=["told-in-prose"])
    count: int


class SignCounts(Shape):
    """How many places look like assignments or times; ``found`` is the sum of the others."""

    found: int
    taken: int = Field(description="a fact holds it")
    told: int = Field(description="a warning names it: it was not read")
    dismissed: list[SignsDismissed] = Field(description="it assigns nothing")


class TextCoverage(Shape):
    """How many characters of a text were taken, and what became of the places that look like assignments or times."""

    characters: int
    taken: int
    left_out: list[Stretch]
    signs: SignCounts | None = Field(None, description="null where an earlier version read the text")


class Coverage(TextCoverage):
    document_id: str
    text_sha256: str
    data_version: str


class RepairShape(Shape):
    rule: str
    rule_zh: str = Field(description="what the rule does, in Chinese")
    original: str
    repaired: str
    span: Place


class WarningShape(Shape):
    code: str
    message: str
    span: Place | None
    place: str | None = Field(None, description="where a part that was left out stands in the file")
    words: str | None = Field(None, description="the words of a part that was left out, where it has any")


class Repairs(Shape):
    document_id: str
    text_sha256: str
    repairs: list[RepairShape]
    warnings: list[WarningShape]
    data_version: str
