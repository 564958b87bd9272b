"""The check: each stored text is read again, and every stated fact that differs from the graph is named.

Order of steps for each document: take its text and its parser options from the store; compare the text with its own
sha256; parse it again; compare the rows that would be loaded with the stored rows, in both directions. Units and
regulations are shared, so they are compared with what all checked documents say together. Nothing is parsed while the
store is locked; if the data version changes meanwhile, the document is checked again.

Example: someone moves a ``LEADS`` of item 20 to another unit in Neo4j Browser; the check names this relationship twice:
once as a fact that the text does not state, and once as a fact that the graph lacks.

Left to others: repairing (load the file again: only the differences are written).
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from graph.errors import NotFound
from graph.store.contract import ReadTransaction, Store
from loaders.plan import PARSER_VERSION, VOCABULARY_VERSION, read_plan
from loaders.storing.differences import NOTES, SHARED, join_shared, merge_properties, read_stored
from loaders.storing.judgements import apply_judgements
from loaders.storing.rows import Properties, Relationship, Rows, plan_rows
from loaders.storing.stored_source import stored_source, stored_texts

Change: TypeAlias = Literal["added", "removed", "changed"]

ATTEMPTS = 5  # looks at one document while loads keep changing the graph

_WORDS: dict[Change, str] = {
    "added": "the graph holds it, the text does not state it",
    "removed": "the text states it, the graph does not hold it",
}
# an older reading is no damage: such documents are listed as outdated
_VERSIONS = frozenset(("parser_version", "vocabulary_version"))
_ACCOUNT = frozenset({"coverage", "warnings", "options"})


@dataclass(frozen=True, slots=True)
class Difference:
    """``kind`` is the label or relationship type, ``id`` its id (or its two ends), ``what`` a sentence about it."""

    document: str
    change: Change
    kind: str
    id: str
    what: str


@dataclass(frozen=True, slots=True)
class CheckReport:
    """``outdated`` documents were read by another parser or vocabulary version, which may explain their differences."""

    documents: tuple[str, ...]
    outdated: tuple[str, ...]
    differences: tuple[Difference, ...]
    data_version: int


@dataclass(slots=True)
class _Shared:
    """Units and regulations as all checked documents state them, as they are stored, and who named them first."""

    wanted: dict[tuple[str, str], Properties] = field(default_factory=dict)
    stored: dict[tuple[str, str], Properties] = field(default_factory=dict)
    named_by: dict[tuple[str, str], str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Look:
    """``steady``: nothing was loaded between reading the text and reading the facts."""

    steady: bool
    fault: Difference | None
    outdated: bool = False
    stored: Rows = field(default_factory=Rows)
    wanted: Rows = field(default_factory=Rows)


def check(store: Store, document_id: str | None = None) -> CheckReport:
    """Compare the stored facts of one document, or of all documents, with a fresh reading of the stored text.

    Raises NotFound if no document has the id.
    """
    documents = [row["id"] for row in store.read(lambda reading: reading.rows("load/document-ids"))]
    if document_id is not None:
        if document_id not in documents:
            raise NotFound(
                f"no document has the id {document_id!r}; the page at / and GET /v1/documents list those loaded."
            )
        documents = [document_id]
    outdated: list[str] = []
    differences: list[Difference] = []
    shared = None if document_id is not None else _Shared()
    for document in documents:
        old, found = _check_document(store, document, shared)
        differences += found
        if old:
            outdated.append(document)
    if shared is not None:
        differences += _compare_shared(shared)
    version = store.read(lambda reading: reading.data_version)
    return CheckReport(tuple(documents), tuple(outdated), tuple(differences), version)


def _check_document(store: Store, document: str, shared: _Shared | None) -> tuple[bool, list[Difference]]:
    """Whether the document is outdated, and its differences."""
    for _ in range(ATTEMPTS):
        look = _look(store, document, joined=shared is None)
        if look.steady:
            break
    if look.fault is not None:
        return False, [look.fault]
    if shared is not None:
        _collect(shared, document, look.stored, look.wanted)
    return look.outdated, list(_compare(document, look.stored, look.wanted, outdated=look.outdated))


def _look(store: Store, document: str, *, joined: bool) -> _Look:
    """Check a document once: read, parse, read again. ``joined`` has shared nodes merged with the words of other
    documents.
    """
    version, (properties, texts) = store.read(lambda reading: (reading.data_version, stored_texts(reading, document)))
    if not properties:  # removed since it was listed
        return _Look(steady=True, fault=None)
    fault = _text_fault(document, properties, texts)
    if fault is not None:
        return _Look(steady=True, fault=fault)
    try:
        source, options = stored_source(properties, texts[0])
    except (KeyError, TypeError, ValueError) as error:
        what = f"its options or repairs cannot be read any more ({error!r})"
        return _Look(steady=True, fault=Difference(document, "changed", "Document", document, what))
    plan = read_plan(source, options)
    if plan.document.id != document:
        what = f"the text with its stored options gives the id {plan.document.id!r}"
        return _Look(steady=True, fault=Difference(document, "changed", "Document", document, what))
    wanted = plan_rows(plan, now="")
    after, stored, expected = store.read(lambda reading: _stored(reading, document, wanted, joined=joined))
    old = (properties.get("parser_version"), properties.get("vocabulary_version"))
    return _Look(after == version, None, old != (PARSER_VERSION, VOCABULARY_VERSION), stored, expected)


def _text_fault(document: str, properties: Properties, texts: list[Properties]) -> Difference | None:
    """Why the text cannot be read again: there is not exactly one, or it is not the text that was loaded."""
    if len(texts) != 1:
        change: Change = "added" if texts else "removed"
        return Difference(document, change, "SourceText", document, f"it has {len(texts)} source texts; expected one")
    text = texts[0]
    digest = hashlib.sha256(text.get("text", "").encode()).hexdigest()
    if not digest == text["id"] == properties.get("text_sha256"):
        what = f"its words have the sha256 {digest}, the document says {properties.get('text_sha256')}"
        return Difference(document, "changed", "SourceText", text["id"], what)
    return None


def _stored(reading: ReadTransaction, document: str, wanted: Rows, *, joined: bool) -> tuple[int, Rows, Rows]:
    """The data version, the stored rows, and the rows expected instead."""
    wanted = apply_judgements(reading, wanted)
    stored = read_stored(reading, document, wanted)
    return reading.data_version, stored, join_shared(reading, stored, wanted) if joined else wanted


def _collect(shared: _Shared, document: str, stored: Rows, wanted: Rows) -> None:
    """Move the shared nodes out of the rows of one document; they are compared when all documents have been read."""
    for label in SHARED:
        for key, properties in wanted.nodes.pop(label, {}).items():
            at = (label, key)
            shared.wanted[at] = (
                merge_properties(label, shared.wanted[at], properties) if at in shared.wanted else properties
            )
            shared.named_by.setdefault(at, document)
        for key, properties in stored.nodes.pop(label, {}).items():
            shared.stored[(label, key)] = properties


def _compare_shared(shared: _Shared) -> Iterator[Difference]:
    for (label, key), wanted in shared.wanted.items():
        stored = shared.stored.get((label, key))
        document = shared.named_by[(label, key)]
        if stored is None:
            yield Difference(document, "removed", label, key, _WORDS["removed"])
        else:
            yield from _compare_properties(document, label, key, stored, wanted)


def _compare(document: str, stored: Rows, wanted: Rows, *, outdated: bool) -> Iterator[Difference]:
    for label in sorted({*stored.nodes, *wanted.nodes}):
        there, named = stored.nodes.get(label, {}), wanted.nodes.get(label, {})
        for key, properties in named.items():
            if key not in there:
                yield Difference(document, "removed", label, key, _WORDS["removed"])
            else:
                yield from _compare_properties(document, label, key, there[key], properties, outdated=outdated)
        for key in there.keys() - named.keys():
            yield Difference(document, "added", label, key, _WORDS["added"])
    for link, relationship in wanted.relationships.items():
        before = stored.relationships.get(link)
        if before is None or before.ends != relationship.ends:
            yield Difference(document, "removed", relationship.type, _name(relationship), _WORDS["removed"])
        else:
            yield from _compare_properties(
                document,
                relationship.type,
                _name(relationship),
                before.properties,
                relationship.properties,
                outdated=outdated,
            )
    for link, before in stored.relationships.items():
        now = wanted.relationships.get(link)
        if now is None or now.ends != before.ends:
            yield Difference(document, "added", before.type, _name(before), _WORDS["added"])


def _compare_properties(
    document: str, kind: str, key: str, stored: Properties, wanted: Properties, *, outdated: bool = False
) -> Iterator[Difference]:
    """``outdated``: what the version that read the text did not know is no difference, nor how it accounts for the text and
    what it was told."""
    names = {*stored, *wanted} - NOTES - _VERSIONS
    names = (names & stored.keys()) - _ACCOUNT if outdated else names
    differing = [
        f"{name} is {_short(stored.get(name))}, the text says {_short(wanted.get(name))}"
        for name in sorted(names)
        if stored.get(name) != wanted.get(name)
    ]
    if differing:
        yield Difference(document, "changed", kind, key, "; ".join(differing))


def _name(relationship: Relationship) -> str:
    own: str | None = relationship.properties.get("id")
    return own or " → ".join(relationship.ends)


def _short(value: Any) -> str:
    words = "absent" if value is None else json.dumps(value, ensure_ascii=False)
    return words if len(words) <= 60 else f"{words[:57]}…"
