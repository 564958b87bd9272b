"""Reading again: each plan that an earlier version read is parsed from its stored text and options, and written anew.

Order of steps for each plan: take text and options from the store; parse; write the differences in one transaction
(`loaders.storing.load`).  What is written has today's version, so an interrupted run goes on where it stopped.

Example: a problem whose lead was lost gains it; ``gained`` says so.

Left to others: the store's own schema (`graph.store.migrations`), judgements, which a load applies.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from msgspec.structs import replace as with_values

from graph.errors import ZerenError
from graph.model import ParseOptions, Plan
from graph.store.contract import ReadTransaction, Store
from loaders.files.source import Source
from loaders.plan import PARSER_VERSION, VOCABULARY_VERSION, read_plan
from loaders.storing.differences import read_stored
from loaders.storing.load import load_plan
from loaders.storing.rows import Rows
from loaders.storing.stored_source import stored_source, stored_texts

_FACTS = ("LEADS", "RESPONSIBLE_FOR", "COOPERATES_ON", "SUPERVISES", "HEADS", "MENTIONED_IN", "CITES", "HAS_DEADLINE")


@dataclass(frozen=True, slots=True)
class Reread:
    """What another reading of one document changed: how many facts it gained and lost, and how many belong to another item
    or place now. ``fault`` says why it could not be read again.
    """

    document: str
    gained: int = 0
    lost: int = 0
    moved: int = 0
    fault: str | None = None


def outdated(store: Store) -> list[str]:
    """The ids of the documents that another version of parser or vocabulary read."""

    def work(reading: ReadTransaction) -> list[str]:
        ids = [row["id"] for row in reading.rows("load/document-ids")]
        rows = reading.rows("load/stored-node/document", {"ids": ids})
        now = (PARSER_VERSION, VOCABULARY_VERSION)
        held = [row["properties"] for row in rows]
        return sorted(p["id"] for p in held if (p.get("parser_version"), p.get("vocabulary_version")) != now)

    return store.read(work)


def reread(store: Store, *, now: str) -> Iterator[Reread]:
    """Read every outdated document again at ``now`` (ISO time), one after the other.

    Then those again whose facts stand at a unit whose id has changed meanwhile: by a judgement it replaces another.
    """
    met: set[str] = set()
    for find in (outdated, _on_old_units):
        for document in find(store):
            if find is outdated or document in met:
                yield _try_reread(store, document, now)
            met.add(document)


def _on_old_units(store: Store) -> list[str]:
    return store.read(lambda reading: [row["id"] for row in reading.rows("load/documents-of-old-units")])


def _try_reread(store: Store, document: str, now: str) -> Reread:
    try:
        return _reread(store, document, now)
    except (ZerenError, KeyError, TypeError, ValueError) as error:
        return Reread(document, fault=str(error) or repr(error))


def _reread(store: Store, document: str, now: str) -> Reread:
    properties, texts = store.read(lambda reading: stored_texts(reading, document))
    if len(texts) != 1:
        return Reread(document, fault=f"it has {len(texts)} source texts; expected one")
    source, options = stored_source(properties, texts[0])
    plan = read_under(document, source, options)
    before = store.read(lambda reading: _facts(read_stored(reading, document)))
    load_plan(plan, store, allow_empty=True, now=now)
    after = store.read(lambda reading: _facts(read_stored(reading, document)))
    both = before.keys() & after.keys()
    return Reread(
        document,
        gained=len(after.keys() - both),
        lost=len(before.keys() - both),
        moved=sum(before[key] != after[key] for key in both),
    )


def read_under(document: str, source: Source, options: ParseOptions) -> Plan:
    """The plan in a source that is kept under the id ``document``, which stays whatever today's rules would make of the head."""
    plan = read_plan(source, options)
    if plan.document.id != document:
        plan = read_plan(source, with_values(options, document_id=document))
    return plan


def _facts(rows: Rows) -> dict[tuple[object, ...], str]:
    """What each fact of a document says, where → the id that it has: of a duty its role, its unit and the place of its name."""
    found: dict[tuple[object, ...], str] = {}
    for relationship in rows.relationships.values():
        if relationship.type not in _FACTS:
            continue
        owner, other = relationship.from_id, relationship.to_id
        said = relationship.properties
        if relationship.type == "HAS_DEADLINE":
            said = rows.nodes["Deadline"].get(other, {})
            what: object = (said.get("kind"), said.get("date"), said.get("quote"))
        else:
            of_item = relationship.from_label in ("Item", "Document")
            what, owner = (other, owner) if of_item else (owner, other)
        place = said.get("start"), *said.get("because", ())
        # an inferred time has no place of its own: several items may have it by one clause
        key = (relationship.type, what, place, owner if said.get("start") is None else None)
        found[key] = owner
    return found
