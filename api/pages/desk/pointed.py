"""What forms of notes and of the basket say of what they are about.

Example: the fields ``kind=item&subject=…`` are a `Subject` of the kind item.

Left to others: finding it in its plan (`api.desk.pointing`).
"""

from typing import Annotated

from fastapi import Depends, Form

from api.desk.subjects import Subject, SubjectKind
from api.schemas.desk import LONGEST_ID, SentText

PointedKey = Annotated[SentText, Form(max_length=LONGEST_ID)]
BackTo = Annotated[SentText, Form(max_length=4000)]
"""Where one came from, and is after the form."""


def _pointed(
    kind: Annotated[SubjectKind, Form()],
    subject: PointedKey = "",
    document: PointedKey = "",
    start: Annotated[int | None, Form(ge=0, le=2**40)] = None,
    end: Annotated[int | None, Form(ge=0, le=2**40)] = None,
) -> Subject:
    return Subject(kind, subject or None, document or None, start, end)


PointedSubject = Annotated[Subject, Depends(_pointed)]
