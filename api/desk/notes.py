"""Notes (批注) on items, findings and places in a text: who, when, why; of a finding also the verdict. They change no fact.

1. `NoteBook.add` keeps a note with what it is about: the id, the plan, the words of a place, the hashes of name and words.
2. `NoteBook.change`, `NoteBook.relink` and `NoteBook.remove` are for its author and for admins.
3. `NoteBook.list` gives them, the newest first. How each stands in the plan of now (`api.desk.relinking`) is found when it is
   shown, so that a note is never lost: without its words it is 待重新关联, without its plan 文件已移除.

Example: ``book.add(point, why="与会议纪要一致", verdict="true", by=person)``.

Left to others: what is pointed at (`api.desk.pointing`), who may (`api.http.access`).
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from api.answers.name_errors import NoSuchName
from api.desk.relinking import KeptSubject
from api.desk.subjects import Fingerprint, PointedAt, Subject
from api.security.database import ServiceDatabase
from api.security.keys import Person
from graph.errors import KeptFull, ParameterError
from graph.stamps import utc_now

Verdict: TypeAlias = Literal["checked", "true", "false"]
VERDICT_WORDS: dict[str, str] = {"checked": "已核对", "true": "属实", "false": "不属实"}
MOST_NOTES = 100_000
MOST_WHY = 2000  # characters
NOTED_KINDS = ("item", "finding", "place")
_COLUMNS = (
    "n, id, kind, subject, document, document_title, place_start, place_end, quote, name_hash, words_hash, title, verdict, why, "
    "author, author_key, made_at, changed_at, changed_by"
)
_FILTERS = ("kind", "subject", "document", "author", "verdict")


@dataclass(frozen=True, slots=True)
class KeptNote:
    """One note. ``n`` is its place in the order of making; ``title`` and ``quote`` say what it was about when it was made."""

    n: int
    id: str
    kept: KeptSubject
    document_title: str
    title: str
    verdict: Verdict | None
    why: str
    author: str
    author_key: str
    made_at: str
    changed_at: str | None
    changed_by: str | None


class NoteBook:
    """The notes in one `ServiceDatabase`."""

    def __init__(self, database: ServiceDatabase) -> None:
        self._database = database

    def add(self, points: Sequence[PointedAt], *, why: str, verdict: Verdict | None, by: Person) -> list[KeptNote]:
        """A note on each of ``points``, all or none. Raises ParameterError for what cannot be noted."""
        if not points:
            raise ParameterError("findings is empty; expected at least one.")
        _something(why, verdict)
        made = [_checked(point, verdict) for point in points]
        keys = [secrets.token_hex(8) for _ in made]
        with self._database.transaction():
            if self.count() + len(made) > MOST_NOTES:
                raise KeptFull(f"there are {MOST_NOTES} notes; expected room for more. Remove some first.")
            for key, point in zip(keys, made, strict=True):
                self._database.run(
                    "INSERT INTO notes (id, kind, subject, document, document_title, place_start, place_end, quote, name_hash,"
                    " words_hash, title, verdict, why, author, author_key, made_at)"
                    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    *(key, *_subject_columns(point), verdict, why, by.name, by.key, utc_now()),
                )
        return [self.get(key) for key in keys]

    def get(self, key: str) -> KeptNote:
        """The note with this id. Raises NoSuchName if there is none."""
        rows = self._database.rows(f"SELECT {_COLUMNS} FROM notes WHERE id = ?", key)
        if not rows:
            raise NoSuchName(f'No note (批注) has the id "{key[:200]}". Expected an id of /v1/notes.')
        return _note(rows[0])

    def list(self, limit: int, before: int | None = None, **filters: str | None) -> list[KeptNote]:
        """The newest notes that pass every filter (kind, subject, document, author, verdict), made before the one with the
        number ``before``.
        """
        where, values = _where(filters)
        rows = self._database.rows(
            f"SELECT {_COLUMNS} FROM notes WHERE {where} AND n < ? ORDER BY n DESC LIMIT ?",
            *(*values, before if before is not None else 2**62, limit),
        )
        return [_note(row) for row in rows]

    def count(self, **filters: str | None) -> int:
        """How many notes pass every filter."""
        where, values = _where(filters)
        return int(self._database.rows(f"SELECT count(*) AS n FROM notes WHERE {where}", *values)[0]["n"])

    def change(self, key: str, *, why: str, verdict: Verdict | None, by: Person) -> KeptNote:
        """Another reason or verdict for a note."""
        _something(why, verdict)
        if verdict is not None and self.get(key).kept.subject.kind != "finding":
            raise _no_verdict()
        self._database.run(
            "UPDATE notes SET why = ?, verdict = ?, changed_at = ?, changed_by = ? WHERE id = ?",
            *(why, verdict, utc_now(), by.name, key),
        )
        return self.get(key)

    def relink(self, key: str, point: PointedAt, *, by: Person) -> KeptNote:
        """Let a note be about ``point`` from now on. Raises ParameterError if that is of another kind."""
        known = self.get(key)
        if known.kept.subject.kind != point.subject.kind:
            raise ParameterError(
                f"parameter 'kind' is {point.subject.kind!r}; expected {known.kept.subject.kind!r}, as the note was made on one."
            )
        self._database.run(
            "UPDATE notes SET kind = ?, subject = ?, document = ?, document_title = ?, place_start = ?, place_end = ?, quote = ?,"
            " name_hash = ?, words_hash = ?, title = ?, changed_at = ?, changed_by = ? WHERE id = ?",
            *(*_subject_columns(_checked(point, known.verdict)), utc_now(), by.name, key),
        )
        return self.get(key)

    def remove(self, key: str) -> KeptNote:
        """Remove a note; what it was."""
        known = self.get(key)
        self._database.run("DELETE FROM notes WHERE id = ?", key)
        return known


def _where(filters: dict[str, str | None]) -> tuple[str, list[str]]:
    given = [(name, filters[name]) for name in _FILTERS if filters.get(name) is not None]
    return " AND ".join(["1 = 1", *(f"{name} = ?" for name, _ in given)]), [str(value) for _, value in given]


def _checked(point: PointedAt, verdict: Verdict | None) -> PointedAt:
    kind = point.subject.kind
    if kind not in NOTED_KINDS:
        raise ParameterError(f"parameter 'kind' is {kind!r}; expected one of {', '.join(NOTED_KINDS)}.")
    if verdict is not None and kind != "finding":
        raise _no_verdict()
    return point


def _something(why: str, verdict: Verdict | None) -> None:
    if not why.strip() and verdict is None:
        raise ParameterError("why is empty; expected words, or a verdict.")


def _no_verdict() -> ParameterError:
    return ParameterError("parameter 'verdict' is given; expected it on findings alone, which are true or not.")


def _subject_columns(point: PointedAt) -> tuple[Any, ...]:
    """From ``kind`` to ``title``."""
    one, words = point.subject, point.said or "".join(place.quote for place in point.places)[:MOST_WHY]
    quote = point.places[0].quote if one.kind == "place" else words
    known = point.fingerprint
    return (
        *(one.kind, one.id, point.document, point.document_title, one.start, one.end, quote),
        *(known.name, known.words, point.title),
    )


def _note(row: dict[str, Any]) -> KeptNote:
    subject = Subject(row["kind"], row["subject"], row["document"], row["place_start"], row["place_end"])
    kept = KeptSubject(subject, row["document"], row["quote"], Fingerprint(row["name_hash"], row["words_hash"]))
    same = ("n", "id", "document_title", "title", "verdict", "why", "author", "author_key", "made_at", "changed_at")
    return KeptNote(kept=kept, changed_by=row["changed_by"], **{key: row[key] for key in same})
