"""The shapes of reports and of the service itself (see `api.schemas.base`)."""

from typing import Literal

from pydantic import Field

from api.schemas.base import CorrectedHead, Shape
from api.schemas.objects import TextCoverage, WarningShape


class WarningKindShape(Shape):
    """The warnings of one kind."""

    code: str
    count: int
    words: list[str] = Field(description="the first words of the first of them")


class OmittedKindShape(Shape):
    """What the file holds and its text does not, of one kind: hidden rows, footnotes, pictures …"""

    kind: str
    what: str = Field(description="in Chinese")
    count: int
    places: list[str] = Field(description="where the first of them stand, with their words")


class HeadChangeShape(Shape):
    name: Literal["title", "reference_number", "issued_on", "region"]
    before: str | None
    now: str | None


class ItemChangeShape(Shape):
    id: str
    number: int | None
    heading: str
    differs: list[str] = Field(description="of what changed: the properties that say something else")
    due_before: str | None = Field(None, description="where due_date differs: the date that is stored")
    due_now: str | None = Field(None, description="where due_date differs: the date that was read")


class DutyChangeShape(Shape):
    item: str | None = Field(description="null for a duty of the whole document")
    number: int | None
    role: Literal["lead", "responsible", "cooperating", "supervising", "leader"]
    unit: str
    as_written: str
    differs: list[str]


class ChangeCounts(Shape):
    gained: int
    lost: int
    changed: int


class PlanChangeCounts(Shape):
    items: ChangeCounts
    duties: ChangeCounts


class ItemChanges(Shape):
    """At most 100 of each."""

    gained: list[ItemChangeShape]
    lost: list[ItemChangeShape]
    changed: list[ItemChangeShape]


class DutyChanges(Shape):
    """At most 100 of each."""

    gained: list[DutyChangeShape]
    lost: list[DutyChangeShape]
    changed: list[DutyChangeShape]


class PlanChangesShape(Shape):
    """How a plan differs from the stored one that it replaces."""

    counts: PlanChangeCounts
    head: list[HeadChangeShape] = Field(description="what the head of the plan says otherwise now")
    items: ItemChanges
    duties: DutyChanges


class LoadCardShape(Shape):
    """What was read of a plan, on one card."""

    title: str
    reference_number: str | None
    issuers: list[str]
    region: str
    issued_on: str | None
    corrections: list[CorrectedHead]
    sections: int
    items: int = Field(description="those that questions look at")
    duties: dict[str, int] = Field(description="by role")
    times: dict[str, int] = Field(description="items by what they say of when: dated, recurring … none")
    units: int
    citations: int
    not_read: int = Field(description="places that look like assignments or times and were not read")
    warnings: list[WarningKindShape]
    omissions: list[OmittedKindShape]
    changes: PlanChangesShape | None = Field(description="null where it replaces nothing")


class LoadReportShape(Shape):
    """What a load wrote, as counts by label and relationship type; with ``dry_run``, what it would write."""

    document_id: str
    data_version: str
    created: dict[str, int]
    changed: dict[str, int]
    removed: dict[str, int]
    moved: dict[str, int] = Field(description="says the same in another place")
    unchanged: bool
    dry_run: bool
    replaced: list[str]
    warnings: list[WarningShape] = Field(description="what was doubtful in the text, or not read; none of a removal")
    coverage: TextCoverage | None = Field(description="how much of the text was read; null of a removal")
    card: LoadCardShape | None = Field(description="what was read, and how it differs; null of a removal")
    notes_kept: int = Field(0, description="of a removal: notes on the plan, which stay (state plan-gone)")


class DifferenceShape(Shape):
    document: str
    change: Literal["added", "removed", "changed"]
    kind: str
    id: str
    what: str
    code: str = Field(description="of which kind it is: added-node, changed-place, text-changed …")
    message: str = Field(description="the kind as a sentence in Chinese")
    near: list[str] = Field(description="ids of what it hangs on, the two ends of a relationship")


class CheckReportShape(Shape):
    """The result of comparing stored facts with a fresh reading of each text."""

    documents: list[str]
    outdated: list[str] = Field(description="read by another parser or vocabulary version")
    differences: list[DifferenceShape]
    data_version: str
    foreign: list[DifferenceShape] = Field(
        description="labels, relationship types and properties of others: no difference, in no answer, never changed"
    )
    whole: bool = Field(description="the whole store was walked, and nothing was loaded meanwhile")


class MendingShape(Shape):
    """What a repair does with one thing."""

    action: Literal["remove", "write", "store-again", "leave"]
    kind: str
    id: str
    document: str
    code: str
    why: str = Field(description="in Chinese; of what is left the way out")


class RepairReportShape(Shape):
    """What a repair did; with ``dry_run`` what it would do."""

    data_version: str
    dry_run: bool
    done: list[MendingShape]
    left: list[MendingShape] = Field(description="what cannot be mended from the stored texts")
    remaining: int = Field(description="differences that a check finds afterwards; with dry_run, now")


class Catalog(Shape):
    """Versions, counts and the age of the data."""

    version: str
    parser_version: str
    url: str = Field(description="the store")
    engine: str
    engine_version: str
    schema_version: int
    data_version: str
    vocabulary_version: str | None
    loaded_at: str | None = Field(description="when something was last loaded")
    counts: dict[str, int]
    questions: list[str]
    documents: list[str] = Field(description="the ids of what is loaded, the first hundred")
    not_read: dict[str, int] = Field(
        description="documents -> how many places look like assignments or times and were not read; those with the most"
    )
    corrected: dict[str, list[CorrectedHead]] = Field(description="documents -> what a person corrected in their heads")


class Health(Shape):
    status: Literal["ok"]


class PlanText(Shape):
    """A plan as JSON."""

    text: str
    name: str | None = Field(None, description="name of the file it comes from")


class AuditLine(Shape):
    """A line of the audit log. ``prev`` is the SHA-256 of the line before it."""

    n: int
    at: str
    event: str
    prev: str
    who: str | None = None
    key: str | None = Field(None, description="the id of the key, as zeren keys list shows it")
    role: str | None = None
    by: str | None = Field(
        None, description="key, session, file, token, local: by what the person is known; job: a job of hers"
    )
    job: str | None = Field(None, description="the job by which it was done")
    address: str | None = None
    method: str | None = None
    route: str | None = None
    what: str | None = Field(None, description="the id or name of what it was about")
    status: int | None = None
    rows: int | None = None
    data_version: str | None = None
    request: str | None = Field(None, description="the X-Request-ID of its answer")
    times: int | None = Field(
        None, description="how many looks this line is, of a page that follows a job; at is the time of the last one"
    )


class AuditPage(Shape):
    """Lines of the audit log, the newest first."""

    items: list[AuditLine]
    next: int | None = Field(description="the value of before for the lines that follow; null at the end")


class RestoreReportShape(Shape):
    """What a restore did. ``faults`` say what is not as the backup has it."""

    documents: int
    judgements: int
    counts: dict[str, int] = Field(description="of the store, by label and relationship type")
    notes: int = Field(0, description="notes that were not there")
    entries: int = Field(0, description="entries of baskets that were not there")
    data_version: str
    read_anew: list[str] = Field(description="documents that another version wrote, whose facts differ now")
    faults: list[str]


class RuleForm(Shape):
    form: str
    takes: str = Field(description="in Chinese")


class RuleShape(Shape):
    """A rule by the name that facts carry, with its forms."""

    name: str
    kind: str
    said: str = Field(description="in a few Chinese words")
    forms: list[RuleForm]


class Rules(Shape):
    items: list[RuleShape]
