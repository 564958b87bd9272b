"""Baskets (底稿篮): what each person has put aside for a working paper, in order, each with a note and an index number (索引号).

1. `Baskets.put` keeps what was pointed at with its words as they are now; the same thing is kept once.
2. Each entry has a note of its own and an index number: its own, or one of its prefix and its place (``SJ-01``).
3. The fields are those of the paper: 项目名称, 编制人, 复核人, 日期, and the prefix. A basket has at most `MOST_ENTRIES`.

Whose a basket is, is told by the key; programs of this machine without one (local use) share a basket. After a restore on another
machine keys have other ids: then a basket goes to him whose key has the same name, behind what he has put aside there already.

Example: ``baskets.put(person, point_at(store, Subject("item", "娄底市-娄发2017-4:20")))``.

Left to others: what is pointed at (`api.desk.pointing`), the paper (`api.desk.paper`).
"""

import json
import secrets
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from typing import Any

from api.answers.name_errors import NoSuchName
from api.desk.subjects import Fingerprint, PointedAt, Subject
from api.security.database import ServiceDatabase
from api.security.keys import Person
from graph.errors import KeptFull, ParameterError, StoreUnavailable
from graph.findings.plan_rows import Place
from graph.stamps import utc_now

MOST_ENTRIES = 200
MOST_PLACES = 200  # of one entry
PREFIX_OF_INDEX = "SJ"
_SECOND_MARK = "-恢复"  # behind an index number that both a basket and the restored one have
_RESTORED = "SELECT owner, fields FROM baskets WHERE restored = 1 AND owner != ? AND name = ? ORDER BY changed_at"


@dataclass(frozen=True, slots=True)
class PaperFields:
    """The fields of the working paper; empty where nothing was written."""

    project: str = ""
    prepared_by: str = ""
    reviewed_by: str = ""
    date: str = ""
    prefix: str = PREFIX_OF_INDEX


@dataclass(frozen=True, slots=True)
class BasketEntry:
    """One entry. ``index`` is what is printed, ``mark`` the index number that was given, if any."""

    id: str
    position: int
    index: str
    mark: str
    note: str
    added_at: str
    point: PointedAt
    places_left_out: int


@dataclass(frozen=True, slots=True)
class Basket:
    fields: PaperFields
    entries: Sequence[BasketEntry]


class Baskets:
    """The baskets in one `ServiceDatabase`."""

    def __init__(self, database: ServiceDatabase) -> None:
        self._database = database

    def of(self, person: Person) -> Basket:
        """The basket of a person; an empty one if he has none."""
        owner = self._owner(person)
        rows = self._database.rows("SELECT fields FROM baskets WHERE owner = ?", owner)
        fields = PaperFields(**json.loads(rows[0]["fields"])) if rows else PaperFields()
        kept = self._database.rows(
            "SELECT id, position, mark, note, added_at, kept FROM basket_entries WHERE owner = ? ORDER BY position, added_at, id",
            owner,
        )
        return Basket(fields, [_entry(place, row, fields.prefix) for place, row in enumerate(kept, start=1)])

    def kept(self, person: Person) -> dict[str, str]:
        """What a person has in his basket: kind and id of the subject, as `subject_key` writes them, and the id of the entry."""
        rows = self._database.rows("SELECT id, subject FROM basket_entries WHERE owner = ?", self._owner(person))
        return {row["subject"]: row["id"] for row in rows}

    def put(self, person: Person, point: PointedAt) -> BasketEntry:
        """Put something aside, at the end. Raises KeptFull where the basket is full."""
        owner, subject = self._owner(person), subject_key(point.subject)
        with self._database.transaction():
            rows = self._database.rows("SELECT id FROM basket_entries WHERE owner = ? AND subject = ?", owner, subject)
            key = rows[0]["id"] if rows else secrets.token_hex(8)
            if not rows:
                last = self._database.rows(
                    "SELECT count(*) AS n, coalesce(max(position), 0) AS last FROM basket_entries WHERE owner = ?",
                    owner,
                )[0]
                if last["n"] >= MOST_ENTRIES:
                    raise KeptFull(
                        f"the basket has {MOST_ENTRIES} entries; expected room for more. Write the paper, then remove some."
                    )
                self._begin(owner, person.name)
                self._database.run(
                    "INSERT INTO basket_entries VALUES (?, ?, ?, ?, ?, '', '', ?, ?)",
                    *(key, owner, last["last"] + 1, point.subject.kind, subject, utc_now(), _to_json(point)),
                )
        return self._get(person, key)

    def change(
        self, person: Person, key: str, *, note: str | None, mark: str | None, position: int | None
    ) -> BasketEntry:
        """Another note, index number or place (from 1) for an entry; what is None stays."""
        entries = list(self.of(person).entries)
        known = _find(entries, key)
        if mark and any(one.mark == mark and one.id != key for one in entries):
            raise ParameterError(f"parameter 'mark' is {mark!r}; expected an index number that no other entry has.")
        with self._database.transaction():
            self._database.run(
                "UPDATE basket_entries SET note = ?, mark = ? WHERE id = ?",
                *(known.note if note is None else note, known.mark if mark is None else mark, key),
            )
            if position is not None:
                rest = [one.id for one in entries if one.id != key]
                rest.insert(max(0, min(position - 1, len(rest))), key)
                for place, one in enumerate(rest, start=1):
                    self._database.run("UPDATE basket_entries SET position = ? WHERE id = ?", place, one)
        return self._get(person, key)

    def write_fields(self, person: Person, fields: PaperFields) -> Basket:
        """Other fields of the paper."""
        owner = self._owner(person)
        with self._database.transaction():
            self._begin(owner, person.name)
            self._database.run(
                "UPDATE baskets SET fields = ?, changed_at = ? WHERE owner = ?",
                *(json.dumps(asdict(fields), ensure_ascii=False), utc_now(), owner),
            )
        return self.of(person)

    def remove(self, person: Person, key: str | None = None) -> int:
        """Remove an entry, or all; how many. Raises NoSuchName for an entry that is not in this basket."""
        if key is None:
            return self._database.run("DELETE FROM basket_entries WHERE owner = ?", self._owner(person))
        _find(self.of(person).entries, key)
        return self._database.run("DELETE FROM basket_entries WHERE id = ?", key)

    def _get(self, person: Person, key: str) -> BasketEntry:
        return _find(self.of(person).entries, key)

    def _begin(self, owner: str, name: str) -> None:
        self._database.run(
            "INSERT OR IGNORE INTO baskets VALUES (?, ?, ?, ?, 0)",
            *(owner, name, json.dumps(asdict(PaperFields()), ensure_ascii=False), utc_now()),
        )

    def _owner(self, person: Person) -> str:
        """The owner of a person's basket, his key; restored baskets of his name become part of it."""
        restored = self._database.rows(_RESTORED, person.key, person.name)
        if restored:
            with suppress(StoreUnavailable), self._database.transaction():  # a full disk: the next time
                for row in self._database.rows(_RESTORED, person.key, person.name):
                    self._take_over(row, person)
        return person.key

    def _take_over(self, restored: dict[str, Any], person: Person) -> None:
        """Put a restored basket behind what a person has; what both have stays his. His own fields stay, if he filled any."""
        self._begin(person.key, person.name)
        own, other = (
            self._database.rows(
                "SELECT id, subject, mark FROM basket_entries WHERE owner = ? ORDER BY position, added_at, id", owner
            )
            for owner in (person.key, restored["owner"])
        )
        subjects, marks = {row["subject"] for row in own}, {row["mark"] for row in own if row["mark"]}
        new = [row for row in other if row["subject"] not in subjects]
        for place, row in enumerate(new, start=len(own) + 1):
            mark = f"{row['mark']}{_SECOND_MARK}" if row["mark"] in marks else row["mark"]
            self._database.run(
                "UPDATE basket_entries SET owner = ?, position = ?, mark = ? WHERE id = ?",
                person.key,
                place,
                mark,
                row["id"],
            )
        for place, row in enumerate(own, start=1):
            self._database.run("UPDATE basket_entries SET position = ? WHERE id = ?", place, row["id"])
        self._database.run("DELETE FROM basket_entries WHERE owner = ?", restored["owner"])
        self._database.run("DELETE FROM baskets WHERE owner = ?", restored["owner"])
        fields = self._database.rows("SELECT fields FROM baskets WHERE owner = ?", person.key)[0]["fields"]
        if PaperFields(**json.loads(fields)) == PaperFields():
            self._database.run("UPDATE baskets SET fields = ? WHERE owner = ?", restored["fields"], person.key)


def subject_key(subject: Subject) -> str:
    """``item 娄底市-娄发2017-4:s2.4-20``: a subject as one word, by which it is found in a basket."""
    if subject.kind == "place":
        return f"place {subject.document} {subject.start}-{subject.end}"
    return f"{subject.kind} {subject.id}"


def _find(entries: Sequence[BasketEntry], key: str) -> BasketEntry:
    for one in entries:
        if one.id == key:
            return one
    raise NoSuchName(
        f'No entry (底稿条目) has the id "{key[:200]}". Expected an id of your own basket, GET /v1/baskets.'
    )


def _entry(place: int, row: dict[str, Any], prefix: str) -> BasketEntry:
    kept = json.loads(row["kept"])
    left_out = kept.pop("left_out", 0)
    point = PointedAt(
        **kept
        | {
            "subject": Subject(**kept["subject"]),
            "places": tuple(Place(*one) for one in kept["places"]),
            "fingerprint": Fingerprint(**kept["fingerprint"]),
        }
    )
    index = row["mark"] or f"{prefix}-{place:02d}"
    return BasketEntry(row["id"], place, index, row["mark"], row["note"], row["added_at"], point, left_out)


def _to_json(point: PointedAt) -> str:
    kept = asdict(replace(point, places=()))
    kept["places"] = [[one.what, one.start, one.end, one.quote] for one in point.places[:MOST_PLACES]]
    kept["left_out"] = max(0, len(point.places) - MOST_PLACES)
    return json.dumps(kept, ensure_ascii=False)
