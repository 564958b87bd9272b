"""The shapes of items by conditions: their list, their groups, and the conditions themselves."""

from typing import Literal

from pydantic import Field

from api.schemas.base import ItemRow, Listing, Shape


class QuerySaid(Shape):
    """A query of conditions, said back."""

    says: str = Field(examples=["由市编办牵头，且2018-12-31以前到期"])
    parts: list[str] = Field([], description="the same, condition by condition", examples=[["由市编办牵头"]])
    where: str = Field(
        examples=["lead(娄底市:市编办) and due-by(2018-12-31)"], description="the parameter where, with ids"
    )


class ItemListing(Listing[ItemRow]):
    query: QuerySaid | None = Field(None, description="with conditions: how they were read")


class TimelineRow(ItemRow):
    """An item of a unit's timeline."""

    light: Literal["red", "yellow", "green"] | None = Field(description="on the day as_of; null: it has no date")
    days_left: int | None = Field(description="from the day as_of to the date; negative: so many days past it")


class Timeline(Listing[TimelineRow]):
    query: QuerySaid = Field(description="how the request was read")


GroupedBy = Literal[
    "lead",
    "responsible",
    "cooperating",
    "supervising",
    "bearer",
    "regulation",
    "document",
    "section",
    "year",
    "month",
    "date",
]


class GroupRow(Shape):
    """So many items that meet a query are of one unit, plan, section or time."""

    id: str | None = Field(description="null: items that are of none")
    name: str | None
    items: int


class GroupListing(Listing[GroupRow]):
    query: QuerySaid


class ChoiceShape(Shape):
    value: str = Field(examples=["open"])
    word: str = Field(examples=["未尽（以“等”结尾）"])


class TakenShape(Shape):
    name: str = Field(examples=["unit"])
    kind: Literal["unit", "regulation", "section", "day", "count", "words", "choice"]
    required: bool
    choices: list[ChoiceShape]


class ConditionShape(Shape):
    """A condition: what it says of an item, and what it takes. As a parameter of ``/v1/items`` its name has ``_`` for ``-``."""

    id: str = Field(examples=["lead"])
    group: str = Field(examples=["单位"])
    says: str = Field(examples=["由{unit}牵头"])
    denies: str = Field(examples=["不由{unit}牵头"])
    takes: list[TakenShape]
