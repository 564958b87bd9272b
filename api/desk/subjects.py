"""What a note or an entry of a basket is about: an item, a finding, a fact, a chain, a plan, a unit, an instrument, a place.

A `Subject` says which; `PointedAt` is what it is in the data of now: its name, what it claims, and every place it rests on
with the words there. A `Fingerprint` tells whether another version of a plan still has the same.

Example: ``Subject("item", "娄底市-娄发2017-4:s2.4-20")``; its fingerprint is of 改革行政执法体制 and of the words below it.

Left to others: looking it up (`api.desk.pointing`), finding it again in another version (`api.desk.relinking`).
"""

import hashlib
from dataclasses import dataclass
from typing import Literal, Protocol, TypeAlias

from graph.findings import Finding
from graph.findings.plan_rows import Place, PlanRows
from graph.store.contract import Row

SubjectKind: TypeAlias = Literal["item", "finding", "fact", "chain", "document", "unit", "regulation", "place"]
FINDING_SIGN = "|finding|"
TO_SIGN = "→"  # of the id of a chain between two ends: regulation:湖南省行政程序规定→unit:娄底市:市政府法制办
LONGEST_PLACE = 5000  # characters


@dataclass(frozen=True, slots=True)
class Subject:
    """``id`` of an item, a finding …; of a place instead its document with start and end in code points."""

    kind: SubjectKind
    id: str | None = None
    document: str | None = None
    start: int | None = None
    end: int | None = None


class SaysSubject(Protocol):
    """What a client sends to say a subject."""

    @property
    def kind(self) -> SubjectKind: ...
    @property
    def subject(self) -> str | None: ...
    @property
    def document(self) -> str | None: ...
    @property
    def start(self) -> int | None: ...
    @property
    def end(self) -> int | None: ...


def subject_of(given: SaysSubject) -> Subject:
    """The subject that a body names."""
    return Subject(given.kind, given.subject, given.document, given.start, given.end)


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """The SHA-256 of the name and of the words of a subject, white space aside; empty where it has none."""

    name: str
    words: str


@dataclass(frozen=True, slots=True)
class PointedAt:
    """A subject in the data of now. ``said`` is what is claimed; ``document`` is None for what is of no single plan."""

    subject: Subject
    title: str
    said: str
    document: str | None
    document_title: str
    text_sha256: str | None
    places: tuple[Place, ...]
    fingerprint: Fingerprint


def fingerprint_of(name: str, words: str) -> Fingerprint:
    """The fingerprint of a name and of words."""
    return Fingerprint(_hash(name), _hash(words))


def _hash(words: str) -> str:
    bare = "".join(words.split())
    return hashlib.sha256(bare.encode("utf-8", "surrogatepass")).hexdigest() if bare else ""


def pointed_place(document: Row, text: str, start: int, end: int) -> PointedAt:
    """The place of a text as a subject; ``document`` is a row of ``read/findings-document``."""
    quote = text[start:end]
    subject = Subject("place", None, document["id"], start, end)
    return _pointed(subject, quote, "", document, (Place("原文", start, end, quote),), fingerprint_of("", quote))


def pointed_item(plan: PlanRows, item: Row) -> PointedAt:
    """An item of a plan as a subject: its words are all that stands behind its heading."""
    text = plan.text[item["start"] : item["end"]]
    before, met, behind = text.partition(item["heading"] or "\0")
    number = item["number"] if item["number"] is not None else item["label"] or ""
    title = f"{number} {item['heading'] or ''}".strip()
    places = (plan.words("事项", item["start"], item["end"]),)
    known = fingerprint_of(item["heading"] or "", behind if met else before)
    return _pointed(Subject("item", item["id"]), title, "", plan.document, places, known)


def pointed_finding(finding: Finding) -> PointedAt:
    """A finding as a subject: its name is what it says, its words are those it rests on."""
    hit = finding.hit
    where = "" if hit.item is None else f"：{hit.item['heading'] or ''}"
    known = fingerprint_of(hit.message, "\n".join(place.quote for place in hit.places))
    subject, title = Subject("finding", finding.id), f"{finding.rule.title}{where}"
    return _pointed(subject, title, hit.message, finding.document, hit.places, known)


def _pointed(
    subject: Subject, title: str, said: str, document: Row, places: tuple[Place, ...], known: Fingerprint
) -> PointedAt:
    name = document["title"] or document["id"]
    return PointedAt(subject, title, said, document["id"], name, document["text_sha256"], places, known)
