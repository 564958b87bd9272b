"""``zeren parse``: JSON for programs, cards with marked evidence for people; the program's help and usage errors."""

import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console
from typer.testing import CliRunner

from api.cli.main import app
from api.cli.parse import ROLE_STYLES, marked, show_plan
from graph.model import Role
from loaders.plan import parse_plan

PLAN = """临江市法治建设重点任务分工方案

一、健全制度

1.完善审批规则。市直各部门要在2018年6月底前公布清单，落实《临江市行政程序规定》。

牵头单位：市编办、市政府法制办。

责任单位：市财政局、各县区政府。

完成时限：2018年年底前完成。
"""


def run(*arguments: str, stdin: bytes = b"") -> Any:
    return CliRunner().invoke(app, list(arguments), input=stdin)


def program(*arguments: str, stdin: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    """The program in a process of its own, its environment bare but for what is given."""
    path = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", ""), **environment}
    start = [sys.executable, "-c", "from api.cli.main import main; main()", *arguments]
    return subprocess.run(start, input=stdin, capture_output=True, timeout=60, env=path, cwd=Path(__file__).parents[3])


def test_json_is_the_plan_in_one_line_and_its_places_count_the_input(tmp_path: Path) -> None:
    (tmp_path / "方案.txt").write_bytes(PLAN.encode("gb18030"))
    done = run("parse", "--json", str(tmp_path / "方案.txt"))
    assert (done.exit_code, done.stdout.count("\n")) == (0, 1)
    plan = json.loads(done.stdout)
    (item,) = plan["items"]
    assert plan["text"] == PLAN
    assert plan["document"]["encoding"] == "gb18030"
    assert [(d["role"], PLAN[slice(*d["span"])]) for d in item["duties"]] == [
        ("lead", "市编办"),
        ("lead", "市政府法制办"),
        ("responsible", "市财政局"),
        ("responsible", "各县区政府"),
    ]


@pytest.mark.server
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16-le", "utf-16"])
def test_standard_input_in_any_encoding(encoding: str) -> None:
    done = program("parse", "--json", "-", stdin=PLAN.encode(encoding), LANG="C", PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout.decode("utf-8"))["text"] == PLAN


@pytest.mark.parametrize("given", ["2019", "2020-03-01"])
def test_the_time_of_issue_is_taken_from_the_caller(given: str) -> None:
    document = json.loads(run("parse", "--json", "--issued-on", given, "-", stdin=PLAN.encode()).stdout)["document"]
    assert document["issued_on"] == document["options"]["issued_on"] == given


def test_what_is_corrected_stands_beside_what_the_text_says() -> None:
    given = ("--title", "河口市清理方案", "--region", "河口市")
    text = PLAN.encode()
    shown = run("parse", *given, "-", stdin=text).stdout
    assert re.findall(r"人工更正\s+(.*)（人工更正；原文(.*)）", shown) == [
        (
            "标题“河口市清理方案”",
            f"“{json.loads(run('parse', '--json', '-', stdin=text).stdout)['document']['title']}”",
        ),
        ("地区“河口市”", "“临江市”"),
    ]


def test_id_and_region_are_obeyed() -> None:
    done = run("parse", "--json", "--id", "甲-1", "--region", "河口市", "-", stdin=PLAN.encode())
    document = json.loads(done.stdout)["document"]
    assert (document["id"], document["region"]) == ("甲-1", "河口市")


def test_cards_name_each_fact_with_its_place_and_rule() -> None:
    done = run("parse", "-", stdin=PLAN.encode())
    assert done.exit_code == 0
    lines = [" ".join(line.split()) for line in done.stdout.splitlines()]
    start = PLAN.index("市政府法制办")
    assert any(line.startswith(f"牵头 2 市政府法制办 [{start}, {start + 6}) ‹label-line:colon›") for line in lines)
    assert any("default 「2018年年底前」 → 2018-12-31" in line for line in lines)
    assert any("《临江市行政程序规定》" in line and line.startswith("引用 落实") for line in lines)
    assert any(line.startswith("1 完善审批规则 ───") for line in lines)
    assert "\x1b[" not in done.stdout


def shown(text: str, **options: Any) -> str:
    target = io.StringIO()
    show_plan(parse_plan(text), Console(file=target, width=200, highlight=False, soft_wrap=True, **options))
    return target.getvalue()


def test_evidence_is_coloured_by_kind_on_a_terminal() -> None:
    coloured = shown(PLAN, force_terminal=True, color_system="standard")
    assert "\x1b[1;4;31m市编办\x1b[0m" in coloured  # bold red, underlined with its clause
    assert "\x1b[4;34m市财政局\x1b[0m" in coloured
    assert "\x1b[1;33m2018年年底前\x1b[0m" in coloured


def test_no_color_is_obeyed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[1;4;31m" not in shown(PLAN, force_terminal=True)


def test_marks_count_code_points_and_later_ones_lie_above() -> None:
    text = "𠮷😀\r\n牵头单位：市编办。"
    at = text.index("市编办")
    line = marked(text, (0, len(text)), [((4, len(text)), "underline"), ((at, at + 3), ROLE_STYLES[Role.LEAD])])
    assert line.plain == text.replace("\r", " ")
    assert [(line.plain[s.start : s.end], s.style) for s in line.spans] == [
        ("牵头单位：市编办。", "underline"),
        ("市编办", "bold red"),
    ]


def test_control_characters_of_a_text_do_not_reach_the_terminal() -> None:
    done = run("parse", "-", stdin=PLAN.replace("市编办", "市\x1b[31m编办").encode())
    assert "\x1b" not in done.stdout
    assert "␛[31m" in done.stdout


def test_a_text_without_a_plan_gives_empty_lists_and_a_warning() -> None:
    for text in (b"", b"1234567890" * 100, "今天天气很好。".encode()):
        done = run("parse", "--json", "-", stdin=text)
        plan = json.loads(done.stdout)
        assert (done.exit_code, plan["items"], len(plan["warnings"]) > 0) == (0, [], True)


@pytest.mark.parametrize(
    ("stdin", "arguments", "met"),
    [
        (b"\x89PNG\r\n\x1a\n\x00", ("-",), "The input is a damaged picture; expected one that"),
        (b"a\x00\x01\x02" * 30, ("-",), "binary data"),
        (b"1", ("nowhere.txt",), "There is no file nowhere.txt"),
        (b"1", ("-", "--encoding", "klingon"), "'klingon' is not a known encoding"),
    ],
)
def test_what_cannot_be_read_ends_with_one_sentence_and_exit_code_1(
    stdin: bytes, arguments: tuple[str, ...], met: str
) -> None:
    done = run("parse", *arguments, stdin=stdin)
    assert (done.exit_code, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert done.stderr.startswith("zeren: ")
    assert met in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("parse",),
        ("parse", "-", "--issued-on", "2017-13-01"),
        ("parse", "-", "--issued-on", "17"),
        ("parse", "-", "--issued-on", "2017-02-30"),
        ("parse", "-", "--title", " "),
        ("parse", "-", "--reference-number", "娄发"),
        ("parse", "-", "--region", "娄底市人民政府"),
        ("parse", "-", "--id", "甲 （1）"),
        ("nonsense",),
        ("query", "unit-duties", "市政府法制办"),
        ("query", "unit-duties", "--format", "xml"),
        ("load", "a.txt", "b.txt", "--id", "甲"),
        ("load",),
        ("serve", "--port", "70000"),
    ],
)
def test_wrong_usage_is_exit_code_2(arguments: tuple[str, ...]) -> None:
    done = run(*arguments)
    assert (done.exit_code, "Error: " in done.stderr) == (2, True)


@pytest.mark.server
@pytest.mark.parametrize("arguments", [["--help"], ["load", "--help"], ["serve", "--help"], ["--version"]])
def test_help_and_version_import_nothing_heavy(arguments: list[str]) -> None:
    code = (
        "import sys; from typer.testing import CliRunner; from api.cli.main import app\n"
        "done = CliRunner().invoke(app, sys.argv[1:]); assert done.exit_code == 0, done.output\n"
        "print(' '.join(sys.modules))"
    )
    start = [sys.executable, "-c", code, *arguments]
    root = Path(__file__).parents[3]
    loaded = subprocess.run(start, capture_output=True, text=True, timeout=60, check=True, cwd=root).stdout.split()
    assert {"rich", "fastapi", "uvicorn", "httpx2", "jpype", "yaml", "loaders.plan", "api.settings"} & set(
        loaded
    ) == set()
