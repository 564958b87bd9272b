"""The check: each stored text is read again, and every stated fact that differs from the graph is named.

Order of steps for each document: take its text and its parser options from the store; compare the text with its own
sha256; parse it again; compare the rows that would be loaded with the stored rows, in both directions. Units and
regulations are shared, so they are compared with what all checked documents say together. Nothing is parsed while the
store is locked; if the data version changes meanwhile, the document is checked again.  After all documents, a walk over the whole
store (`loaders.storing.whole_store`) names what no document states.

Example: someone moves a ``LEADS`` of item 20 to another unit in Neo4j Browser; the check names this relationship twice:
once as a fact that the text does not state, and once as a fact that the graph lacks.

Left to others: the kinds of what is found (`loaders.storing.fault_codes`), mending it (`loaders.storing.repair`).
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from graph.errors import NotFound
from graph.schema import NODE, RELATIONSHIP
from graph.store.contract import ReadTransaction, Row, Store
from loaders.plan import PARSER_VERSION, VOCABULARY_VERSION, read_plan
from loaders.storing.differences import NOTES, SHARED, join_shared, merge_properties, read_stored
from loaders.storing.fault_codes import FOREIGN, Difference, code_of_change, make_difference
from loaders.storing.judgements import apply_judgements
from loaders.storing.rows import Properties, Relationship, Rows, plan_rows
from loaders.storing.stored_source import stored_source, stored_texts
from loaders.storing.whole_store import Seen, walk

ATTEMPTS = 5  # looks at one document, or at the whole, while loads keep changing the graph

ADDED = "the graph holds it, the text does not state it"
REMOVED = "the text states it, the graph does not hold it"
# an older reading is no damage: such documents are listed as outdated
_VERSIONS = frozenset(("parser_version", "vocabulary_version"))
_ACCOUNT = frozenset({"coverage", "warnings", "options"})


@dataclass(frozen=True, slots=True)
class CheckReport:
    """``outdated`` documents were read by another parser or vocabulary version, which may explain their differences.

    ``foreign``: what is of others, which is no difference. ``whole``: the walk over the whole store was made, and no load came
    between.
    """

    documents: tuple[str, ...]
    outdated: tuple[str, ...]
    differences: tuple[Difference, ...]
    data_version: int
    foreign: tuple[Difference, ...] = ()
    whole: bool = False


@dataclass(slots=True)
class SharedNodes:
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


@dataclass(slots=True)
class _Check:
    """What was found so far, document by document: one that is loaded meanwhile is checked again."""

    store: Store
    shared: SharedNodes = field(default_factory=SharedNodes)
    seen: Seen = field(default_factory=Seen)
    stamps: dict[str, Any] = field(default_factory=dict)
    found: dict[str, list[Difference]] = field(default_factory=dict)
    outdated: set[str] = field(default_factory=set)

    def documents(self, rows: list[Row]) -> None:
        """Check those of the listed documents that were not checked as they are now."""
        for row in rows:
            document = row["id"]
            if document not in self.found or self.stamps[document] != row["loaded_at"]:
                self.stamps[document] = row["loaded_at"]
                old, self.found[document] = _check_document(self.store, document, self.shared, self.seen)
                (self.outdated.add if old else self.outdated.discard)(document)
        for gone in self.found.keys() - {row["id"] for row in rows}:
            del self.found[gone]


def check(store: Store, document_id: str | None = None) -> CheckReport:
    """Compare the stored facts of one document, or the whole store, with a fresh reading of the stored text.

    Raises NotFound if no document has the id.
    """
    return check_all(store)[0] if document_id is None else _check_one(store, document_id)


def _check_one(store: Store, document: str) -> CheckReport:
    if document not in (row["id"] for row in _listed(store)[1]):
        raise NotFound(f"no document has the id {document!r}; the page at / and GET /v1/documents list those loaded.")
    old, found = _check_document(store, document, None, Seen())
    version = store.read(lambda reading: reading.data_version)
    return _report([document], [document] if old else [], found, version, whole=False)


def check_all(store: Store) -> tuple[CheckReport, SharedNodes]:
    """The report on the whole store, and the units and instruments as the documents state them together."""
    check = _Check(store)
    version, rows = _listed(store)
    for _ in range(ATTEMPTS):
        check.documents(rows)
        before, rows = _listed(store)
        if any(check.stamps.get(row["id"]) != row["loaded_at"] for row in rows):
            continue
        walked = walk(store, check.seen)
        version, rows = _listed(store)
        if before == version:
            break
    differences = [d for row in rows for d in check.found.get(row["id"], ())]
    differences += [*_compare_shared(check.shared), *walked.differences, *walked.foreign]
    documents = sorted(check.found)
    return _report(documents, sorted(check.outdated), differences, version, whole=before == version), check.shared


def _report(
    documents: list[str], outdated: list[str], found: list[Difference], version: int, *, whole: bool
) -> CheckReport:
    differences = tuple(d for d in found if d.code not in FOREIGN)
    foreign = tuple(d for d in found if d.code in FOREIGN)
    return CheckReport(tuple(documents), tuple(outdated), differences, version, foreign, whole)


def _listed(store: Store) -> tuple[int, list[Row]]:
    """The data version, and the documents that have an id."""
    version, rows = store.read(lambda reading: (reading.data_version, reading.rows("load/document-ids")))
    return version, [row for row in rows if isinstance(row["id"], str) and row["id"]]


def _check_document(
    store: Store, document: str, shared: SharedNodes | None, seen: Seen
) -> tuple[bool, list[Difference]]:
    """Whether the document is outdated, and its differences."""
    for _ in range(ATTEMPTS):
        look = _look(store, document, joined=shared is None)
        if look.steady:
            break
    seen.note(look.stored, ends=look.fault is not None)
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
        return _Look(steady=True, fault=fault, stored=_of_tree(store, document))
    try:
        source, options = stored_source(properties, texts[0])
    except (KeyError, TypeError, ValueError) as error:
        what = f"its options or repairs cannot be read any more ({error!r})"
        fault = make_difference("options-unreadable", "changed", document, "Document", document, what)
        return _Look(steady=True, fault=fault, stored=_of_tree(store, document))
    plan = read_plan(source, options)
    if plan.document.id != document:
        what = f"the text with its stored options gives the id {plan.document.id!r}"
        fault = make_difference("wrong-document-id", "changed", document, "Document", document, what)
        return _Look(steady=True, fault=fault, stored=_of_tree(store, document))
    wanted = plan_rows(plan, now="")
    after, stored, expected = store.read(lambda reading: _stored(reading, document, wanted, joined=joined))
    old = (properties.get("parser_version"), properties.get("vocabulary_version"))
    return _Look(after == version, None, old != (PARSER_VERSION, VOCABULARY_VERSION), stored, expected)


def _text_fault(document: str, properties: Properties, texts: list[Properties]) -> Difference | None:
    """Why the text cannot be read again: there is not exactly one, or it is not the text that was loaded."""
    if len(texts) != 1:
        what = f"it has {len(texts)} source texts; expected one"
        if texts:
            return make_difference("texts-several", "added", document, "SourceText", document, what)
        return make_difference("text-missing", "removed", document, "SourceText", document, what)
    text = texts[0]
    words = text.get("text")
    digest = hashlib.sha256(words.encode() if isinstance(words, str) else b"").hexdigest()
    if not digest == text["id"] == properties.get("text_sha256"):
        what = f"its words have the sha256 {digest}, the document says {properties.get('text_sha256')}"
        return make_difference("text-changed", "changed", document, "SourceText", text["id"], what)
    return None


def _of_tree(store: Store, document: str) -> Rows:
    """What is stored of a document that cannot be read again."""
    return store.read(lambda reading: read_stored(reading, document))


def _stored(reading: ReadTransaction, document: str, wanted: Rows, *, joined: bool) -> tuple[int, Rows, Rows]:
    """The data version, the stored rows, and the rows expected instead."""
    wanted = apply_judgements(reading, wanted)
    stored = read_stored(reading, document, wanted)
    return reading.data_version, stored, join_shared(reading, stored, wanted) if joined else wanted


def _collect(shared: SharedNodes, document: str, stored: Rows, wanted: Rows) -> None:
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


def _compare_shared(shared: SharedNodes) -> Iterator[Difference]:
    for (label, key), wanted in shared.wanted.items():
        stored = shared.stored.get((label, key))
        document = shared.named_by[(label, key)]
        if stored is None:
            yield make_difference("missing-node", "removed", document, label, key, REMOVED)
        else:
            yield from _compare_properties(document, label, key, stored, wanted)


def _compare(document: str, stored: Rows, wanted: Rows, *, outdated: bool) -> Iterator[Difference]:
    for label in sorted({*stored.nodes, *wanted.nodes}):
        there, named = stored.nodes.get(label, {}), wanted.nodes.get(label, {})
        for key, properties in named.items():
            if key not in there:
                yield make_difference("missing-node", "removed", document, label, key, REMOVED)
            else:
                yield from _compare_properties(document, label, key, there[key], properties, outdated=outdated)
        for key in there.keys() - named.keys():
            yield make_difference("added-node", "added", document, label, key, ADDED)
    for link, relationship in wanted.relationships.items():
        before = stored.relationships.get(link)
        if before is None or before.ends != relationship.ends:
            yield make_difference(
                "missing-relationship", "removed", document, relationship.type, _name(relationship), REMOVED
            )
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
            fits = before.labels in RELATIONSHIP[before.type].ends
            code = "added-relationship" if fits else "wrong-ends"
            yield make_difference(code, "added", document, before.type, _name(before), ADDED, _ends(before))


def _compare_properties(
    document: str, kind: str, key: str, stored: Properties, wanted: Properties, *, outdated: bool = False
) -> Iterator[Difference]:
    """``outdated``: what the version that read the text did not know is no difference, nor how it accounts for the text and
    what it was told."""
    if stored == wanted:
        return
    names = {*stored, *wanted} - NOTES - _VERSIONS
    names = (names & stored.keys()) - _ACCOUNT if outdated else names
    declared = (NODE[kind] if kind in NODE else RELATIONSHIP[kind]).types
    differing = sorted(name for name in names if stored.get(name) != wanted.get(name))
    ours = [name for name in differing if name in declared]
    if ours:
        words = (f"{name} is {_short(stored.get(name))}, the text says {_short(wanted.get(name))}" for name in ours)
        yield make_difference(
            code_of_change(kind, stored, wanted, ours), "changed", document, kind, key, "; ".join(words)
        )
    for name in differing:
        if name not in declared:
            yield make_difference(
                "foreign-property", "added", document, kind, key, f"{name} is {_short(stored[name])}, not ours"
            )


def _ends(relationship: Relationship) -> tuple[str, ...]:
    """The ids of its ends; '' for one that is no text, of a node made by hand."""
    return tuple(end if isinstance(end, str) else "" for end in relationship.ends)


def _name(relationship: Relationship) -> str:
    own = relationship.properties.get("id")
    return own if isinstance(own, str) and own else " → ".join(_ends(relationship))


def _short(value: Any) -> str:
    words = "absent" if value is None else json.dumps(value, ensure_ascii=False, default=str)
    return words if len(words) <= 60 else f"{words[:57]}…"
