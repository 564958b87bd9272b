"""``zeren parse DIR --out --ray 2``: what one process writes, whatever becomes of a worker. Ray is in no lock: see docs/scale.md."""

import importlib.util
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

pytestmark = [
    pytest.mark.server,
    pytest.mark.slow,
    pytest.mark.timeout(600),
    pytest.mark.skipif(
        importlib.util.find_spec("ray") is None, reason="Ray is not installed (pip install 'zeren[ray]')"
    ),
]
COUNT = 800
PLAN = "临江市人民政府文件\n临政发〔2017〕{n}号\n临江市第{n}号工作方案\n一、任务\n1.清理文件。\n牵头单位：市司法局。\n2017年{m}月底前完成。\n"


@pytest.fixture
def plans(tmp_path: Path) -> Path:
    folder = tmp_path / "plans"
    folder.mkdir()
    for n in range(COUNT):
        (folder / f"{n}.txt").write_text(PLAN.format(n=n, m=n % 12 + 1), "utf-8")
    (folder / "broken.docx").write_bytes(b"PK\x03\x04 broken")
    (folder / "prose.txt").write_text("没有任务。", "utf-8")
    return folder


def start(plans: Path, out: Path, *more: str) -> "subprocess.Popen[str]":
    program = ["-c", "from api.cli.main import main; main()", "parse", str(plans), "--out", str(out), *more]
    here = {name: value for name, value in os.environ.items() if name != "RAY_ADDRESS"}
    return subprocess.Popen(
        [sys.executable, *program], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=here
    )


def whole(place: Path) -> list[bytes]:
    return sorted(place.read_bytes().splitlines())


def failures(place: Path) -> list[dict[str, Any]]:
    lines = place.with_name(f"{place.name}.failures.ndjson").read_text("utf-8").splitlines()
    return sorted(map(json.loads, lines), key=lambda one: one["file"])


def workers_of(program: int) -> list[int]:
    """The workers of Ray that read and descend from ``program``: nobody else's are touched."""
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        try:
            if not (place / "cmdline").read_bytes().startswith(b"ray::_map_lot"):
                continue
            parent = place
            while parent.name not in {"0", "1", str(program)}:
                parent = Path("/proc", (parent / "stat").read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
        if parent.name == str(program):
            found.append(int(place.name))
    return found


def test_two_workers_write_what_one_process_writes_though_one_of_them_is_killed(plans: Path, tmp_path: Path) -> None:
    alone, out = tmp_path / "alone.ndjson", tmp_path / "ray.ndjson"
    start(plans, alone).communicate()
    running = start(plans, out, "--ray", "2")
    end = time.monotonic() + 240
    victims: list[int] = []
    while running.poll() is None and time.monotonic() < end and not victims:
        if out.exists() and out.stat().st_size:
            victims = workers_of(running.pid)
        time.sleep(0.02)
    assert victims, running.communicate()
    done = len(out.read_bytes().splitlines())
    os.kill(victims[0], signal.SIGKILL)
    told, complaints = running.communicate(timeout=300)
    assert done < COUNT
    assert f"共 {COUNT + 2} 个文件：读出 {COUNT}，已有 0，失败 1，略过 1" in told, complaints
    assert running.returncode == 1  # of the broken file
    assert whole(out) == whole(alone)
    assert failures(out) == failures(alone)
