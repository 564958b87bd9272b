"""The shape of an answer of a search: hits of every kind in one list, and how many there are of each kind."""

from typing import Annotated, Literal

from pydantic import Field

from api.schemas.base import DocumentRef, Listing, Place, Shape

HitKind = Literal["unit", "document", "regulation", "item", "text"]


NamedKind = Literal["unit", "document", "regulation"]


class NamesToMatch(Shape):
    """Names to be compared with what is loaded."""

    names: list[Annotated[str, Field(min_length=1, max_length=300)]] = Field(min_length=1, max_length=100)
    kinds: list[NamedKind] | None = Field(None, min_length=1, description="only these; else all three")


class MatchCandidate(Shape):
    kind: NamedKind
    id: str
    name: str | None
    region: str | None
    alike: int = Field(description="per cent of the name; 100: exactly")
    why: str = Field(description="the reason, in Chinese", examples=["名称有 83% 相同"])


class MatchedName(Shape):
    name: str = Field(description="as it was given")
    meets: Literal["exact", "near", "none"]
    candidates: list[MatchCandidate] = Field(description="what it meets; of near ones the most alike first")


class MatchedNames(Shape):
    """For each name in turn what it meets."""

    items: list[MatchedName]
    data_version: str


class HitPlace(Shape):
    """Where the first of the words stands in the source text."""

    document_id: str
    text_sha256: str
    span: Place
    quote: str


class SearchHit(Shape):
    kind: HitKind
    id: str = Field(description="of a source text its sha256")
    name: str = Field(description="name, title or heading; of a source text the title of its plan")
    region: str | None
    number: int | None = Field(description="of an item: the figure")
    label: str | None = Field(description="of an item: as printed")
    match: str = Field(
        description="how close: equal, other-name, begins, ends, in-name, in-other-name, apart-in-name, in-text, apart, near"
    )
    why: str | None = Field(description="in Chinese, where nothing has the words: why this is offered")
    shown: str = Field(description="the name, or the piece of the source text, in which the words stand")
    highlights: list[Place] = Field(description="where the words stand in ``shown``")
    evidence: HitPlace | None = Field(description="null: the words stand in a name")
    documents: list[DocumentRef] = Field(description="the plans in which it stands, three at most")
    more_documents: bool


class SearchListing(Listing[SearchHit]):
    words: list[str] = Field(description="the words that were looked for, in the form in which texts are compared")
    by_kind: dict[str, int] = Field(description="how many hits there are of each kind")
    at_least: list[HitKind] = Field(
        description="kinds with more hits than were looked at: their number in ``by_kind`` is a lower bound"
    )
