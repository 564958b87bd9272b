"""How what a note is about is found again when its plan has changed: by its id, and by hashes of its name and words.

===========  ========================================================================================
current      the same id, the same words
moved        the same words, once, elsewhere in the plan: the note follows them
changed      the same id; either the name or the words are others
to-relink    what it was about is not there any more, or stands several times: a person must choose
plan-gone    the plan was removed
===========  ========================================================================================

Example: the note on item 20 of the sample is ``changed`` where a new version calls it otherwise, ``moved`` where it is item 21.

A finding that says the same of other words is another finding: what was checked was not that.

Left to others: keeping notes (`api.desk.notes`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from api.answers.findings import plan_findings
from api.answers.nesting import TEXTS
from api.desk.subjects import (
    FINDING_SIGN,
    Fingerprint,
    PointedAt,
    Subject,
    pointed_finding,
    pointed_item,
    pointed_place,
)
from graph.store.contract import ReadTransaction, Row, Store

Standing: TypeAlias = Literal["current", "moved", "changed", "to-relink", "plan-gone"]
STANDING_WORDS: dict[str, str] = {
    "current": "在原处",
    "moved": "随原文移位",
    "changed": "文字有改动",
    "to-relink": "待重新关联",
    "plan-gone": "文件已移除",
}
_LEAST = 4  # characters of words that are looked for elsewhere; shorter ones stand anywhere


@dataclass(frozen=True, slots=True)
class KeptSubject:
    """What was pointed at when it was kept: its plan, the words of a place, the fingerprint."""

    subject: Subject
    document: str
    quote: str
    fingerprint: Fingerprint


def find_again(store: Store, reading: ReadTransaction, kept: KeptSubject) -> tuple[Standing, PointedAt | None]:
    """How what was kept stands in the plan of now, and what it is there."""
    rows = reading.rows("read/findings-document", {"document": kept.document})
    if not rows:
        return "plan-gone", None
    subject = kept.subject
    if subject.kind == "place":
        return _place_again(rows[0], TEXTS.get(reading, rows[0]["text_sha256"]), kept)
    met = plan_findings(store, reading, kept.document)
    if subject.kind == "item":
        led = reading.rows("read/aliases", {"ids": [subject.id]})
        ids = {subject.id, *(row["target"] for row in led if not row["several"])}
        return _meant(ids, kept.fingerprint, [pointed_item(met.plan, row) for row in met.plan.items])
    rule = (subject.id or "").partition(FINDING_SIGN)[2].partition("|")[0]
    of_rule = [pointed_finding(one) for one in met.findings if one.rule.id == rule]
    return _meant({subject.id}, kept.fingerprint, of_rule, name_tells=False)


def _meant(
    ids: set[str | None], known: Fingerprint, candidates: Sequence[PointedAt], *, name_tells: bool = True
) -> tuple[Standing, PointedAt | None]:
    """The candidate that was meant. ``name_tells``: the same name alone shows that it is the same thing."""
    same = [one for one in candidates if one.fingerprint == known]
    own = next((one for one in candidates if one.subject.id in ids), None)
    if own is not None and own in same:
        return "current", own
    if len(same) == 1:
        return "moved", same[0]
    if own is not None:
        met = own.fingerprint
        if known.words and met.words == known.words:
            return "changed", own
        if name_tells and known.name and met.name == known.name:
            return "changed", own
    return "to-relink", None


def _place_again(document: Row, text: str, kept: KeptSubject) -> tuple[Standing, PointedAt | None]:
    start, end, quote = kept.subject.start, kept.subject.end, kept.quote
    assert start is not None
    assert end is not None
    if text[start:end] == quote:
        return "current", pointed_place(document, text, start, end)
    at = text.find(quote) if len(quote) >= _LEAST else -1
    if at >= 0 and text.find(quote, at + 1) < 0:
        return "moved", pointed_place(document, text, at, at + len(quote))
    return "to-relink", None
