"""The shapes of findings (see `api.schemas.base`)."""

from typing import Literal

from pydantic import Field

from api.schemas.base import DocumentRef, EvidenceShape, Inferred, ItemRef, Listing, Place, Shape, UnitRef

Severity = Literal["high", "medium", "low"]
Maturity = Literal["stable", "trial"]


class FindingPlace(Shape):
    what: str = Field(description="what stands there, in Chinese", examples=["牵头单位栏"])
    span: Place
    quote: str | None = Field(None, description="the words at span; only with evidence=full")


class FindingItem(Shape):
    id: str
    number: int | None
    heading: str


class FindingRow(Inferred):
    """A gap or conflict (疑点) that a rule finds in a plan. ``item`` is null if it concerns the whole document."""

    id: str
    rule: str = Field(examples=["several-leads"])
    severity: Severity
    maturity: Maturity = Field(description="stable: reads what the text states; trial: also judges, look yourself")
    title: str = Field(description="the rule in Chinese")
    message: str = Field(description="what was met here, in Chinese")
    explanation: str = Field(description="when the rule fires and why it matters, in Chinese")
    count: int = Field(description="how many things are meant: leads, places, missing items …")
    unit: UnitRef | None
    item: ItemRef | None
    items: list[FindingItem] = Field(description="the items concerned, of a finding on the whole document")
    document: DocumentRef
    places: list[FindingPlace] = Field(description="every place it rests on, the telling one first")
    evidence: EvidenceShape | None


class FindingRule(Shape):
    id: str
    title: str
    severity: Severity
    maturity: Maturity
    explanation: str
    count: int = Field(description="findings of this rule that fit the filters, in the documents looked into")


class FindingListing(Listing[FindingRow]):
    rules: list[FindingRule] = Field(description="every rule that was run, with its count; 0 says nothing was found")
