"""The shapes of reports and of the service itself (see `api.schemas.base`)."""

from typing import Literal

from pydantic import Field

from api.schemas.base import CorrectedHead, Shape
from api.schemas.objects import TextCoverage, WarningShape


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


class DifferenceShape(Shape):
    document: str
    change: Literal["added", "removed", "changed"]
    kind: str
    id: str
    what: str


class CheckReportShape(Shape):
    """The result of comparing stored facts with a fresh reading of each text."""

    documents: list[str]
    outdated: list[str] = Field(description="read by another parser or vocabulary version")
    differences: list[DifferenceShape]
    data_version: str


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
