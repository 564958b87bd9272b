"""The shape of an answer to a question in Chinese: that of a library question, and how the text was read."""

from typing import Literal

from pydantic import Field

from api.schemas.base import QuestionListing, Shape
from api.schemas.items import QuerySaid


class ReadPart(Shape):
    """What the text was read to name: 截至 2018-12-31."""

    name: str = Field(description="the parameter")
    label: str
    value: str


class ReadAs(Shape):
    question: str = Field(examples=["unit-duties"])
    parameters: dict[str, str] = Field(examples=[{"unit": "娄底市:市政府法制办", "role": "lead"}])


class Alternative(ReadAs):
    said: str = Field(description="the question in Chinese with what it is about")
    url: str = Field(description="where it is answered")


class Unread(Shape):
    words: str = Field(description="the words at fault as they were typed; empty when it is the text as a whole")
    why: str


class AskedQuery(QuerySaid):
    """A question as a query of conditions: where it looked, what it wants of the items, where it is answered."""

    shows: Literal["items", "count", "who", "when", "regulations"]
    by: str | None = Field(description="what the items are counted by; null: the items themselves")
    document: str | None = Field(description="the plan to which it is confined")
    region: str | None = Field(description="the place to which it is confined")
    url: str = Field(description="where it is answered")
    elsewhere: list[str] = Field(
        description="places where a unit of that name has no such item; the answer is of the one place where it has"
    )


class InsteadShape(Shape):
    """A text that is understood, where the one that was asked is not; it is offered and not answered."""

    q: str
    said: str = Field(description="what it changes, in Chinese", examples=["不考虑“花钱超过一百万元”"])
    url: str = Field(description="where it is answered")


class AskListing(QuestionListing):
    read_parts: list[ReadPart] = Field(description="the parameters of read_as in Chinese, in their order")
    read_as: ReadAs | None = Field(description="the question of the library; null: none, see query and unread")
    query: AskedQuery | None = Field(None, description="the query of conditions; null: the text asks for none")
    alternatives: list[Alternative] = Field(description="what else it may mean, or what could be asked instead")
    instead: list[InsteadShape] = Field([], description="texts to ask instead of one that was not understood")
    said: str = Field(description="how it was read, or why it was not, in Chinese")
    unread: list[Unread] = Field(description="what stands in the way; empty when the question was answered")
