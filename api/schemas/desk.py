"""The shapes of notes and baskets (see `api.schemas.base`), and what a client sends of them."""

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from api.schemas.base import DocumentRef, Place, Shape

LONGEST_ID = 1000
LONGEST_WHY = 2000


def _speakable(words: str) -> str:
    try:
        words.encode("utf-8")
    except UnicodeEncodeError:
        raise ValueError("has half of a surrogate pair; expected text") from None
    if "\0" in words:
        raise ValueError("holds a NUL character; expected text")
    return words


SentText = Annotated[str, AfterValidator(_speakable), Field(json_schema_extra={"pattern": "^[^\\u0000]*$"})]
SubjectId = Annotated[SentText, Field(min_length=1, max_length=LONGEST_ID)]
Why = Annotated[SentText, Field(max_length=LONGEST_WHY, description="in the words of who notes")]
NoteKind = Literal["item", "finding", "place"]
NoteVerdict = Annotated[
    Literal["checked", "true", "false"] | None,
    Field(description="of a finding: checked 已核对 · true 属实 · false 不属实; null says nothing of that"),
]
NoteState = Literal["current", "moved", "changed", "to-relink", "plan-gone"]
_STATES = (
    "current: as it was · moved: the same words elsewhere in the plan · changed: the same thing, its name or words are others · "
    "to-relink (待重新关联): not there any more, or several times · plan-gone: the plan was removed"
)


class Sent(BaseModel):
    """Base of what is sent."""

    model_config = ConfigDict(extra="forbid")


class NoteTarget(Sent):
    """What a note is about: an item or finding by its id, or a place by document, start and end."""

    kind: NoteKind
    subject: SubjectId | None = Field(None, description="the id of the item or finding")
    document: SubjectId | None = Field(None, description="of a place: the plan")
    start: int | None = Field(None, ge=0, le=2**40, description="of a place: code points")
    end: int | None = Field(None, ge=0, le=2**40)


class NewNote(NoteTarget):
    """A note to make."""

    verdict: NoteVerdict = None
    why: Why = ""


class NewFindingNotes(Sent):
    """The same note on several findings; all are made, or none."""

    findings: list[SubjectId] = Field(min_length=1, max_length=200)
    verdict: NoteVerdict = "checked"
    why: Why = ""


class ChangedNote(Sent):
    """What a note says from now on."""

    verdict: NoteVerdict = None
    why: Why = ""


class NoteNow(Shape):
    """What a note is about in the plan of now."""

    subject: str | None
    span: Place | None
    title: str
    quote: str


class NoteRow(Shape):
    """A note (批注). ``title`` and ``quote`` say what it was about when it was made, ``now`` what that is today."""

    id: str
    kind: NoteKind
    subject: str | None
    document: DocumentRef
    span: Place | None
    title: str
    quote: str
    verdict: NoteVerdict
    verdict_zh: str | None
    why: str
    by: str
    at: str
    changed_at: str | None
    changed_by: str | None
    state: NoteState = Field(description=_STATES)
    state_zh: str
    now: NoteNow | None = Field(description="null where it must be linked again, or the plan is gone")


class NoteTotal(Shape):
    value: int
    relation: Literal["eq", "gte"]


class NotePage(Shape):
    """Notes, the newest first."""

    items: list[NoteRow]
    total: NoteTotal
    next: int | None = Field(description="the value of before for the notes that follow; null at the end")
    data_version: str


class NotesMade(Shape):
    items: list[NoteRow]


EntryKind = Literal["item", "finding", "fact", "chain", "document", "unit", "regulation", "place"]
EntryNote = Annotated[SentText, Field(max_length=LONGEST_WHY, description="printed with the entry")]
EntryMark = Annotated[SentText, Field(max_length=40, description="索引号; empty: made of the prefix and the place")]
FieldText = Annotated[SentText, Field(max_length=200)]


class NewEntry(Sent):
    """What to put aside: by its id, or a place by document, start and end."""

    kind: EntryKind = Field(
        description="chain: that of the item with this id, or from one thing to another (regulation:…→unit:…)"
    )
    subject: SubjectId | None = Field(None, description="the id of the item, finding, fact, plan, unit or instrument")
    document: SubjectId | None = Field(None, description="of a place: the plan")
    start: int | None = Field(None, ge=0, le=2**40, description="of a place: code points")
    end: int | None = Field(None, ge=0, le=2**40)


class ChangedEntry(Sent):
    """What changes of an entry; what is missing stays."""

    note: EntryNote | None = None
    mark: EntryMark | None = None
    position: int | None = Field(None, ge=1, le=10_000, description="its place in the basket, from 1")


class PaperFieldsShape(Sent):
    """The fields of the working paper."""

    project: FieldText = Field("", description="项目名称")
    prepared_by: FieldText = Field("", description="编制人")
    reviewed_by: FieldText = Field("", description="复核人")
    date: FieldText = Field("", description="日期")
    prefix: Annotated[SentText, Field(max_length=20)] = Field("SJ", description="索引号前缀: SJ makes SJ-01, SJ-02 …")


class EntryPlace(Shape):
    what: str
    span: Place
    quote: str = Field(description="the words at span when it was put aside")


class EntryRow(Shape):
    """An entry of a basket."""

    id: str
    position: int
    index: str = Field(description="索引号 as it is printed", examples=["SJ-01"])
    mark: str = Field(description="the index number that was given; empty if none was")
    note: str
    kind: EntryKind
    kind_zh: str
    subject: str | None
    title: str
    said: str
    document: DocumentRef | None = Field(description="null for what is of no single plan")
    text_sha256: str | None
    places: list[EntryPlace]
    places_left_out: int = Field(description="how many places it has beyond those listed")
    added_at: str
    state: Literal["current", "changed", "plan-gone"] = Field(
        description="whether its words still stand there: current, changed (原文已变), plan-gone (文件已移除)"
    )
    state_zh: str


class BasketAnswer(Shape):
    """The basket of the one who asks, in its order."""

    fields: PaperFieldsShape
    items: list[EntryRow]
    total: NoteTotal
    most: int = Field(description="how many entries a basket may have")
