"""The files of an import, without a server: what plans say of one instrument is merged as loads merge it, doubles are named."""

import csv
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from api.cli.main import app
from loaders.files.read import read_path
from loaders.plan import parse_plan
from loaders.storing.differences import merge_rows
from loaders.storing.rows import plan_rows

pytestmark = pytest.mark.server
PLAN = "临江市人民政府文件\n临政发〔2017〕{n}号\n临江市第{n}号工作方案\n一、任务\n1.清理文件{n}。根据{cited}办理这件事情，逐项核对并按时报送。\n牵头单位：市司法局。\n"
CITED = ("《临江市清单管理办法》", "《临江市清单管理办法》（临政发〔2015〕3号）", "《临江市清单管理办法》")


def run(*arguments: str) -> Any:
    done = CliRunner().invoke(app, list(arguments))
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "plans"
    place.mkdir()
    for n, cited in enumerate(CITED, 1):
        (place / f"{n}.txt").write_text(PLAN.format(n=n, cited=cited), "utf-8")
    return place


def nodes(files: Path, label: str) -> dict[str, dict[str, str]]:
    header = (files / f"{label}-header.csv").read_text("utf-8").strip().split(",")
    names = [name.partition(":")[0] for name in header]
    with (files / f"{label}.csv").open(encoding="utf-8", newline="") as lines:
        rows = [dict(zip(names, row, strict=True)) for row in csv.reader(lines)]
    found = {row["id"]: row for row in rows}
    assert len(found) == len(rows)
    return found


def flat(properties: dict[str, Any], names: Any) -> dict[str, str]:
    def word(value: Any) -> str:
        if isinstance(value, list):
            return "\x1f".join(map(str, value))
        return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)

    return {name: word(properties.get(name)) for name in names}


def test_what_plans_say_differently_is_merged_as_loads_merge_it(folder: Path, tmp_path: Path) -> None:
    csv.field_size_limit(sys.maxsize)
    run("parse", str(folder), "--out", str(tmp_path / "r.ndjson"))
    assert run("export", "neo4j-import", str(tmp_path / "files"), str(tmp_path / "r.ndjson")).exit_code == 0
    plans = [parse_plan(read_path(file)) for file in sorted(folder.iterdir())]
    said = {str(sorted(plan_rows(plan, now="").nodes["Regulation"].items())) for plan in plans}
    assert len(said) > 1
    wanted = merge_rows(plan_rows(plan, now="") for plan in plans)
    for label in ("Unit", "Regulation", "Item"):
        found = nodes(tmp_path / "files", label)
        assert found == {key: flat(one, found[key]) for key, one in wanted.nodes[label].items()}


def test_a_plan_that_an_earlier_one_is_already_is_named_and_left_to_a_load(folder: Path, tmp_path: Path) -> None:
    (folder / "9-again.txt").write_text((folder / "1.txt").read_text("utf-8") + "\n附记。\n", "utf-8")
    run("parse", str(folder), "--out", str(tmp_path / "r.ndjson"))
    done = run("export", "neo4j-import", str(tmp_path / "files"), str(tmp_path / "r.ndjson"))
    assert done.exit_code == 1
    assert "文件 3，" in done.stdout
    assert "未放入 9-again.txt" in done.stdout


def changed(line: bytes) -> bytes:
    return line.replace("市司法局".encode(), "市财政局".encode(), 1)


@pytest.mark.parametrize("spoil", [changed, lambda line: line[:-30] + b"\n", lambda line: b"{}\n"])
def test_a_record_that_is_not_whole_is_refused(folder: Path, tmp_path: Path, spoil: Callable[[bytes], bytes]) -> None:
    records = tmp_path / "r.ndjson"
    run("parse", str(folder), "--out", str(records))
    first, *rest = records.read_bytes().splitlines(keepends=True)
    records.write_bytes(b"".join((first, spoil(rest[0]), *rest[1:])))
    done = run("export", "neo4j-import", str(tmp_path / "files"), str(records))
    assert done.exit_code == 1
    assert "line 2 of" in done.stderr
    assert not (tmp_path / "files").exists()


def test_a_file_that_changed_and_changed_back_is_there_once_as_it_is_now(folder: Path, tmp_path: Path) -> None:
    file, records = folder / "1.txt", tmp_path / "r.ndjson"
    before = file.read_text("utf-8")
    for text in (before, before.replace("市司法局", "市财政局"), before):
        file.write_text(text, "utf-8")
        run("parse", str(folder), "--out", str(records))
    run("export", "neo4j-import", str(tmp_path / "files"), str(records))
    assert set(nodes(tmp_path / "files", "Unit")) == {"临江市:市司法局"}
    assert len(nodes(tmp_path / "files", "Document")) == 3
