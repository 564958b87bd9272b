"""Judgements on units as the service and the command take them: names or ids in, the recorded judgement out.

Order of steps: both names become ids (`api.answers.references`), then the judgement is recorded with the time.

Example: ``{"unit": "县城管局", "other": "县执法局", "judgement": "same", "by": "王五", "why": "2019年更名"}``.

Left to others: storing a judgement and applying it in a load (`loaders.storing.judgements`).
"""

from dataclasses import asdict
from datetime import UTC, datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from api.answers.references import Narrow, resolve
from graph.judgements import Judgement, read_judgements
from graph.store.contract import Store
from loaders.storing.judgements import store_judgement

Reference = Annotated[str, Field(min_length=1, max_length=200)]
Sentence = Annotated[str, Field(min_length=1, max_length=2000)]


class Judged(BaseModel):
    """A judgement to record; the units by name or id."""

    model_config = ConfigDict(extra="forbid")

    unit: Reference = Field(description="the unit that gives way when they are the same")
    other: Reference = Field(description="the unit that stays")
    judgement: Literal["same", "different", "unsure"]
    by: Sentence = Field(description="who judges")
    why: Sentence = Field(description="in the judge's words")


class JudgementRow(BaseModel):
    """A recorded judgement; the units by id."""

    unit: str
    other: str
    judgement: str
    by: str
    at: str
    why: str


class Judgements(BaseModel):
    """All judgements, oldest first; of several on the same two units the last one holds."""

    items: list[JudgementRow]


def record_judgement(store: Store, given: Judged, narrow: Narrow) -> dict[str, Any]:
    """Record a judgement on two units now and return it as recorded."""
    unit, other = store.read(
        lambda reading: tuple(
            resolve(reading, "unit", name, narrow, follow=False).id for name in (given.unit, given.other)
        )
    )
    at = datetime.now(UTC).isoformat(timespec="microseconds")
    made = Judgement(unit, other, given.judgement, given.by, at, given.why)
    store_judgement(store, made)
    return asdict(made)


def list_judgements(store: Store) -> dict[str, Any]:
    """All judgements."""
    return {"items": [asdict(each) for each in store.read(read_judgements)]}
