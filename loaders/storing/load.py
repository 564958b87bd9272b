"""Loading plans: only what differs from the store is written, in one transaction.

Order of steps: the plan passes the gate (`loaders.gate`), wherever it was made; it becomes rows (`loaders.storing.rows`); units that people judged the same are replaced
(`loaders.storing.judgements`); inside one read of the store, conflicts are looked for, and the stored rows are read and
compared (`loaders.storing.differences`).  Without a difference nothing is written and the data version stays.
Otherwise one write follows (it compares again if another load came between): first it removes relationships, then nodes
that are no longer stated; then it writes what is new or changed; at the end it removes units, officials, regulations
and texts that nothing refers to any more. A trial (``dry_run``) does the same and is rolled back.

In a folder of small plans most time would go into queries and transactions, so plans that are new to the store share
them (`load_new`); every other plan is loaded by itself.

Example: a plan whose item 20 no longer names 市编办 as its lead removes that one ``LEADS``; later items only *move*.

Left to others: the comparison and what is refused (`loaders.storing.comparison`), reading files and texts (`loaders.files.read`,
`loaders.plan`), transactions and versions (the store).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from msgspec import Struct
from msgspec.structs import replace as with_values

from graph.errors import NotFound
from graph.model import Coverage, Plan, PlanWarning
from graph.schema import RELATIONSHIP
from graph.store.contract import ReadTransaction, Store, WriteTransaction
from graph.store.shapes import merge_of, of_node
from loaders.gate.gate import pass_gate
from loaders.storing.aliases import note_aliases
from loaders.storing.card import LoadCard, PlanChanges, make_card
from loaders.storing.comparison import Comparison, admitted, compare_plan, compare_stored, refusal
from loaders.storing.differences import (
    SHARED,
    TREE,
    Differences,
    compare_rows,
    join_shared,
    merge_rows,
    read_named,
    read_stored,
)
from loaders.storing.identity import held, marks_of
from loaders.storing.judgements import apply_judgements
from loaders.storing.rows import Properties, Relationship, Rows, plan_rows

BATCH = 5000  # rows a statement: bounds its time and memory


class LoadReport(Struct, frozen=True):
    """What a load wrote (with ``dry_run``: would write), as counts by label and relationship type.

    ``moved`` counts what says the same in another place. ``unchanged`` says that nothing was written at all.
    ``replaced`` are ids of documents that gave way to this one. ``warnings`` and ``coverage`` say how the text was read,
    ``card`` what was read; a removal has none of them.
    """

    document_id: str
    data_version: int
    created: dict[str, int]
    changed: dict[str, int]
    removed: dict[str, int]
    moved: dict[str, int]
    unchanged: bool
    dry_run: bool
    replaced: tuple[str, ...]
    warnings: tuple[PlanWarning, ...] = ()
    coverage: Coverage | None = None
    card: LoadCard | None = None


def load_plan(
    plan: Plan,
    store: Store,
    *,
    replace: bool = False,
    dry_run: bool = False,
    allow_empty: bool = False,
    now: str,
) -> LoadReport:
    """Load ``plan`` at ``now`` (ISO time); only differences are written, all of them or none.

    Raises EmptyPlan for a plan without items and duties unless ``allow_empty``; DocumentConflict, unless ``replace``,
    if another document has its id, or its text or its items are stored under another id (`loaders.storing.identity`);
    StoreBusy if the write lock was not free in time.
    """
    plan = admitted(plan, allow_empty)
    wanted = plan_rows(plan, now=now)

    def see(reading: ReadTransaction) -> Comparison:
        return compare_plan(reading, plan, wanted, replace=replace)

    seen = store.read(see)
    version, others, differences, changes = seen.data_version, seen.replaces, seen.differences, seen.changes
    if not others and not differences:
        return _of_plan(_report(plan.document.id, version, [], dry_run=dry_run), plan, changes)

    def work(writing: WriteTransaction) -> LoadReport:
        before = writing.data_version
        now_seen = seen if before == version else see(writing)
        gone, found, said = now_seen.replaces, now_seen.differences, now_seen.changes
        written = [_remove(writing, other) for other in gone]
        if gone:  # they may have taken shared nodes along, so the comparison is made after that
            found, _ = compare_stored(writing, plan, wanted, ())
        if gone or found:
            _note_time(found, plan.document.id, now)
            note_aliases(writing, found.renamed, now)
            written.append(_write(writing, found))
            _note_vocabulary(writing, plan.document.vocabulary_version)
        if dry_run:
            raise _TriedOut(_of_plan(_report(plan.document.id, before, written, gone, dry_run=True), plan, said))
        return _of_plan(_report(plan.document.id, writing.data_version, written, gone), plan, said)

    try:
        return store.write(work)
    except _TriedOut as tried:
        return tried.report


def _of_plan(report: LoadReport, plan: Plan, changes: PlanChanges | None) -> LoadReport:
    return with_values(report, warnings=plan.warnings, coverage=plan.coverage, card=make_card(plan, changes))


def of_new(plan: Plan) -> LoadReport:
    """The report of one of the plans that `load_new` wrote; what was written is counted of all of them together alone."""
    empty = _report(plan.document.id, 0, [])
    return _of_plan(with_values(empty, unchanged=False), plan, None)


def load_new(plans: Sequence[Plan], store: Store, *, now: str) -> set[int]:
    """Load those of ``plans`` that are new to the store, all in one transaction or none. Returns their indexes in
    ``plans``.

    The others are left to `load_plan`: plans whose document or text is stored or comes earlier in ``plans``, plans of
    which anything is stored, and plans that are refused.
    """
    wanted: dict[int, Rows] = {}
    seen: set[str] = set()
    for place, plan in enumerate(plans):
        unmet, left = marks_of(plan)
        if unmet.isdisjoint(seen) and refusal(plan) is None and pass_gate(plan) is plan:
            wanted[place] = plan_rows(plan, now=now)
        seen |= left

    def look(reading: ReadTransaction) -> tuple[set[int], Differences]:
        known = held(reading, [plans[place] for place in wanted])
        new = {place for place in wanted if plans[place].document.id not in known}
        rows = apply_judgements(reading, merge_rows(wanted[place] for place in sorted(new)))
        stored = read_named(reading, rows)
        if any(stored.nodes.get(label) for label in TREE):  # left behind by hand
            return set(), Differences()
        return new, compare_rows(stored, join_shared(reading, stored, rows))

    version, found = store.read(lambda reading: (reading.data_version, look(reading)))
    if not found[0]:
        return set()

    def work(writing: WriteTransaction) -> set[int]:
        new, differences = found if writing.data_version == version else look(writing)
        if new:
            _write(writing, differences)
            _note_vocabulary(writing, plans[max(new)].document.vocabulary_version)
        return new

    return store.write(work)


def load_units(units: Sequence[Properties], store: Store) -> None:
    """Write units that people judged, with all their properties, where they are not yet stored: a judgement needs both."""
    wanted = Rows({"Unit": {unit["id"]: unit for unit in units}})

    def work(writing: WriteTransaction) -> None:
        there = read_named(writing, wanted).ids("Unit")
        new = [("Unit", unit) for key, unit in wanted.nodes["Unit"].items() if key not in there]
        _write(writing, Differences(created=new))

    store.write(work)


def remove_document(document_id: str, store: Store) -> LoadReport:
    """Remove a document and everything it states. Units, regulations and texts stay while another document refers to
    them.

    Raises NotFound if no document has this id.
    """

    def work(writing: WriteTransaction) -> LoadReport:
        written = [_remove_stored(writing, document_id)]
        return _report(document_id, writing.data_version, written)

    return store.write(work)


def _remove_stored(writing: WriteTransaction, document_id: str) -> "_Written":
    if not writing.rows("load/stored-node/document", {"ids": [document_id]}):
        raise NotFound(
            f"no document has the id {document_id!r}; the page at / and GET /v1/documents list those loaded."
        )
    return _remove(writing, document_id)


@dataclass(frozen=True, slots=True)
class TriedRemoval:
    """What a removal would do: its report, and how many judgements on units would go with it."""

    report: LoadReport
    judgements: int


def try_removal(document_id: str, store: Store) -> TriedRemoval:
    """Remove a document and take that back. Raises NotFound if no document has this id."""

    def work(writing: WriteTransaction) -> None:
        before = len(writing.rows("read/judgements"))
        report = _report(document_id, writing.data_version, [_remove_stored(writing, document_id)], dry_run=True)
        raise _TakenBack(TriedRemoval(report, before - len(writing.rows("read/judgements"))))

    try:
        store.write(work)
    except _TakenBack as taken:
        return taken.tried
    raise AssertionError("a removal that is tried ends in being taken back")


class _TakenBack(Exception):
    def __init__(self, tried: TriedRemoval) -> None:
        self.tried = tried


class _TriedOut(Exception):
    def __init__(self, report: LoadReport) -> None:
        self.report = report


@dataclass(frozen=True, slots=True)
class _Written:
    """What the load of one document wrote: its differences, and how many unreferenced shared nodes were removed."""

    differences: Differences
    swept: Counter[str]


def _note_time(differences: Differences, document: str, now: str) -> None:
    """Add the time of this load to the document among the ``differences``."""
    if any(label == "Document" for label, _ in differences.created):
        return
    for label, _, properties in (*differences.changed, *differences.moved):
        if label == "Document":
            properties["loaded_at"] = now
            return
    differences.changed.append(("Document", document, {"loaded_at": now}))


def _note_vocabulary(writing: WriteTransaction, version: str) -> None:
    if writing.rows("read/meta")[0]["vocabulary_version"] != version:
        writing.rows("load/set-vocabulary-version", {"vocabulary_version": version})


def _remove(writing: WriteTransaction, document: str) -> _Written:
    writing.rows("load/remove-aliases", {"document": document})
    return _write(writing, compare_rows(read_stored(writing, document), Rows()))


def _write(writing: WriteTransaction, differences: Differences) -> _Written:
    _unlink(writing, differences.unlinked)
    for label, group in _by(((label, key) for label, key in differences.removed)).items():
        _run(writing, of_node("remove-node", label), "ids", group)
    # what is new was looked for before; only what documents share may have come from another since
    nodes = [
        (of_node("create-node" if label in TREE else "merge-node", label), {"id": p["id"], "properties": p})
        for label, p in differences.created
    ]
    nodes += [
        (of_node("merge-node", label), {"id": key, "properties": p})
        for label, key, p in (*differences.changed, *differences.moved)
    ]
    links = [(merge_of(r.type, r.labels, new=True), _link_row(r, r.properties)) for r in differences.linked]
    links += [
        (merge_of(r.type, r.labels), _link_row(r, properties))
        for r, properties in (*differences.relinked, *differences.shifted)
    ]
    for rows in (nodes, links):
        for name, group in _by(rows).items():
            _run(writing, name, "rows", group)
    return _Written(differences, _sweep(writing, differences))


def _unlink(writing: WriteTransaction, unlinked: list[Relationship]) -> None:
    rows: list[tuple[str, Properties]] = []
    for relationship in unlinked:
        if relationship.labels not in RELATIONSHIP[relationship.type].ends:
            continue  # made by hand between other nodes; `loaders.storing.repair` removes it
        if not RELATIONSHIP[relationship.type].has_id:
            row = {"type": relationship.type, "from_id": relationship.from_id, "to_id": relationship.to_id}
            rows.append((of_node("remove-links", relationship.to_label), row))
            continue
        at = 0 if relationship.from_label in ("Item", "Document") else 1
        row = {
            "type": relationship.type,
            "id": relationship.properties.get("id", ""),
            "owner": relationship.ends[at],
            "other": relationship.ends[1 - at],
        }
        rows.append((of_node("remove-facts", relationship.labels[at]), row))
    for name, group in _by(rows).items():
        _run(writing, name, "rows", group)


def _sweep(writing: WriteTransaction, differences: Differences) -> Counter[str]:
    """Remove shared nodes at the ends of unlinked relationships if nothing refers to them any more."""
    ends: dict[str, set[str]] = defaultdict(set)
    for relationship in differences.unlinked:
        for label, node in zip(relationship.labels, relationship.ends, strict=True):
            ends[label].add(node)
    swept: Counter[str] = Counter()
    for label in ("SourceText", "Unit", "Official", "Regulation"):
        if ends[label]:
            gone = [row["id"] for row in writing.rows(of_node("remove-unused", label), {"ids": sorted(ends[label])})]
            swept[label] = len(gone)
            if gone and label in SHARED:
                writing.rows("load/remove-aliases-to", {"targets": gone})
    return +swept


def _report(
    document: str, data_version: int, written: list[_Written], replaced: Sequence[str] = (), *, dry_run: bool = False
) -> LoadReport:
    created: Counter[str] = Counter()
    changed: Counter[str] = Counter()
    removed: Counter[str] = Counter()
    moved: Counter[str] = Counter()
    for part in written:
        d = part.differences
        removed.update(part.swept)
        created.update(label for label, _ in d.created)
        created.update(r.type for r in d.linked)
        changed.update(label for label, _, _ in d.changed)
        changed.update(r.type for r, _ in d.relinked)
        removed.update(label for label, _ in d.removed)
        removed.update(r.type for r in d.unlinked)
        moved.update(label for label, _, _ in d.moved)
        moved.update(r.type for r, _ in d.shifted)
    return LoadReport(
        document_id=document,
        data_version=data_version,
        created=dict(created),
        changed=dict(changed),
        removed=dict(removed),
        moved=dict(moved),
        unchanged=not (created or changed or removed or moved),
        dry_run=dry_run,
        replaced=tuple(replaced),
    )


def _by(pairs: Iterable[tuple[str, Any]]) -> dict[str, list[Any]]:
    groups: dict[str, list[Any]] = defaultdict(list)
    for name, value in pairs:
        groups[name].append(value)
    return groups


def _run(writing: WriteTransaction, query: str, parameter: str, values: list[Any]) -> None:
    for start in range(0, len(values), BATCH):
        writing.rows(query, {parameter: values[start : start + BATCH]})


def _link_row(relationship: Relationship, properties: Properties) -> Properties:
    row = {"from_id": relationship.from_id, "to_id": relationship.to_id, "properties": properties}
    if RELATIONSHIP[relationship.type].has_id:
        row["id"] = relationship.properties["id"]
    return row
