"""A backup: everything from which a store can be made again, in one zip file, whatever engine the store is on.

Order of steps in `make_archive`: read which documents there are; take each one's source and options in a read of its own, so
that loads need not wait; look again, and take those anew that were loaded meanwhile, until nothing has changed; write the file.

===================  =======================================================================================
``manifest.json``    versions, counts, and of every document its file, the SHA-256 of that and of its facts
``documents/…``      a document: its text, tables and notes of the file, the options it was read with
``judgements.json``  judgements of people, with the units they are on; ids of earlier readings and what they mean now
others               what the service keeps beside the store, by the names it gives: notes and baskets
===================  =======================================================================================

Example: ``make_archive(store, Path("plans.zip"), now=…)`` of the sample is some 30 KB.

Left to others: making the store again (`loaders.storing.restore`). Keys and the audit log are no part of a store.
"""

import hashlib
import json
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any

import msgspec

from graph.errors import StoreBusy
from graph.judgements import Judgement, read_judgements
from graph.model import ParseOptions
from graph.store.contract import ReadTransaction, Store
from loaders.files.source import Source
from loaders.plan import PARSER_VERSION, VOCABULARY_VERSION
from loaders.storing.differences import NOTES, TREE, read_stored
from loaders.storing.rows import Properties, Rows
from loaders.storing.stored_source import stored_source, stored_texts

FORMAT = 1
MANIFEST, JUDGEMENTS = "manifest.json", "judgements.json"
UNCOUNTED = ("Meta", "Migration")  # of the store itself
_LOOKS = 20  # at a store that is written all the time
_BATCH = 500  # ids a statement


class ArchivedDocument(msgspec.Struct, frozen=True):
    """One document of an archive: what it was read from, and how."""

    id: str
    loaded_at: str
    parser_version: str | None
    vocabulary_version: str | None
    source: Source
    options: ParseOptions


class ArchiveEntry(msgspec.Struct, frozen=True):
    """What the manifest says of one document."""

    id: str
    file: str
    sha256: str
    facts_sha256: str


class ArchiveManifest(msgspec.Struct, frozen=True):
    """What an archive holds. ``counts`` are those of the store by label and type."""

    format: int
    created_at: str
    data_version: int
    parser_version: str
    vocabulary_version: str
    counts: dict[str, int]
    documents: tuple[ArchiveEntry, ...]
    judgements: int
    judgements_sha256: str
    others: dict[str, str] = {}  # the SHA-256 of each


class ArchivedJudgements(msgspec.Struct, frozen=True):
    """Judgements oldest first, the units that they are on, and where old ids lead."""

    judgements: tuple[Judgement, ...]
    units: tuple[dict[str, Any], ...]
    aliases: dict[str, str]


@dataclass(frozen=True, slots=True)
class _Taken:
    """A document that was read: its marks in that read, its file (compressed), the hash of its facts, the old ids that lead
    to what it states.
    """

    marks: tuple[Any, ...]
    version: int
    packed: bytes
    facts: str
    aliases: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class _State:
    """The store at one version: the marks of each document, counts, judgements and the units that these are on."""

    version: int
    marks: Mapping[str, tuple[Any, ...]]
    counts: dict[str, int]
    judgements: list[Judgement]
    units: list[Properties]


def make_archive(
    store: Store, target: Path, *, now: str, others: Mapping[str, bytes] = MappingProxyType({})
) -> ArchiveManifest:
    """Write an archive of ``store``, and of ``others`` by their names, to ``target`` at ``now`` (ISO time). Raises StoreBusy if
    loads never pause.
    """
    taken: dict[str, _Taken] = {}
    for _ in range(_LOOKS):
        state = store.read(_state)
        stale = [key for key, marks in state.marks.items() if not _holds(taken.get(key), marks, state.version, now)]
        if not stale:
            return _written(target, state, {key: taken[key] for key in sorted(state.marks)}, now, others)
        for key in stale:
            if (one := store.read(partial(_take, key=key))) is not None:
                taken[key] = one
    raise StoreBusy("loads kept changing the store while it was backed up; expected a pause. Try again.")


def _holds(taken: _Taken | None, marks: tuple[Any, ...], version: int, began: str) -> bool:
    """Whether what was taken of a document is what it is now; times count in seconds, so a load after ``began`` is taken
    anew.
    """
    if taken is None or taken.marks != marks:
        return False
    return taken.version == version or str(marks[0]) < began


def _state(reading: ReadTransaction) -> _State:
    ids = [row["id"] for row in reading.rows("load/document-ids")]
    marks = {}
    for start in range(0, len(ids), _BATCH):
        for row in reading.rows("load/stored-node/document", {"ids": ids[start : start + _BATCH]}):
            marks[row["properties"]["id"]] = _marks(row["properties"])
    judged = read_judgements(reading)
    units = sorted({unit for one in judged for unit in (one.unit, one.other)})
    nodes = reading.rows("load/stored-node/unit", {"ids": units}) if units else []
    counts = {row["name"]: row["count"] for row in reading.rows("read/counts") if row["name"] not in UNCOUNTED}
    return _State(reading.data_version, marks, counts, judged, [row["properties"] for row in nodes])


def _marks(document: Properties) -> tuple[Any, ...]:
    names = ("loaded_at", "text_sha256", "file_sha256", "options", "parser_version", "vocabulary_version")
    return tuple(document.get(name) for name in names)


def _take(reading: ReadTransaction, *, key: str) -> _Taken | None:
    properties, texts = stored_texts(reading, key)
    if not texts:  # removed meanwhile
        return None
    source, options = stored_source(properties, texts[0])
    said = ArchivedDocument(
        key,
        str(properties.get("loaded_at") or ""),
        properties.get("parser_version"),
        properties.get("vocabulary_version"),
        source,
        options,
    )
    rows = read_stored(reading, key)
    ends = {end for one in rows.relationships.values() for end in one.ends}
    aliases = tuple((row["id"], row["target"]) for row in reading.rows("read/aliases-to", {"targets": sorted(ends)}))
    packed = zlib.compress(msgspec.json.encode(said), 1)
    return _Taken(_marks(properties), reading.data_version, packed, facts_hash(rows), aliases)


def facts_hash(rows: Rows) -> str:
    """The SHA-256 of what a store states of one document; two stores that state the same have the same."""
    digest = hashlib.sha256()
    for label in TREE:
        for key, properties in sorted(rows.nodes.get(label, {}).items()):
            digest.update(_line(label, key, {n: v for n, v in properties.items() if n not in NOTES}))
    for _, one in sorted(rows.relationships.items()):
        digest.update(_line(one.type, one.from_id, one.to_id, one.properties))
    return digest.hexdigest()


def _line(*words: Any) -> bytes:
    return json.dumps(words, ensure_ascii=False, sort_keys=True).encode("utf-8", "surrogatepass") + b"\n"


def _written(
    target: Path, state: _State, taken: Mapping[str, _Taken], now: str, others: Mapping[str, bytes]
) -> ArchiveManifest:
    entries = []
    aliases = sorted({alias for one in taken.values() for alias in one.aliases})
    said = msgspec.json.encode(ArchivedJudgements(tuple(state.judgements), tuple(state.units), dict(aliases)))
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as packed:
        for number, (key, one) in enumerate(taken.items(), start=1):
            data = zlib.decompress(one.packed)
            name = f"documents/{number:06d}.json"
            packed.writestr(name, data)
            entries.append(ArchiveEntry(key, name, hashlib.sha256(data).hexdigest(), one.facts))
        for name, data in {JUDGEMENTS: said, **others}.items():
            packed.writestr(name, data)
        made = ArchiveManifest(
            FORMAT,
            now,
            state.version,
            PARSER_VERSION,
            VOCABULARY_VERSION,
            state.counts,
            tuple(entries),
            len(state.judgements),
            hashlib.sha256(said).hexdigest(),
            {name: hashlib.sha256(data).hexdigest() for name, data in others.items()},
        )
        packed.writestr(MANIFEST, msgspec.json.format(msgspec.json.encode(made), indent=1))
    return made
