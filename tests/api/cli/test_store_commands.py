"""``load``, ``query``, ``status``, ``check``, ``remove`` on a store of their own: what they print, bad input."""

import csv
import io
import json
import shutil
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from api.cli.main import app
from graph.store.embedded.store import EmbeddedStore
from graph.store.migrations import migrations
from tests.forgeries import by_hand

PENDING = "".join(f"待执行 {migration.name}\n" for migration in migrations("arcadedb"))
ITEM = """{n}.{heading}。落实《临江市行政程序规定》。

牵头单位：{lead}。

责任单位：市财政局、市政府法制办。

完成时限：2018年年底前完成。

"""


def plan(*leads: str, number: str = "临发〔2017〕4号", title: str = "临江市法治政府建设实施方案") -> str:
    items = "".join(ITEM.format(n=n, heading=f"完善第{n}项制度", lead=lead) for n, lead in enumerate(leads, start=1))
    return f"中共临江市委文件\n\n{number}\n\n{title}\n\n一、健全制度\n\n{items}"


@pytest.fixture(scope="module")
def url(empty_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    return f"embedded:{shutil.copytree(empty_folder, tmp_path_factory.mktemp('store') / 'store')}"


@pytest.fixture(autouse=True)
def _own_store(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZEREN_STORE", url)
    monkeypatch.setenv("COLUMNS", "120")  # whatever terminal the tests run in


def run(*arguments: str, stdin: str | bytes = b"") -> Any:
    done = CliRunner().invoke(app, list(arguments), input=stdin)
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done


@pytest.fixture
def loaded() -> Any:
    done = run("load", "-", stdin=plan("市编办、市政府法制办", "市司法局"))
    assert done.exit_code == 0, done.stderr
    yield done
    run("remove", "临江市-临发2017-4")


@pytest.fixture(scope="module")
def loaded_url(empty_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A second store, with the plan that `loaded` loads; tests only read it."""
    url = f"embedded:{shutil.copytree(empty_folder, tmp_path_factory.mktemp('loaded') / 'store')}"
    assert run("load", "-", "--store", url, stdin=plan("市编办、市政府法制办", "市司法局")).exit_code == 0
    return url


@pytest.fixture
def asked(loaded_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands work on the store of `loaded_url`."""
    monkeypatch.setenv("ZEREN_STORE", loaded_url)


def versions() -> str:
    return next(line for line in run("status").stdout.splitlines() if line.startswith("版本"))


def test_load_says_what_was_written_and_again_that_nothing_was(loaded: Any) -> None:
    assert loaded.stdout.startswith("已载入 临江市-临发2017-4（数据版本 ")
    assert "任务事项 2" in loaded.stdout
    before = versions()
    again = run("load", "-", stdin=plan("市编办、市政府法制办", "市司法局"))
    assert again.stdout.startswith("未变 临江市-临发2017-4（")
    assert versions() == before


def test_an_edited_line_changes_its_relationships_alone(loaded: Any) -> None:
    text = plan("市编办、市政府法制办", "市审计局")
    trial = run("load", "--dry-run", "-", stdin=text)
    assert trial.stdout.startswith("试载，未写入 临江市-临发2017-4（")
    done = run("load", "-", stdin=text)
    assert done.stdout.startswith("已载入")
    assert "、牵头 1）" in done.stdout.partition("删除")[2]
    assert run("load", "-", stdin=text).stdout.startswith("未变")


def test_query_prints_a_table_with_the_proof(asked: None) -> None:
    done = run("query", "unit-duties", "unit=市政府法制办")
    assert done.exit_code == 0
    rows = [line.split() for line in done.stdout.splitlines()]
    assert ["一、", "1", "完善第1项制度", "牵头", "2018-12-31", "牵头单位：市编办、市政府法制办。"] in [
        row[:6] for row in rows
    ]
    assert done.stdout.splitlines()[-1].startswith("共 3 条（牵头 1 · 责任 2），数据版本 ")
    assert not any(line.endswith(" ") for line in done.stdout.splitlines())


def test_query_prints_the_envelope(asked: None) -> None:
    done = run("query", "regulation-citing-items", "regulation=临江市行政程序规定", "--format", "json")
    answer = json.loads(done.stdout)
    assert {"items", "total", "next", "next_url", "data_version", "as_of", "left_out", "columns"} <= set(answer)
    assert answer["total"] == {"value": 2, "relation": "eq"}
    assert [(row["item"]["number"], row["relation"], row["evidence"]["quote"]) for row in answer["items"]] == [
        (1, "implements", "《临江市行政程序规定》"),
        (2, "implements", "《临江市行政程序规定》"),
    ]


def test_query_prints_csv(asked: None) -> None:
    done = run("query", "unit-duties", "unit=市司法局", "--format", "csv")
    assert done.stdout.startswith("\ufeff")
    (row,) = csv.DictReader(io.StringIO(done.stdout[1:]))
    assert (row["role"], row["item.number"], row["evidence.quote"]) == ("lead", "2", "市司法局")


def test_parameters_narrow_a_question(asked: None) -> None:
    done = run("query", "unit-duties", "unit=市政府法制办", "role=lead", "--format", "json")
    assert {row["role"] for row in json.loads(done.stdout)["items"]} == {"lead"}


@pytest.mark.parametrize(
    ("arguments", "met"),
    [
        (("nothing",), "no question 'nothing'; expected one of"),
        (("unit-duties",), "needs unit="),
        (
            ("unit-duties", "unit=市政府法制办", "colour=red"),
            "no parameter 'colour'; it takes: unit, role, document, region, exact.",
        ),
        (("unit-duties", "unit=市没有局"), "市没有局"),
    ],
)
def test_a_question_that_cannot_be_asked_is_one_sentence(asked: None, arguments: tuple[str, ...], met: str) -> None:
    done = run("query", *arguments)
    assert (done.exit_code, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert met in done.stderr


def test_questions_are_listed_with_their_parameters() -> None:
    done = run("query")
    assert "unit-duties\n" in done.stdout
    assert "    unit=  string" in done.stdout
    assert "    role=（可省略）  string" in done.stdout


def test_status_says_what_is_there(asked: None, loaded_url: str) -> None:
    lines = dict(line.split("  ", 1) for line in run("status").stdout.splitlines())
    assert (lines["仓库"], lines["服务"]) == (loaded_url, "无")
    assert "任务事项 2" in lines["节点"]
    assert "责任 4" in lines["关系"]


def test_check_finds_what_the_text_does_not_state(loaded: Any, url: str) -> None:
    done = run("check")
    assert (done.exit_code, done.stdout) == (0, "核对 1 个文件：全部相符\n")
    store = EmbeddedStore(Path(url.partition(":")[2]))
    try:
        store.write(lambda writing: writing.rows("load/remove-node/item", {"ids": ["临江市-临发2017-4:s1-2"]}))
    finally:
        store.close()
    done = run("check", "临江市-临发2017-4")
    assert done.exit_code == 1
    assert "Item  临江市-临发2017-4:s1-2: " in done.stdout
    assert run("load", "-", stdin=plan("市编办、市政府法制办", "市司法局")).stdout.startswith("已载入")
    assert run("check").exit_code == 0


def test_an_unknown_document_is_said() -> None:
    for command in ("check", "remove"):
        done = run(command, "没有-这个")
        assert (done.exit_code, "没有-这个" in done.stderr) == (1, True)


def test_bad_input_leaves_the_store_alone(loaded: Any, tmp_path: Path) -> None:
    before = run("status").stdout
    for data, met in (
        (b"", "--allow-empty"),
        (b"\x89PNG\r\n\x1a\n", "a damaged picture"),
        ("今天天气很好。".encode(), "--allow-empty"),
    ):
        done = run("load", "-", stdin=data)
        assert (done.exit_code, met in done.stderr) == (1, True)
    other = plan("市审计局", title="临江市另一项工作实施方案")
    done = run("load", "-", stdin=other)
    assert (done.exit_code, "belongs to" in done.stderr) == (1, True)
    assert run("status").stdout == before


def test_one_bad_file_does_not_stop_the_rest(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"%PDF-1.7")
    (tmp_path / "b.txt").write_text(plan("市审计局", number="临发〔2018〕9号"), encoding="gb18030")
    done = run("load", str(tmp_path / "a.txt"), str(tmp_path / "b.txt"), str(tmp_path / "c.txt"))
    assert done.exit_code == 1
    assert done.stdout.startswith("已载入 临江市-临发2018-9（")
    assert [line.split(": ")[1] for line in done.stderr.splitlines()] == [
        str(tmp_path / name) for name in ("a.txt", "c.txt")
    ]
    gone = run("remove", "临江市-临发2018-9")
    assert gone.stdout.startswith("已移除 临江市-临发2018-9（数据版本 ")


def test_a_text_without_a_plan_is_loaded_when_it_is_meant() -> None:
    done = run("load", "--allow-empty", "--id", "空-1", "-", stdin="今天天气很好。")
    assert done.stdout.startswith("已载入 空-1（")
    assert run("remove", "空-1").exit_code == 0


def test_a_store_of_an_unknown_kind_is_said() -> None:
    done = run("status", "--store", "oracle://somewhere")
    assert (done.exit_code, "oracle://somewhere" in done.stderr) == (1, True)


def test_a_store_that_is_up_to_date_needs_no_migration() -> None:
    for arguments in (("migrate",), ("migrate", "--check")):
        done = run(*arguments)
        assert (done.exit_code, done.stdout) == (0, "结构已是最新\n")


def test_migrations_are_named_before_and_after(tmp_path: Path) -> None:
    url = f"embedded:{tmp_path / 'new'}"
    done = run("migrate", "--check", "--store", url)
    assert (done.exit_code, done.stdout, list(tmp_path.iterdir())) == (1, PENDING, [])
    done = run("migrate", "--store", url)
    assert (done.exit_code, done.stdout) == (0, PENDING.replace("待", "已"))
    assert run("migrate", "--check", "--store", url).exit_code == 0


READING = (
    "status",
    "check",
    "findings",
    "judge",
    "query unit-duties unit=市司法局",
    "ask 市司法局牵头哪些事项",
    "remove x",
)


@pytest.mark.parametrize("command", READING)
@pytest.mark.parametrize("there", [False, True])
def test_a_command_that_reads_makes_no_store(command: str, there: bool, tmp_path: Path) -> None:
    place = tmp_path / "typo"
    if there:
        place.mkdir()
    done = run(*command.split(), "--store", f"embedded:{place}")
    assert done.exit_code == 1
    assert f"there is no store at embedded:{place}" in done.stderr
    assert "zeren load FILE" in done.stderr
    assert [path for path in tmp_path.rglob("*") if path != place] == []


def test_no_judgement_is_said(asked: None) -> None:
    assert "还没有记录任何判断" in run("judge").stdout


def test_a_repair_says_what_it_would_do_and_does_it_when_told_to(loaded: Any, url: str) -> None:
    with closing(EmbeddedStore(Path(url.partition(":")[2]))) as store:
        by_hand(store, "MATCH (i:Item {id: '临江市-临发2017-4:s1-1'}) CREATE (j:Item) SET j = i {.*, id: '伪造'}", {})
    named = run("check")
    assert named.exit_code == 1
    assert (
        "不属于任何文件  Item  伪造: 库中有这个任务事项，没有任何文件写到它，也没有与任何节点相连（orphan）"
        in named.stdout
    )
    tried = run("check", "--repair")
    assert tried.exit_code == 1
    assert "删除  Item  伪造: " in tried.stdout
    assert "可以修复 1 处，0 处不能；什么都没有改动，加上 --yes 才修复" in tried.stdout
    assert run("check").exit_code == 1
    done = run("check", "--repair", "--yes")
    assert (done.exit_code, done.stdout.splitlines()[-1]) == (0, "已修复 1 处，0 处未修复；再核对仍有 0 处不符")
    assert run("check").stdout == "核对 1 个文件：全部相符\n"
    assert run("check", "--repair").stdout == "没有需要修复的\n"


@pytest.mark.parametrize("given", [("--yes",), ("--repair", "临江市-临发2017-4")])
def test_a_repair_is_of_the_whole_store(given: tuple[str, ...]) -> None:
    assert run("check", *given).exit_code == 2


def test_an_empty_store_has_nothing_to_check(new_store: Path) -> None:
    url = f"embedded:{new_store}"
    assert run("migrate", "--store", url).exit_code == 0
    done = run("check", "--store", url)
    assert (done.exit_code, done.stdout) == (0, "库中没有文件，没有可核对的\n")


def test_a_plan_is_removed_by_its_reference_number(loaded: Any) -> None:
    assert run("remove", "临发〔2017〕4号").stdout.startswith("已移除 临江市-临发2017-4")


def test_search_prints_the_closest_with_its_plan(loaded: Any) -> None:
    done = run("search", "司法局")
    lines = done.stdout.splitlines()
    assert lines[0] == "单位  市司法局"
    assert "《临江市法治政府建设实施方案》" in lines[1]
    assert lines[-1].startswith("2 条（单位 1，原文 1）")


def test_search_finds_a_number_in_any_brackets_and_says_near_names(loaded: Any) -> None:
    assert run("search", "临发[2017]4号").stdout.splitlines()[0] == "文件  临江市法治政府建设实施方案"
    assert run("search", "市政府法治办").stdout.splitlines()[:2] == ["名称有 83% 相同", "单位  市政府法制办"]
    assert run("search", "鱻鱻").stdout == "没有找到。\n"


def test_search_as_json_is_the_envelope(loaded: Any) -> None:
    body = json.loads(run("search", "市司法局", "--kind", "unit", "--json").stdout)
    assert [(row["kind"], row["name"]) for row in body["items"]] == [("unit", "市司法局")]
