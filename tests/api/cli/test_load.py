"""``zeren load`` with folders: many formats at once, an account at the end, a second run that skips what is known."""

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from api.cli import backend as cli_backend
from api.cli import load as cli_load
from api.cli.backend import Local
from api.cli.main import app
from graph.errors import ParameterError, StoreError, StoreUnavailable
from graph.store.opening import open_store
from loaders.storing.check import check

pytestmark = pytest.mark.server
Maker = Callable[[Any], bytes]
PLAN = "临江市人民政府文件\n临政发〔2017〕{n}号\n临江市第{n}号工作方案\n一、任务\n1.清理文件。\n牵头单位：市司法局。\n完成时限：2018年底前。\n"


@pytest.fixture
def url(empty_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    # not in tmp_path, which is the folder that is loaded
    return f"embedded:{shutil.copytree(empty_folder, tmp_path_factory.mktemp('store') / 'store')}"


def run(url: str, *arguments: str) -> Any:
    done = CliRunner().invoke(app, ["load", "--store", url, *arguments])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done


KINDS = ((1, "txt"), (2, "txt"), (3, "docx"), (4, "xlsx"), (5, "html"))
SHEET: list[tuple[object, ...]] = [
    ("云溪县重点任务分工表",),
    ("序号", "任务", "牵头单位", "完成时限"),
    (1, "公开清单", "县编办", "2018年底前"),
]


@pytest.fixture
def plans(tmp_path: Path, word: Maker, sheet: Maker) -> Path:
    folder = tmp_path / "plans" / "2017"
    folder.mkdir(parents=True)
    for n in (1, 2):
        (folder / f"{n}.txt").write_text(PLAN.format(n=n), "utf-8")
    (folder / "3.docx").write_bytes(word(PLAN.format(n=3).splitlines()))
    (folder / "4.xlsx").write_bytes(sheet(SHEET))
    (folder / "5.html").write_text(f"<html><body>{PLAN.format(n=5).replace(chr(10), '<br>')}</body></html>", "utf-8")
    (folder / "6.docx").write_bytes(word(PLAN.format(n=6).splitlines())[:900])
    (folder / "7.txt").write_text("没有任务。", "utf-8")
    (folder / "8.txt").write_text(" \n", "utf-8")
    (folder / ".DS_Store").write_bytes(b"\0\0")
    return folder.parent


def test_a_folder_is_loaded_and_then_known(plans: Path, url: str, word: Maker) -> None:
    first = run(url, str(plans))
    lines = first.stdout.splitlines()
    assert lines[0] == "共 8 个文件：载入 5，未变 0，失败 1，略过 3"
    told = [line for line in lines[1:] if line.startswith("载入 ")]
    assert sorted(line.partition(": ")[0].rpartition("/")[2] for line in told) == [f"{n}.{e}" for n, e in KINDS]
    assert f"载入 {plans}/2017/1.txt: 临江市-临政发2017-1 《临江市第1号工作方案》 事项 1，职责 1（牵头 1）" in told
    lines = [line for line in lines if line not in told]
    assert [line.partition(": ")[0].rpartition("/")[2] for line in lines[1:]] == [".DS_Store", "7.txt", "8.txt"]
    assert "没有事项，也没有职责" in lines[2]
    assert lines[3].endswith(": 文件里没有文字")
    assert (first.stdout + first.stderr).count("6.docx is a damaged") == 1
    assert first.exit_code == 1
    assert f"zeren: {plans}/2017/6.docx: 文件无法读取" in first.stderr

    again = run(url, str(plans))
    assert again.stdout.splitlines()[0] == "共 8 个文件：载入 0，未变 5，失败 1，略过 3"

    (plans / "2017" / "1.txt").write_text(PLAN.format(n=1).replace("市司法局", "市编办"), "utf-8")
    (plans / "2017" / "6.docx").write_bytes(word(PLAN.format(n=6).splitlines()))
    third = run(url, str(plans))
    assert third.stdout.splitlines()[0] == "共 8 个文件：载入 2，未变 4，失败 0，略过 3"
    assert third.exit_code == 0

    store = open_store(url)
    try:
        report = check(store)
        rows = store.read(lambda reading: reading.rows("load/stored-node/document", {"ids": ["临江市-临政发2017-3"]}))
    finally:
        store.close()
    assert (len(report.documents), report.outdated, report.differences) == (6, (), ())
    assert rows[0]["properties"]["source"] == "3.docx"


def test_one_file_gets_its_whole_card(plans: Path, url: str) -> None:
    file = plans / "2017" / "1.txt"
    lines = run(url, str(file)).stdout.splitlines()
    assert lines[0].startswith("已载入 临江市-临政发2017-1（数据版本 2）：新建 ")
    assert lines[1:] == [
        "  标题  临江市第1号工作方案",
        "  文件  临政发〔2017〕1号 · 临江市 · 印发日期不明 · 临江市人民政府",
        "  事项  1（部分 2，单位 1，引用 0）",
        "  职责  1：牵头 1",
        "  时限  1：有日期 1",
        "  读入 68/71 字；看来写明分工或时限的 3 处：读入 2，未读入 0，不是分工 1",
    ]
    file.write_text(PLAN.format(n=1).replace("市司法局", "市编办").replace("2018年底前", "2018年13月底前"), "utf-8")
    again = run(url, "--title", "临江市清理方案", "--replace", str(file)).stdout.splitlines()
    for told in (
        "  更正  标题“临江市清理方案”（人工更正；原文“临江市第1号工作方案”）",
        "  警告 no-such-date：没有这个日期，只保留原话：2018年13月底前",
        "  标题原为“临江市第1号工作方案”，现为“临江市清理方案”",
        "  与所替换的相比：事项新增 0、减少 0、变动 1，职责新增 1、减少 1、变动 0",
        "    变动 事项 第 1 项“清理文件”（完成日期 2018-12-31 → 没有、时限）",
        "    新增 职责 第 1 项 牵头 市编办",
        "    减少 职责 第 1 项 牵头 市司法局",
    ):
        assert told in again


def test_cards_as_json_are_a_line_each(plans: Path, url: str) -> None:
    (one,) = map(json.loads, run(url, "--json", str(plans / "2017" / "1.txt")).stdout.splitlines())
    assert (one["document_id"], one["data_version"], one["card"]["duties"]["lead"]) == ("临江市-临政发2017-1", "2", 1)
    assert (one["created"]["Item"], one["coverage"]["characters"], one["warnings"]) == (1, 71, [])
    done = run(url, "--json", str(plans))
    *files, total = map(json.loads, done.stdout.splitlines())
    assert total == {"files": 8, "loaded": 4, "unchanged": 1, "failed": 1, "skipped": 3, "not_reached": 0}
    assert (len(files), done.stderr) == (9, "")
    by_name = {Path(line["file"]).name: line for line in files}
    assert "damaged" in by_name["6.docx"]["error"]
    assert by_name["8.txt"]["skipped"] == "文件里没有文字"
    assert by_name["2.txt"]["card"]["title"] == "临江市第2号工作方案"
    known = by_name["1.txt"]
    assert (known["unchanged"], known["card"], known["document_id"]) == (True, None, "临江市-临政发2017-1")


def test_a_folder_leaves_what_people_corrected(plans: Path, url: str) -> None:
    first = str(plans / "2017" / "1.txt")
    assert run(url, "--title", "临江市清理工作方案", "--issued-on", "2016", first).exit_code == 0
    assert run(url, str(plans)).stdout.splitlines()[0] == "共 8 个文件：载入 4，未变 1，失败 1，略过 3"
    told = CliRunner().invoke(app, ["status", "--store", url]).stdout.splitlines()
    fixed = "标题“临江市清理工作方案”（人工更正；原文“临江市第1号工作方案”）；印发日期“2016”（人工更正；原文没有写明）"
    assert f"人工更正  临江市-临政发2017-1：{fixed}" in told


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("--id", "x"),
        ("--title", "临江市清理工作方案"),
        ("--reference-number", "临政发〔2017〕4号"),
        ("--issued-on", "2017"),
        ("--region", "临江市"),
    ],
)
def test_what_one_document_is_does_not_fit_several(plans: Path, url: str, option: str, value: str) -> None:
    for paths in ([str(plans)], [str(plans / "2017" / f"{n}.txt") for n in (1, 2)]):
        done = run(url, option, value, *paths)
        assert (done.exit_code, done.stdout) == (2, "")
        assert f"{option} says what one document is" in " ".join(done.stderr.split())


def test_a_single_file_of_any_format_is_compared_with_the_store(plans: Path, url: str) -> None:
    run(url, str(plans / "2017" / "4.xlsx"))
    done = run(url, str(plans / "2017" / "4.xlsx"))
    assert done.stdout.startswith("未变 云溪县-")


def test_a_store_that_goes_away_is_told_once_and_the_rest_left(
    plans: Path, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Local.write
    written = []

    def write(store: Local, *arguments: Any) -> Any:
        if written:
            raise StoreUnavailable("no Neo4j answers at bolt://127.0.0.1. Start the server.")
        written.append(arguments)
        return real(store, *arguments)

    monkeypatch.setattr(Local, "write", write)
    monkeypatch.setattr(cli_load, "TOGETHER", 1)
    done = run(url, str(plans))
    assert (done.exit_code, done.stderr.count("no Neo4j answers")) == (1, 1)
    assert "Then run this again" in done.stderr
    assert "载入 1，" in done.stdout.splitlines()[0]
    assert "，未及 " in done.stdout.splitlines()[0]

    monkeypatch.setattr(Local, "write", real)
    again = run(url, str(plans)).stdout.splitlines()[0]
    assert again == "共 8 个文件：载入 4，未变 1，失败 1，略过 3"


def test_a_transaction_that_fails_is_made_again_for_each_plan(
    plans: Path, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def load_new(*_arguments: Any, **_options: Any) -> set[int]:
        raise StoreError("no room for so many")

    monkeypatch.setattr(cli_backend, "load_new", load_new)
    assert run(url, str(plans)).stdout.splitlines()[0] == "共 8 个文件：载入 5，未变 0，失败 1，略过 3"


def test_what_systems_put_into_folders_is_passed_over_and_counted(plans: Path, url: str) -> None:
    for name in ("Thumbs.db", "desktop.ini", "~$1.docx"):
        (plans / "2017" / name).write_bytes(b"\x00\x01")
    assert run(url, str(plans)).stdout.splitlines()[0] == "共 8 个文件：载入 5，未变 0，失败 1，略过 6"


def test_a_name_in_any_bytes_is_stored_as_text(tmp_path: Path, url: str) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for n, name in enumerate(("方案".encode("gbk"), b"\xff\xfe\x81", "二".encode())):
        (folder / os.fsdecode(name + b".txt")).write_text(PLAN.format(n=n), "utf-8")
    done = run(url, str(folder))
    assert done.stdout.splitlines()[0] == "共 3 个文件：载入 3，未变 0，失败 0，略过 0"
    store = open_store(url)
    try:
        rows = store.read(lambda reading: reading.rows("load/document-ids"))
        ids = {"ids": [row["id"] for row in rows]}
        stored = store.read(lambda reading: reading.rows("load/stored-node/document", ids))
    finally:
        store.close()
    assert {row["properties"]["source"] for row in stored} == {"方案.txt", "\\xff\\xfe\\x81.txt", "二.txt"}


def test_any_exception_of_one_plan_is_its_own_failure(plans: Path, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    real = cli_backend.load_plan

    def load_plan(plan: Any, *arguments: Any, **options: Any) -> Any:
        if plan.document.source == "2.txt":
            raise KeyError("met nowhere yet")
        return real(plan, *arguments, **options)

    def load_new(*_arguments: Any, **_options: Any) -> set[int]:
        raise ValueError("the plan has two Item with one id")

    monkeypatch.setattr(cli_backend, "load_plan", load_plan)
    monkeypatch.setattr(cli_backend, "load_new", load_new)
    done = run(url, str(plans))
    assert done.exit_code == 1
    assert done.stdout.splitlines()[0] == "共 8 个文件：载入 4，未变 0，失败 2，略过 3"
    assert "KeyError" in done.stderr


def test_an_empty_path_and_a_pipe_get_their_sentence(tmp_path: Path, url: str) -> None:
    os.mkfifo(tmp_path / "plan.txt")
    done = run(url, str(tmp_path / "plan.txt"))
    assert (done.exit_code, "is a pipe, not a file" in done.stderr) == (1, True)
    with pytest.raises(ParameterError, match="a path is empty"):
        cli_load.load_command([""], url, cli_backend.LoadOptions())
