"""``zeren parse DIR --out``: records of a folder, in shards, gone on with, beside files that fail."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from api.cli.main import app
from graph.model import Plan
from loaders.mapping.record import is_whole
from loaders.storing.rows import plan_rows

pytestmark = pytest.mark.server
PLAN = "临江市人民政府文件\n临政发〔2017〕{n}号\n临江市第{n}号工作方案\n一、任务\n1.清理文件。\n牵头单位：市司法局。\n"


@pytest.fixture
def plans(tmp_path: Path) -> Path:
    folder = tmp_path / "plans"
    for n in range(1, 7):
        place = folder / f"{n % 2}"
        place.mkdir(parents=True, exist_ok=True)
        (place / f"{n}.txt").write_text(PLAN.format(n=n), "utf-8")
    (folder / "broken.docx").write_bytes(b"PK\x03\x04 broken")
    (folder / "prose.txt").write_text("没有任务。", "utf-8")
    (folder / "Thumbs.db").write_bytes(b"x")
    return folder


def run(plans: Path, out: Path, *more: str) -> Any:
    done = CliRunner().invoke(app, ["parse", str(plans), "--out", str(out), *more])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done


def records(out: Path) -> dict[str, dict[str, Any]]:
    return {one["file"]: one for one in map(json.loads, out.read_text("utf-8").splitlines())}


def test_every_plan_is_a_record_and_every_other_file_is_named_with_the_reason(plans: Path, tmp_path: Path) -> None:
    done = run(plans, tmp_path / "out.ndjson")
    assert done.exit_code == 1
    assert "共 8 个文件：读出 6，已有 0，失败 1，略过 2" in done.stdout
    assert set(records(tmp_path / "out.ndjson")) == {f"{n % 2}/{n}.txt" for n in range(1, 7)}
    told = [json.loads(line) for line in (tmp_path / "out.ndjson.failures.ndjson").read_text("utf-8").splitlines()]
    assert {(one["file"], "error" in one) for one in told} == {
        ("broken.docx", True),
        ("prose.txt", False),
        ("Thumbs.db", False),
    }


def test_a_record_has_the_rows_that_a_load_writes(tmp_path: Path, sample_plan: Plan) -> None:
    run(Path("examples/loudi-2017.txt"), tmp_path / "out.ndjson")
    (line,) = (tmp_path / "out.ndjson").read_bytes().splitlines(keepends=True)
    record, rows = json.loads(line), plan_rows(sample_plan, now="")
    assert is_whole(line)
    assert not is_whole(line.replace("市编办".encode(), "市委办".encode(), 1))
    for label, nodes in rows.nodes.items():
        expected = [{k: v for k, v in one.items() if k != "loaded_at"} for one in nodes.values()]
        assert record["nodes"][label] == expected
    assert sum(map(len, record["relationships"].values())) == len(rows.relationships)
    assert {one["from"] for one in record["relationships"]["LEADS"] if one["to"].endswith("s2.4-20")} == {
        "娄底市:市编办",
        "娄底市:市政府法制办",
    }
    assert record["plan"]["items"][19]["number"] == 20
    assert record["coverage"]["characters"] == len(sample_plan.text)


def test_shards_have_together_what_one_run_has_whoever_reads_them(plans: Path, tmp_path: Path) -> None:
    run(plans, tmp_path / "whole.ndjson")
    (tmp_path / "parts").mkdir()
    for part in ("1/2", "2/2"):
        run(plans, tmp_path / "parts", "--shard", part)
    parts = [records(one) for one in sorted((tmp_path / "parts").glob("plans-?-of-2.ndjson"))]
    assert len(parts) == 2
    assert not parts[0].keys() & parts[1].keys()
    assert parts[0] | parts[1] == records(tmp_path / "whole.ndjson")


def test_a_second_run_reads_what_is_new_or_changed_alone(plans: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.ndjson"
    run(plans, out)
    before = out.read_bytes()
    assert "读出 0，已有 6，失败 1" in run(plans, out).stdout
    assert out.read_bytes() == before
    (plans / "0" / "2.txt").write_text(PLAN.format(n=22), "utf-8")
    (plans / "1" / "3.txt").unlink()
    done = run(plans, out)
    assert "读出 1，已有 4" in done.stdout
    assert "有 1 个文件的记录，文件夹里已没有这些文件" in done.stderr
    assert out.read_bytes().startswith(before)
    assert records(out)["0/2.txt"]["document"] == "临江市-临政发2017-22"
    assert "读出 5，已有 0" in run(plans, out, "--encoding", "utf-8").stdout


def test_a_line_cut_off_by_a_kill_is_told_and_read_again(plans: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.ndjson"
    run(plans, out)
    whole = out.read_bytes()
    out.write_bytes(whole[:-100])
    done = run(plans, out)
    assert "末行不完整" in done.stderr
    assert "读出 1，已有 5" in done.stdout
    assert sorted(out.read_bytes().splitlines()) == sorted(whole.splitlines())


def test_a_killed_run_is_gone_on_with(plans: Path, tmp_path: Path) -> None:
    for n in range(10, 400):
        (plans / f"{n}.txt").write_text(PLAN.format(n=n), "utf-8")
    out = tmp_path / "out.ndjson"
    program = "from api.cli.main import main; main()"
    started = subprocess.Popen(
        [sys.executable, "-c", program, "parse", str(plans), "--out", str(out)], start_new_session=True
    )
    end = time.monotonic() + 60
    while not (out.exists() and out.stat().st_size) and time.monotonic() < end:
        time.sleep(0.02)
    os.killpg(started.pid, signal.SIGKILL)
    started.wait()
    found = len(out.read_bytes().splitlines())
    assert 0 < found < 396
    done = run(plans, out)
    assert "失败 1" in done.stdout, done.output
    assert len(records(out)) == len(out.read_bytes().splitlines()) == 396


@pytest.mark.parametrize("shard", ["0/2", "3/2", "x", "1/0"])
def test_a_shard_that_is_none_is_refused(plans: Path, tmp_path: Path, shard: str) -> None:
    done = run(plans, tmp_path / "out.ndjson", "--shard", shard)
    assert done.exit_code == 1
    assert "expected i/n" in done.stderr
    assert not (tmp_path / "out.ndjson").exists()


def test_an_output_is_not_written_where_it_would_be_read_or_over_something_else(plans: Path, tmp_path: Path) -> None:
    assert "expected a place outside" in run(plans, plans / "out.ndjson").stderr
    (tmp_path / "notes.txt").write_text("my own notes\n", "utf-8")
    assert "is no record of zeren parse" in run(plans, tmp_path / "notes.txt").stderr
    assert (tmp_path / "notes.txt").read_text("utf-8") == "my own notes\n"
