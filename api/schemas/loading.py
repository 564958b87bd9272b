"""The shapes of kept readings and of jobs (see `api.schemas.base`)."""

from typing import Literal

from pydantic import Field

from api.schemas.base import Place, Shape
from api.schemas.objects import TextCoverage, WarningShape
from api.schemas.service import LoadCardShape, LoadReportShape

ReadingState = Literal["waiting", "reading", "read", "storing", "stored", "failed", "cancelled"]


class Obstacle(Shape):
    """Why a file cannot be read or stored as it is."""

    code: str = Field(description="the last word of the problem's type: document-conflict, empty-plan …")
    detail: str = Field(description="what was met, what was expected, the way out")
    detail_zh: str
    candidates: list[str] = Field(description="the ids of what is in the way")


class HeadOptions(Shape):
    """What was told of the head of a plan, above what its text says."""

    issued_on: str | None
    region: str | None
    document_id: str | None
    title: str | None
    reference_number: str | None


class HeadCorrection(Shape):
    """What to tell of the head of a plan from now on: what is left out stays, null takes back what was told."""

    title: str | None = Field(None, max_length=300)
    reference_number: str | None = Field(None, max_length=300, description="文号")
    issued_on: str | None = Field(None, max_length=40, description="year or day of issue")
    region: str | None = Field(None, max_length=300)
    document_id: str | None = Field(None, min_length=1, max_length=300, description="an id of its own")
    encoding: str | None = Field(None, max_length=20, description="read the bytes so: gb18030, big5 …")


class DoubtfulName(Shape):
    """A name that could not be decided."""

    name: str
    candidates: list[str] = Field(description="the ids of the units that it could mean")
    duties: int
    span: Place | None = Field(description="where it stands first")
    quote: str | None


class StoredComparison(Shape):
    """A reading beside what is stored now; what changes stands on the card."""

    data_version: str
    stored: str | None = Field(description="the id of the stored plan that it is a version of")
    replaces: list[str] = Field(
        description="other stored documents that give way to it (of a conflict, with replace=true)"
    )
    unchanged: bool = Field(description="storing it would write nothing")
    obstacle: Obstacle | None = Field(description="what keeps it from being stored; null if nothing does")


class ReadingSummary(Shape):
    id: str
    state: ReadingState
    name: str | None = Field(description="of its file")
    bytes: int
    who: str = Field(description="the name on the key by which it came")
    job: str | None = Field(description="the job that it is a file of")
    created_at: str
    expires_at: str = Field(description="until when it is kept, unless it is stored or discarded before")
    title: str | None
    problem: Obstacle | None = Field(description="why it was not read or not stored")


class KeptReadings(Shape):
    """What was read and is kept, the newest first."""

    items: list[ReadingSummary]
    most: int = Field(description="how many are kept at once")
    hours: float = Field(description="how long each is kept")


class StagedReading(ReadingSummary):
    """A file that was read and is kept for inspection. Nothing of it is in the graph before it is stored."""

    encoding: str | None
    options: HeadOptions
    document_id: str | None = Field(description="the id that the plan would have")
    card: LoadCardShape | None
    warnings: list[WarningShape]
    coverage: TextCoverage | None
    doubtful_names: list[DoubtfulName]
    comparison: StoredComparison | None = Field(description="null unless it is read and not stored")
    report: LoadReportShape | None = Field(description="what was written when it was stored")


class JobCounts(Shape):
    """The files of a job by what became of them."""

    total: int
    done: int
    read: int = Field(description="read and kept, not stored")
    stored: int
    failed: int = Field(description="could not be read")
    cancelled: int
    refused: int = Field(
        description="of those read: could not be stored as they are; each says why, and waits for a decision"
    )


class JobStep(Shape):
    """The file that a job works on."""

    id: str = Field(description="of its reading")
    name: str | None
    step: Literal["reading", "storing"]
    place: int = Field(description="the number of the file in the job, from 1")


class JobSummary(Shape):
    """A load of several files."""

    id: str
    kind: Literal["load", "stage"] = Field(description="stage: the files are read and kept for inspection, not stored")
    state: Literal["waiting", "running", "cancelling", "cancelled", "done"]
    who: str
    created_at: str
    expires_at: str = Field(description="until when its card is kept")
    ended_at: str | None
    cancelled_at: str | None
    taken_up: int = Field(
        description="how often the service ended and the next one went on with it; what was stored just before counts as unchanged"
    )
    files: JobCounts
    current: JobStep | None
    waits_for: Obstacle | None = Field(description="why it does not go on at the moment; it tries again by itself")


class JobFile(ReadingSummary):
    """One file of a job, with its card; GET /v1/readings/{id} has more of it."""

    document_id: str | None
    card: LoadCardShape | None = Field(description="of what was stored, else of what was read")
    unchanged: bool | None = Field(description="storing it wrote nothing; null unless it is stored")
    data_version: str | None = Field(description="with which it was stored")


class JobCard(JobSummary):
    items: list[JobFile]


class KeptJobs(Shape):
    """The jobs, the newest first."""

    items: list[JobSummary]
    most: int = Field(description="how many may wait at once")
