"""A backup of any store makes the same store again on any other; what is damaged, or would mix, is refused."""

import shutil
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import msgspec
import pytest

from graph.errors import DocumentConflict, StoreBusy, UnreadableSource
from graph.judgements import Judgement, read_judgements
from graph.store.contract import Store
from graph.store.embedded.store import EmbeddedStore
from loaders.plan import parse_plan
from loaders.storing.archive import JUDGEMENTS, MANIFEST, UNCOUNTED, make_archive
from loaders.storing.check import check
from loaders.storing.judgements import store_judgement
from loaders.storing.load import load_plan, remove_document
from loaders.storing.restore import restore_archive
from tests.api.conftest import OTHER_CITY as OTHER
from tests.conftest import SAMPLE, clear

NOW = "2026-11-30T08:00:00+00:00"


def fill(store: Store) -> None:
    load_plan(parse_plan(SAMPLE.read_text(encoding="utf-8")), store, now="2026-01-01T00:00:00+00:00")
    load_plan(parse_plan(OTHER), store, now="2026-01-02T00:00:00+00:00")


def counts(store: Store) -> dict[str, int]:
    return {name: count for name, count in store.status().counts.items() if name not in (*UNCOUNTED, "Alias")}


@pytest.fixture
def another(empty_folder: Path, tmp_path: Path) -> Iterator[Store]:
    with closing(EmbeddedStore(shutil.copytree(empty_folder, tmp_path / "another"))) as made:
        yield made


def test_a_store_comes_back_on_another_engine_and_on_its_own(kept: Store, another: Store, tmp_path: Path) -> None:
    fill(kept)
    judged = Judgement(
        "临江市:市编办", "临江市:市政府法制办", "same", "王五", "2026-01-03T00:00:00.000001+00:00", "更名"
    )
    store_judgement(kept, judged)
    load_plan(parse_plan(OTHER.replace("健全制度", "健全各项制度")), kept, now="2026-01-04T00:00:00+00:00")
    before = counts(kept)
    made = make_archive(kept, tmp_path / "a.zip", now=NOW)
    assert (len(made.documents), made.judgements, made.counts) == (2, 1, before)
    clear(kept)
    for target in (another, kept):
        report = restore_archive(tmp_path / "a.zip", target)
        assert (report.faults, report.read_anew, report.counts) == ((), (), before)
        assert counts(target) == before
        assert target.read(read_judgements)[-1] == judged
        assert check(target).differences == ()
    again = make_archive(another, tmp_path / "b.zip", now=NOW)
    assert again.documents == made.documents
    assert another.read(lambda reading: reading.rows("read/data-age")) == [{"loaded_at": "2026-01-04T00:00:00+00:00"}]


def test_an_interrupted_restore_goes_on(another: Store, embedded_sample: Store, tmp_path: Path) -> None:
    make_archive(embedded_sample, tmp_path / "a.zip", now=NOW)
    assert restore_archive(tmp_path / "a.zip", another).faults == ()
    version = another.status().data_version
    assert restore_archive(tmp_path / "a.zip", another).faults == ()
    assert another.status().data_version == version


def test_a_store_with_other_documents_is_refused(another: Store, embedded_sample: Store, tmp_path: Path) -> None:
    load_plan(parse_plan(OTHER), another, now=NOW)
    make_archive(embedded_sample, tmp_path / "a.zip", now=NOW)
    with pytest.raises(DocumentConflict, match="1 documents that the backup has not"):
        restore_archive(tmp_path / "a.zip", another)


@contextmanager
def changed(path: Path, target: Path) -> Iterator[dict[str, bytes]]:
    """The files of an archive, to be changed and packed again."""
    with zipfile.ZipFile(path) as packed:
        files = {name: packed.read(name) for name in packed.namelist()}
    yield files
    with zipfile.ZipFile(target, "w") as packed:
        for name, data in files.items():
            packed.writestr(name, data)


def lose_a_file(files: dict[str, bytes]) -> None:
    del files["documents/000001.json"]


def change_a_text(files: dict[str, bytes]) -> None:
    files["documents/000001.json"] = files["documents/000001.json"].replace("法治".encode(), "法制".encode())


def change_a_judgement(files: dict[str, bytes]) -> None:
    files[JUDGEMENTS] = b'{"judgements":[],"units":[],"aliases":{"a":"b"}}'


def raise_the_format(files: dict[str, bytes]) -> None:
    files[MANIFEST] = files[MANIFEST].replace(b'"format": 1', b'"format": 2')


def break_the_manifest(files: dict[str, bytes]) -> None:
    files[MANIFEST] = b"{"


@pytest.mark.parametrize(
    "damage", [lose_a_file, change_a_text, change_a_judgement, raise_the_format, break_the_manifest]
)
def test_a_damaged_archive_is_refused_before_anything_is_written(
    another: Store, embedded_sample: Store, tmp_path: Path, damage: Callable[[dict[str, bytes]], None]
) -> None:
    make_archive(embedded_sample, tmp_path / "a.zip", now=NOW)
    with changed(tmp_path / "a.zip", tmp_path / "b.zip") as files:
        damage(files)
    (tmp_path / "c.zip").write_bytes(b"no archive")
    (tmp_path / "d.zip").write_bytes((tmp_path / "a.zip").read_bytes()[:-300])
    for name in ("b.zip", "c.zip", "d.zip"):
        with pytest.raises(UnreadableSource, match="no whole backup"):
            restore_archive(tmp_path / name, another)
    assert sum(counts(another).values()) == 0


def test_what_another_version_wrote_is_read_anew_and_told(
    another: Store, embedded_sample: Store, tmp_path: Path
) -> None:
    make_archive(embedded_sample, tmp_path / "a.zip", now=NOW)
    with changed(tmp_path / "a.zip", tmp_path / "b.zip") as files:
        said = msgspec.json.decode(files[MANIFEST])
        said["parser_version"] = "1"
        said["documents"][0]["facts_sha256"] = "of other facts"
        files[MANIFEST] = msgspec.json.encode(said)
    report = restore_archive(tmp_path / "b.zip", another)
    assert (report.faults, report.read_anew) == ((), ("娄底市-娄发2017-4",))


class Moving:
    """A store into which somebody loads while it is read: before each ``every``th of the first ``most`` reads."""

    def __init__(self, store: Store, every: int, most: int) -> None:
        self._store, self._every, self._most, self._reads = store, every, most, 0

    def read(self, work):  # type: ignore[no-untyped-def]
        self._reads += 1
        if self._reads % self._every == 0 and self._reads <= self._most:
            text = OTHER.replace("健全制度", f"健全制度第{self._reads}次")
            load_plan(parse_plan(text), self._store, now=f"2026-12-01T00:00:{self._reads:02d}+00:00")
        return self._store.read(work)


def test_a_backup_waits_for_no_load_and_is_of_one_version(another: Store, tmp_path: Path) -> None:
    fill(another)
    made = make_archive(Moving(another, 2, 6), tmp_path / "a.zip", now=NOW)  # type: ignore[arg-type]
    assert made.counts == counts(another)
    for document in ("娄底市-娄发2017-4", "临江市-临发2017-4"):
        remove_document(document, another)
    assert restore_archive(tmp_path / "a.zip", another).faults == ()


def test_a_store_that_never_rests_is_told(another: Store, tmp_path: Path) -> None:
    load_plan(parse_plan(OTHER), another, now=NOW)
    with pytest.raises(StoreBusy, match="Try again"):
        make_archive(Moving(another, 1, 1000), tmp_path / "a.zip", now=NOW)  # type: ignore[arg-type]
