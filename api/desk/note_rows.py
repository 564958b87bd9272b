"""Notes as answers show them: each with how it stands in the plan of now, and what it is about there.

1. `list_notes` gives a page of them, the newest first. A filter by state, or by what they are about, looks at `MOST_LOOKED_AT`
   notes a page at most; ``next`` goes on behind them.
2. `notes_of_plan` gives those of one plan by what they are about now, for the pages that show them beside it.

Example: ``notes_of_plan(store, book, "娄底市-娄发2017-4").about["娄底市-娄发2017-4:s2.4-20"]``.

Left to others: finding a subject again (`api.desk.relinking`), the shape (`api.schemas.desk`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from api.desk.notes import VERDICT_WORDS, KeptNote, NoteBook
from api.desk.pointing import document_of_id
from api.desk.relinking import STANDING_WORDS, Standing, find_again
from api.desk.subjects import PointedAt
from graph.store.contract import ReadTransaction, Store

NoteJson: TypeAlias = dict[str, Any]
MOST_LOOKED_AT = 2000
MOST_BESIDE = 500  # notes of one plan that its pages show
_SHOWN = 300  # characters of the words of now


@dataclass(frozen=True, slots=True)
class NotesOfPlan:
    """Notes by the id of what they are about now. ``places`` are those on places; ``lost`` those to be linked again."""

    about: Mapping[str, Sequence[NoteJson]]
    places: Sequence[NoteJson]
    lost: Sequence[NoteJson]
    total: int
    shown: int


def note_row(store: Store, note: KeptNote) -> NoteJson:
    """A note as JSON, as it stands now."""
    return store.read(lambda reading: _row(store, reading, note))


def note_rows(store: Store, notes: Sequence[KeptNote]) -> list[NoteJson]:
    """Several notes as JSON, of one version of the data."""
    return store.read(lambda reading: [_row(store, reading, note) for note in notes])


def _row(store: Store, reading: ReadTransaction, note: KeptNote) -> NoteJson:
    standing, point = find_again(store, reading, note.kept)
    subject = note.kept.subject
    return {
        "id": note.id,
        "kind": subject.kind,
        "subject": subject.id,
        "document": {"id": note.kept.document, "title": note.document_title},
        "span": None if subject.start is None else [subject.start, subject.end],
        "title": note.title,
        "quote": note.kept.quote,
        "verdict": note.verdict,
        "verdict_zh": VERDICT_WORDS.get(note.verdict or ""),
        "why": note.why,
        "by": note.author,
        "at": note.made_at,
        "changed_at": note.changed_at,
        "changed_by": note.changed_by,
        "state": standing,
        "state_zh": STANDING_WORDS[standing],
        "now": None if point is None else _now(point),
    }


def _now(point: PointedAt) -> NoteJson:
    subject = point.subject
    place = point.places[0] if point.places else None
    return {
        "subject": subject.id,
        "span": None if place is None else [place.start, place.end],
        "title": point.title,
        "quote": point.said or (place.quote[:_SHOWN] if place else ""),
    }


def list_notes(
    store: Store,
    book: NoteBook,
    limit: int,
    before: int | None,
    *,
    state: Standing | None = None,
    subject: str | None = None,
    **filters: str | None,
) -> dict[str, Any]:
    """A page of notes; see the module. ``total`` counts what passes the filters that need no look at the plans."""

    def work(reading: ReadTransaction) -> dict[str, Any]:
        if subject is not None and filters.get("document") is None:
            filters["document"] = document_of_id(reading, subject.partition("|")[0])
            if filters["document"] is None:  # its plan is gone: what was kept is all that is known
                filters["subject"] = subject
        picked: list[NoteJson] = []
        at, following = before, None
        for _ in range(MOST_LOOKED_AT // limit or 1):
            batch = book.list(limit + 1, at, **filters)
            for number, note in enumerate(batch[:limit]):
                row, at = _row(store, reading, note), note.n
                about = row["now"]["subject"] if row["now"] else row["subject"]
                if state in (None, row["state"]) and subject in (None, about, row["subject"]):
                    picked.append(row)
                following = at if number + 1 < len(batch) else None
                if len(picked) == limit:
                    break
            if len(picked) == limit or len(batch) <= limit:
                break
        partial = state is not None or subject is not None
        whole = following is None and before is None
        total = len(picked) if partial else book.count(**filters)
        return {
            "items": picked,
            "total": {"value": total, "relation": "gte" if partial and not whole else "eq"},
            "next": following,
            "data_version": str(reading.data_version),
        }

    return store.read(work)


def notes_of_plan(store: Store, book: NoteBook, document: str) -> NotesOfPlan:
    """The newest notes of a plan, by what they are about now."""
    total = book.count(document=document)
    kept = book.list(MOST_BESIDE, document=document) if total else []
    about: dict[str, list[NoteJson]] = {}
    places, lost = [], []
    for row in note_rows(store, kept):
        if row["now"] is None:
            lost.append(row)
        elif row["kind"] == "place":
            places.append(row)
        else:
            about.setdefault(row["now"]["subject"], []).append(row)
    return NotesOfPlan(about, places, lost, total, len(kept))
