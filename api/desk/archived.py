"""Notes and baskets in a backup, and back: one JSON file each, rows as they stand in the database.

Order of steps in `restore_desk`: the columns of every row are checked, then rows that are not there yet are written, all or none.

Example: ``restore_desk(database, desk_files(other))`` gives the number of notes and of entries.

Left to others: the archive around them (`loaders.storing.archive`). Keys and sessions are no part of it.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from api.security.database import ServiceDatabase
from graph.errors import UnreadableSource

NOTES_FILE, BASKETS_FILE = "notes.json", "baskets.json"
_NOTES = (
    *(
        "id",
        "kind",
        "subject",
        "document",
        "document_title",
        "place_start",
        "place_end",
        "quote",
        "name_hash",
        "words_hash",
    ),
    *("title", "verdict", "why", "author", "author_key", "made_at", "changed_at", "changed_by"),
)
_BASKETS = ("owner", "name", "fields", "changed_at")
_ENTRIES = ("id", "owner", "position", "kind", "subject", "mark", "note", "added_at", "kept")


@dataclass(frozen=True, slots=True)
class DeskCounts:
    """How many notes and entries of baskets."""

    notes: int
    entries: int


def desk_counts(database: ServiceDatabase) -> DeskCounts:
    """What a service keeps now."""
    notes, entries = (database.rows(f"SELECT count(*) AS n FROM {one}")[0]["n"] for one in ("notes", "basket_entries"))
    return DeskCounts(notes, entries)


def desk_files(database: ServiceDatabase) -> dict[str, bytes]:
    """The files of a backup, by name."""
    with database.transaction():
        notes = database.rows(f"SELECT {', '.join(_NOTES)} FROM notes ORDER BY n")
        baskets = database.rows(f"SELECT {', '.join(_BASKETS)} FROM baskets ORDER BY owner")
        entries = database.rows(f"SELECT {', '.join(_ENTRIES)} FROM basket_entries ORDER BY owner, position")
    return {NOTES_FILE: _json(notes), BASKETS_FILE: _json({"baskets": baskets, "entries": entries})}


def restore_desk(database: ServiceDatabase, files: Mapping[str, bytes]) -> DeskCounts:
    """Write what the files hold and is not there; how much that is. Raises UnreadableSource for files of another form."""
    try:
        notes = [[row[name] for name in _NOTES] for row in json.loads(files.get(NOTES_FILE, b"[]"))]
        held = json.loads(files.get(BASKETS_FILE, b'{"baskets": [], "entries": []}'))
        baskets = [[row[name] for name in _BASKETS] for row in held["baskets"]]
        entries = [[row[name] for name in _ENTRIES] for row in held["entries"]]
    except (ValueError, KeyError, TypeError) as error:
        raise UnreadableSource(
            f"the notes in the backup cannot be read ({type(error).__name__}: {error}); expected those of zeren backup."
        ) from error
    with database.transaction():
        new_notes = sum(_insert(database, "notes", _NOTES, row) for row in notes)
        for row in baskets:
            _insert(database, "baskets", (*_BASKETS, "restored"), [*row, 1])
        new_entries = sum(_insert(database, "basket_entries", _ENTRIES, row) for row in entries)
    return DeskCounts(new_notes, new_entries)


def _insert(database: ServiceDatabase, table: str, columns: tuple[str, ...], row: list[object]) -> int:
    marks = ", ".join("?" * len(columns))
    return database.run(f"INSERT OR IGNORE INTO {table} ({', '.join(columns)}) VALUES ({marks})", *row)


def _json(rows: object) -> bytes:
    return json.dumps(rows, ensure_ascii=False).encode("utf-8", "surrogatepass")
