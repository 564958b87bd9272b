"""Wrong usage says in Chinese first what was met, what was expected and the way out, and in the parser's words behind it."""

import pytest
import typer
from typer.testing import CliRunner

from api.cli.help import CHINESE
from api.cli.main import app
from api.cli.usage import usage_in_chinese

WRONG = [
    (["parse"], "缺少 FILE|DIR|-。用法见 zeren parse --help。"),
    (["parse", "--foo", "x"], "没有选项 --foo；相近的有 --format、--out。"),
    (["nocmd"], "没有命令“nocmd”。"),
    (["search", "水", "--limit", "0"], "--limit 的值不能用：不能小于 1。"),
    (["query", "unit-duties", "--format", "x"], "--format 的值 x 不能用：应当是 table、json、csv 之一。"),
    (["query", "unit-duties", "unit"], "unit 不是“名称=值”的形式；例如 unit=市政府法制办。"),
    (["parse", "-", "extra"], "多出了“extra”"),
    (["load", "--region"], "选项 --region 后面要写值。"),
    (["load", "x", "--region", "娄底"], "region 的值 娄底 不是地名；是不是 娄底市、"),
    (["load", "x", "--issued-on", "2018-13-01"], "印发日期 2018-13-01 不能用；"),
    (["load", "a", "b", "--title", "甲"], "--title 说的是一份文件，这里有几份；"),
    (["parse", "x", "--json", "--explain"], "--explain 只用于卡片"),
    (["load", "x", "--id", "甲（乙）"], "甲（乙） 不能作编号；请写 甲(乙)。"),
    (["dossier", "unit", "x"], "缺少 --output、-o。"),
    (["serve", "--port", "99999"], "--port 的值不能用：不能大于 65535。"),
]


@pytest.mark.parametrize(("arguments", "said"), WRONG, ids=lambda one: " ".join(one) if isinstance(one, list) else "")
def test_wrong_usage_is_said_in_chinese_first(arguments: list[str], said: str) -> None:
    done = CliRunner().invoke(app, arguments, prog_name="zeren")
    assert done.exit_code == 2
    first = done.stderr.splitlines()[0]
    assert first.startswith("zeren: ")
    assert said in first
    assert "Error" in done.stderr


def test_what_no_sentence_fits_still_names_the_command() -> None:
    assert usage_in_chinese("something new", "zeren load") == "命令写得不对。用法见 zeren load --help。"


def test_every_help_is_in_chinese_first() -> None:
    group = typer.main.get_command(app)
    plain = []
    for name in group.commands:  # type: ignore[attr-defined]
        command = group.get_command(None, name)  # type: ignore[attr-defined, arg-type]
        for one in (command, *(below for below in getattr(command, "commands", {}).values())):
            said = [one.help, *(param.help for param in one.params)]
            plain += [(name, text) for text in said if not (text or "").startswith(tuple(CHINESE.values()))]
    assert plain == []
    done = CliRunner().invoke(app, ["remove", "--help"])
    assert done.stdout.index("移除一份文件") < done.stdout.index("Remove one document")
