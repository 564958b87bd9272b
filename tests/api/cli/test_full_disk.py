"""The service on a disk that fills up: a Chinese sentence, nothing half written, and answers again without a restart.

A small disk of its own is mounted in memory, which needs the right to mount; elsewhere the test is skipped and says so.
"""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest

pytestmark = [pytest.mark.server, pytest.mark.slow]
ROOT = Path(__file__).parents[3]
PLAIN = {"Content-Type": "text/plain"}


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "disk"
    folder.mkdir()
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=200m", "tmpfs", folder], capture_output=True, check=False
    )
    if done.returncode:
        pytest.skip("no disk of its own can be mounted here")
    yield folder
    subprocess.run(["umount", "-l", folder], check=True)


def plan(number: int, items: int = 3) -> bytes:
    lines = (f"{n}.完善第{n}项制度。\n\n牵头单位：市第{n % 50}局、市司法局。\n\n" for n in range(1, items + 1))
    return f"甲市人民政府文件\n\n甲政发〔2026〕{number}号\n\n甲市方案{number}\n\n{''.join(lines)}".encode()


def fill(path: Path) -> None:
    """Take all the room that is left."""
    with path.open("wb", buffering=0) as file:
        try:
            while file.write(bytes(65536)):
                pass
        except OSError:
            pass


def test_a_full_disk_is_told_and_nothing_is_half_written(small_disk: Path) -> None:
    environment = os.environ | {"ZEREN_STORE": f"embedded:{small_disk / 'store'}", "PYTHONPATH": str(ROOT)}
    zeren = [sys.executable, "-c", "from api.cli.main import main; main()"]

    def run(*given: str) -> str:
        return subprocess.run([*zeren, *given], env=environment, capture_output=True, text=True, check=True).stdout

    key = run("keys", "create", "--name", "甲", "--role", "admin").strip()
    process = subprocess.Popen([*zeren, "serve", "--port", "0"], env=environment, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    address = re.findall(r"http://[^ ]+", process.stdout.readline())[0]

    def ask(method: str, path: str, **more: Any) -> Any:
        headers = {"Authorization": f"Bearer {key}", "Cache-Control": "no-cache"} | more.pop("headers", {})
        return httpx2.request(method, address + path, headers=headers, timeout=120, **more)

    assert ask("POST", "/v1/documents", content=plan(1), headers=PLAIN).status_code == 201
    note = {"kind": "item", "subject": "甲市-甲政发2026-1:1", "why": "看过"}
    fill(small_disk / "fill")
    for method, path, more in (
        ("POST", "/v1/documents", {"content": plan(2), "headers": PLAIN}),
        ("POST", "/v1/readings", {"content": plan(2), "headers": PLAIN}),
        ("POST", "/v1/jobs", {"files": {"file": ("a.txt", plan(2))}}),
        ("POST", "/v1/notes", {"json": note}),
        ("GET", "/v1/backup", {}),
        ("GET", "/readyz", {}),
    ):
        answer = ask(method, path, **more)
        assert (answer.status_code, "磁盘" in answer.json()["detail_zh"]) == (503, True), (path, answer.text)
    assert ask("GET", "/v1/documents").json()["total"]["value"] == 1, "reads go on"
    (small_disk / "fill").unlink()
    freed = time.monotonic()
    while ask("POST", "/v1/notes", json=note).status_code != 201:
        assert time.monotonic() - freed < 10
    assert ask("POST", "/v1/documents", content=plan(2), headers=PLAIN).status_code == 201
    assert ask("GET", "/v1/documents").json()["total"]["value"] == 2
    with process:
        process.send_signal(signal.SIGTERM)
    assert process.returncode == 0
    assert "全部相符" in run("check")
    assert "与写入时一致" in run("audit", "verify")
