"""Streams that are closed or full: the program as a shell starts it says one sentence."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
ZEREN = f"{sys.executable} -c 'from api.cli.main import main; main()'"

pytestmark = pytest.mark.server


def shell(command: str) -> tuple[int, str]:
    """The exit code and what went to standard error."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, env=environment, timeout=60)
    return done.returncode, done.stderr


@pytest.mark.parametrize("command", ["ask", "load", "parse"])
def test_a_closed_standard_input_is_said(command: str, tmp_path: Path) -> None:
    code, said = shell(f"ZEREN_STORE=embedded:{tmp_path}/store {ZEREN} {command} - <&-")
    assert code == 1
    assert said.startswith("zeren: 标准输入已关闭。（standard input is closed")
    assert said.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_a_closed_standard_output_is_said() -> None:
    assert shell(f"{ZEREN} query >&-") == (
        1,
        "zeren: 标准输出已关闭。（standard output is closed; expected it open, such as > FILE.）\n",
    )


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="Linux alone has /dev/full")
def test_a_full_device_is_said() -> None:
    code, said = shell(f"{ZEREN} query >/dev/full")
    assert code == 1
    assert said.startswith("zeren: 标准输出无法写入。（what it prints cannot be written (No space left on device)")
    assert said.count("\n") == 1


def test_a_reader_that_leaves_is_no_fault() -> None:
    assert shell(f"{ZEREN} query | true")[1] == ""
