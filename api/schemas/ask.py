"""The shape of an answer to a question in Chinese: that of a library question, and how the text was read."""

from pydantic import Field

from api.schemas.base import QuestionListing, Shape


class ReadAs(Shape):
    question: str = Field(examples=["unit-duties"])
    parameters: dict[str, str] = Field(examples=[{"unit": "娄底市:市政府法制办", "role": "lead"}])


class Alternative(ReadAs):
    said: str = Field(description="the question in Chinese with what it is about")
    url: str = Field(description="where it is answered")


class Unread(Shape):
    words: str = Field(description="the words at fault as they were typed; empty when it is the text as a whole")
    why: str


class AskListing(QuestionListing):
    read_as: ReadAs | None = Field(description="the question of the library; null: the text was not understood")
    alternatives: list[Alternative] = Field(description="what else it may mean, or what could be asked instead")
    said: str = Field(description="how it was read, or why it was not, in Chinese")
    unread: list[Unread] = Field(description="what stands in the way; empty when the question was answered")
