"""A store made again from a backup (`loaders.storing.archive`), on any engine, and compared with what the backup says.

1. The archive is opened and checked: its format, and the SHA-256 of every file in it. A store that has documents which the
   archive has not is refused: a restore adds, it never mixes or removes.
2. The units of judgements are written, then the judgements, then where old ids lead.
3. Each document is read from its text and options and loaded, several to a transaction. One that is there already is compared
   and left, so an interrupted restore goes on where it stopped.
4. The facts of each document and all counts are compared with those of the archive. If another version of parser or vocabulary
   wrote it, what is read anew may differ: then it is counted as read anew, not as a fault.

Example: ``restore_archive(Path("plans.zip"), store).faults`` is empty.

Left to others: reading a text (`loaders.plan`), writing it (`loaders.storing.load`).
"""

import hashlib
import zipfile
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import msgspec

from graph.errors import DocumentConflict, UnreadableSource, ZerenError
from graph.model import Plan
from graph.store.contract import Store
from loaders.plan import PARSER_VERSION, VOCABULARY_VERSION
from loaders.storing.archive import (
    FORMAT,
    JUDGEMENTS,
    MANIFEST,
    UNCOUNTED,
    ArchivedDocument,
    ArchivedJudgements,
    ArchiveManifest,
    facts_hash,
)
from loaders.storing.differences import read_stored
from loaders.storing.judgements import store_judgement
from loaders.storing.load import load_new, load_plan, load_units
from loaders.storing.reread import read_under

_TOGETHER = 40_000  # characters of text in one transaction: a service that restores has the small heap of a server
_SHOWN = 3


class RestoreReport(msgspec.Struct, frozen=True):
    """What a restore did. ``faults`` say what is not as the archive has it; ``read_anew``: documents that another version
    wrote, whose facts differ.
    """

    documents: int
    judgements: int
    counts: dict[str, int]
    data_version: int
    read_anew: tuple[str, ...]
    faults: tuple[str, ...]


def restore_archive(path: Path, store: Store) -> RestoreReport:
    """Load everything of the archive at ``path`` into ``store``. Raises UnreadableSource for a file that is no whole archive,
    DocumentConflict for a store with other documents.
    """
    try:
        with zipfile.ZipFile(path) as packed:
            manifest, judged = _checked(packed)
            _refuse_others(store, manifest)
            _restore_judgements(store, judged)
            faults = list(_load(packed, manifest, store))
    except (zipfile.BadZipFile, KeyError, OSError, EOFError, NotImplementedError) as error:
        raise _no_archive(f"{type(error).__name__}: {error}") from error
    except msgspec.MsgspecError as error:
        raise _no_archive(str(error)) from error
    different, counts, version = _compared(store, manifest)
    same = (manifest.parser_version, manifest.vocabulary_version) == (PARSER_VERSION, VOCABULARY_VERSION)
    if same:
        faults += [f"{key}: its facts are not those of the archive" for key in different]
        names = sorted(counts.keys() | manifest.counts.keys())
        faults += [
            f"{name}: {counts.get(name, 0)} of {manifest.counts.get(name, 0)}"
            for name in names
            if counts.get(name, 0) != manifest.counts.get(name, 0)
        ]
    return RestoreReport(
        len(manifest.documents),
        len(judged.judgements),
        counts,
        version,
        () if same else tuple(different),
        tuple(faults),
    )


def other_files(path: Path) -> dict[str, bytes]:
    """What the archive at ``path``, which was restored, holds beside the store."""
    with zipfile.ZipFile(path) as packed:
        manifest = msgspec.json.decode(packed.read(MANIFEST), type=ArchiveManifest)
        return {name: packed.read(name) for name in manifest.others}


def _checked(packed: zipfile.ZipFile) -> tuple[ArchiveManifest, ArchivedJudgements]:
    """The manifest and the judgements of an archive in which every file is as it was written."""
    manifest = msgspec.json.decode(packed.read(MANIFEST), type=ArchiveManifest)
    if manifest.format != FORMAT:
        raise _no_archive(f"it has the format {manifest.format}, this version reads {FORMAT}")
    expected = {entry.file: entry.sha256 for entry in manifest.documents}
    expected |= {JUDGEMENTS: manifest.judgements_sha256, **manifest.others}
    for name, digest in expected.items():
        if hashlib.sha256(packed.read(name)).hexdigest() != digest:
            raise _no_archive(f"{name} in it was changed")
    return manifest, msgspec.json.decode(packed.read(JUDGEMENTS), type=ArchivedJudgements)


def _no_archive(met: str) -> UnreadableSource:
    return UnreadableSource(
        f"the file is no whole backup ({met}); expected one of zeren backup. Nothing was restored from it."
    )


def _refuse_others(store: Store, manifest: ArchiveManifest) -> None:
    there = {row["id"] for row in store.read(lambda reading: reading.rows("load/document-ids"))}
    others = sorted(there - {entry.id for entry in manifest.documents})
    if others:
        raise DocumentConflict(
            f"the store has {len(others)} documents that the backup has not ({', '.join(others[:_SHOWN])}); expected an empty "
            f"store, or one that this backup was being restored into. Give another --store."
        )


def _restore_judgements(store: Store, judged: ArchivedJudgements) -> None:
    """Write the judgements that are not there, and where old ids lead."""
    if judged.units:
        load_units(judged.units, store)
    known = {
        (row["unit"], row["other"], row["at"]) for row in store.read(lambda reading: reading.rows("read/judgements"))
    }
    for one in judged.judgements:
        if (one.unit, one.other, one.at) not in known:
            store_judgement(store, one)
    if judged.aliases:
        rows = [{"id": old, "target": new, "several": False, "at": ""} for old, new in judged.aliases.items()]
        store.write(lambda writing: writing.rows("load/note-aliases", {"rows": rows}))


def _load(packed: zipfile.ZipFile, manifest: ArchiveManifest, store: Store) -> Iterator[str]:
    """Load every document; why one could not be."""
    for now, group in groupby(_documents(packed, manifest), key=lambda one: one.loaded_at):
        together: list[Plan] = []
        for one in group:
            try:
                together.append(read_under(one.id, one.source, one.options))
            except (ZerenError, ValueError) as error:
                yield f"{one.id}: cannot be read ({error})"
            if sum(len(plan.text) for plan in together) > _TOGETHER:
                yield from _load_together(together, store, now)
                together = []
        yield from _load_together(together, store, now)


def _documents(packed: zipfile.ZipFile, manifest: ArchiveManifest) -> Iterator[ArchivedDocument]:
    """The documents in the order in which they were loaded, one after the other out of the file."""
    loaded = []
    for entry in manifest.documents:
        one = msgspec.json.decode(packed.read(entry.file), type=ArchivedDocument)
        loaded.append((one.loaded_at, one.id, entry.file))
    for _, _, file in sorted(loaded):
        yield msgspec.json.decode(packed.read(file), type=ArchivedDocument)


def _load_together(plans: list[Plan], store: Store, now: str) -> Iterator[str]:
    new = load_new(plans, store, now=now) if len(plans) > 1 else set()
    for place, plan in enumerate(plans):
        if place not in new:
            try:
                load_plan(plan, store, allow_empty=True, now=now)
            except ZerenError as error:
                yield f"{plan.document.id}: {error}"


def _compared(store: Store, manifest: ArchiveManifest) -> tuple[list[str], dict[str, int], int]:
    """The documents whose facts are not those of the archive, the counts, the data version."""
    different = []
    for entry in manifest.documents:
        rows = store.read(lambda reading, key=entry.id: read_stored(reading, key))  # type: ignore[misc]
        if facts_hash(rows) != entry.facts_sha256:
            different.append(entry.id)
    version, found = store.read(lambda reading: (reading.data_version, reading.rows("read/counts")))
    return different, {row["name"]: row["count"] for row in found if row["name"] not in UNCOUNTED}, version
