"""A service that is killed while a job runs: the next one goes on, and nothing is half-written, lost or written twice."""

import json
import os
import random
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from api.security.audit import verify_log
from api.security.database import ServiceDatabase
from api.security.keys import AccessRole, KeyRing
from graph.store.opening import open_store
from loaders.storing.check import check

ROOT = Path(__file__).parents[3]
SAMPLE = (ROOT / "examples" / "loudi-2017.txt").read_text(encoding="utf-8")
FILES = 6
pytestmark = [pytest.mark.server, pytest.mark.timeout(900)]


@contextmanager
def serving(folder: Path, environment: dict[str, str]) -> Iterator[tuple[subprocess.Popen[str], str]]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    program = "import sys; from api.cli.main import main; sys.argv[0] = 'zeren'; main()"
    command = [sys.executable, "-c", program, "serve", "--store", f"embedded:{folder / 'store'}", "--port", str(port)]
    child = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, env=environment)
    try:
        assert child.stdout is not None
        assert "Serving" in child.stdout.readline()
        yield child, f"http://127.0.0.1:{port}"
    finally:
        if child.poll() is None:
            child.terminate()
        child.communicate(timeout=60)


def sent(address: str, key: str, body: bytes | None = None, kind: str = "application/json") -> Any:
    request = urllib.request.Request(address, body, {"Authorization": f"Bearer {key}", "Content-Type": kind})
    with urllib.request.urlopen(request, timeout=60) as answer:
        return json.load(answer)


def form(texts: list[str]) -> bytes:
    parts = [
        f'--b\r\nContent-Disposition: form-data; name="file"; filename="{n}.txt"\r\n\r\n{text}\r\n'
        for n, text in enumerate(texts)
    ]
    return ("".join(parts) + "--b--\r\n").encode()


def test_a_job_goes_on_after_a_kill(tmp_path: Path) -> None:
    environment = {**os.environ, "ZEREN_SERVICE_FOLDER": str(tmp_path / "kept")}
    with closing(ServiceDatabase(tmp_path / "kept")) as database:
        key = KeyRing(database).create("编辑甲", AccessRole.EDITOR)
    texts = [SAMPLE.replace("法治政府", f"第{n}次法治政府").replace("20174", f"2017{n}4") for n in range(FILES)]
    with serving(tmp_path, environment) as (child, address):
        begun = sent(f"{address}/v1/jobs?stage=false", key, form(texts), "multipart/form-data; boundary=b")
        job = begun
        wanted = random.randrange(FILES - 1)
        while job["files"]["done"] < wanted:
            job = sent(f"{address}/v1/jobs/{begun['id']}", key)
            time.sleep(0.02)
        time.sleep(random.random() * 0.5)
        child.send_signal(signal.SIGKILL)
        child.wait()
    with serving(tmp_path, environment) as (_, address):
        end = time.monotonic() + 600
        while (job := sent(f"{address}/v1/jobs/{begun['id']}", key))["state"] != "done" and time.monotonic() < end:
            time.sleep(0.2)
    states = [(one["state"], one["problem"]) for one in job["items"]]
    assert states == [("stored", None)] * FILES
    assert job["taken_up"] in (0, 1)  # 0: it was done before the kill
    with closing(open_store(f"embedded:{tmp_path / 'store'}")) as store:
        report = check(store)
        assert (len(report.documents), report.differences) == (FILES, ())
    assert list((tmp_path / "kept" / "readings").iterdir()) == []
    with closing(ServiceDatabase(tmp_path / "kept")) as database:
        assert verify_log(tmp_path / "kept", database).fault is None
    lines = [
        json.loads(line) for path in (tmp_path / "kept").glob("audit-*") for line in path.read_bytes().splitlines()
    ]
    assert {line["what"] for line in lines if line.get("by") == "job"} == {one["document_id"] for one in job["items"]}
