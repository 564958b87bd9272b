"""Folders and many files at once: what is read, what is left out, children that die or take too long."""

import os
from pathlib import Path

import pytest

from graph.model import ParseOptions, Plan
from loaders.bulk import parse_files
from loaders.children.job import Job
from loaders.children.limits import ReadLimits
from loaders.children.pool import Readers
from loaders.files.folders import files_of
from loaders.files.read import file_digest
from loaders.files.source import Source
from loaders.plan import parse_plan

PLAN = "临江市第{n}号工作方案\n一、任务\n1.清理文件。\n牵头单位：市司法局。\n"


@pytest.fixture
def plans(tmp_path: Path) -> Path:
    folder = tmp_path / "plans"
    for n in range(6):
        place = folder / f"{n % 2}"
        place.mkdir(parents=True, exist_ok=True)
        (place / f"{n}.txt").write_text(PLAN.format(n=n), "utf-8")
    return folder


def test_a_folder_is_walked_in_order_and_says_what_it_leaves_out(plans: Path) -> None:
    (plans / ".hidden").write_text("x")
    (plans / "~$方案.docx").write_text("x")
    (plans / ".git").mkdir()
    (plans / "loop").symlink_to(plans)
    (plans / "round").symlink_to(plans / "round")
    (plans / "gone.txt").symlink_to(plans / "nowhere")
    (plans / "again.txt").symlink_to(plans / "0" / "0.txt")
    os.mkfifo(plans / "pipe")
    files, left = files_of([str(plans), str(plans / "1" / "1.txt")])
    assert [Path(file).name for file in files] == ["again.txt", "2.txt", "4.txt", "1.txt", "3.txt", "5.txt"]
    assert {(Path(path).name, reason.partition(" (")[0]) for path, reason in left} == {
        (".hidden", "a hidden file"),
        ("~$方案.docx", "the lock file of an office program"),
        (".git", "a hidden folder"),
        ("loop", "a link to a folder"),
        ("round", "a link that leads nowhere"),
        ("gone.txt", "a link that leads nowhere"),
        ("pipe", "no file"),
        ("0.txt", "the same file was met before"),
        ("1.txt", "the same file was met before"),
    }


def test_a_walk_that_meets_an_error_tells_it(plans: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.scandir

    def closed(path: str) -> object:
        if str(path).endswith("0"):
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", closed)
    files, left = files_of([str(plans)])
    assert len(files) == 3
    assert left == [(str(plans / "0"), "the folder cannot be opened (Permission denied)")]


@pytest.mark.server
def test_children_read_every_file_once(plans: Path) -> None:
    (plans / "bad.docx").write_bytes(b"PK\x03\x04 broken")
    (plans / "known.txt").write_text("known")
    files, _ = files_of([str(plans)])
    known = {file_digest(b"known"): "临江市-旧"}
    with Readers(lambda: ReadLimits(children=2)) as readers:
        read = {
            Path(o.path).name: o for o in parse_files(files, Job(options=ParseOptions(region="云溪县")), known, readers)
        }
    assert sorted(read) == ["0.txt", "1.txt", "2.txt", "3.txt", "4.txt", "5.txt", "bad.docx", "known.txt"]
    assert read["known.txt"].known == "临江市-旧"
    assert "damaged" in str(read["bad.docx"].error)
    plan = read["3.txt"].plan
    assert plan is not None
    assert plan.document.source == "3.txt"
    assert (plan.document.region, [d.as_written for d in plan.items[0].duties]) == ("云溪县", ["市司法局"])


@pytest.mark.server
def test_a_child_that_does_not_end_takes_no_other_file_along(plans: Path) -> None:
    # four megabytes that are run together: a minute on a fast machine
    (plans / "endless.txt").write_text("序号工作任务责任单位完成时限" + "1清理市财政局（牵头）" * 120_000)
    files = files_of([str(plans)])[0]
    with Readers(lambda: ReadLimits(seconds=8, children=2)) as readers:
        outcomes = {Path(o.path).name: o for o in parse_files(files, Job(), {}, readers)}
    assert len(outcomes) == 7
    assert "was not read within 8 seconds (ZEREN_READ_SECONDS)" in str(outcomes["endless.txt"].error)
    assert all(outcome.plan for name, outcome in outcomes.items() if name != "endless.txt")


def test_a_fault_beside_the_reading_is_the_failure_of_its_file(plans: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def plan(job: Job) -> Plan:
        if str(job.path).endswith("3.txt"):
            raise OSError("no process can be started")
        return parse_plan(Source(PLAN.format(n=1)))

    with Readers(lambda: ReadLimits(children=2)) as readers:
        monkeypatch.setattr(readers, "plan", plan)
        outcomes = {Path(o.path).name: o for o in parse_files(files_of([str(plans)])[0], Job(), {}, readers)}
    assert "OSError: no process can be started" in str(outcomes.pop("3.txt").error)
    assert all(outcome.plan for outcome in outcomes.values())


@pytest.mark.server
def test_a_caller_that_wants_no_more_ends_the_children(plans: Path) -> None:
    files = files_of([str(plans)])[0]
    readers = Readers(lambda: ReadLimits(children=1))
    outcomes = parse_files(files, Job(), {}, readers)
    assert next(outcomes).plan is not None
    outcomes.close()
    assert not readers._idle
    assert not readers._busy
