"""``zeren serve`` as a real process, and the other commands working through it by the lock file."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx2
import pytest

from graph.store.embedded.lock_file import holder

pytestmark = pytest.mark.server

ROOT = Path(__file__).parents[3]
QUESTION = ("query", "unit-duties", "unit=市政府法制办", "--format", "json")


@dataclass
class Place:
    """A store's folder and the environment of programs that work on it."""

    folder: Path

    def environment(self, **more: str) -> dict[str, str]:
        kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        return {
            **kept,
            "ZEREN_STORE": f"embedded:{self.folder / 'store'}",
            "PYTHONPATH": str(ROOT),
            "ZEREN_LOCAL_USE": "1",
            **more,
        }

    def start(self, *arguments: str, **more: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-c", "from api.cli.main import main; main()", *arguments],
            env=self.environment(**more),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def run(self, *arguments: str, stdin: str = "", **more: str) -> tuple[int, str, str]:
        with self.start(*arguments, **more) as process:
            out, err = process.communicate(stdin, timeout=60)
            return process.returncode, out, err

    def serve(self, *arguments: str, **more: str) -> tuple[subprocess.Popen[str], str]:
        """A server that answers, and its address."""
        process = self.start("serve", "--port", "0", *arguments, **more)
        assert process.stdout is not None
        line = process.stdout.readline()
        met = re.match(r"Serving (http://127\.0\.0\.1:\d+) ", line)
        assert met is not None, (line, process.communicate(timeout=60))
        return process, met[1]


def stop(process: subprocess.Popen[str], with_signal: int) -> int:
    with process:
        process.send_signal(with_signal)
        process.communicate(timeout=60)
        return process.returncode


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    return Place(tmp_path_factory.mktemp("served"))


@pytest.fixture(scope="module")
def address(place: Place, other_city: str) -> Iterator[str]:
    """A server over a store that holds the plan."""
    process, address = place.serve()
    code, out, err = place.run("load", "-", stdin=other_city)
    assert (code, out.startswith("已载入 临江市-临发2017-4（"), err) == (0, True, "")
    yield address
    assert stop(process, signal.SIGTERM) == 0


def test_the_address_answers(address: str) -> None:
    assert [httpx2.get(address + path).status_code for path in ("/healthz", "/readyz", "/", "/docs")] == [200] * 4


def test_the_doctor_asks_the_service_whether_it_reads_without_a_key(place: Place, address: str) -> None:
    assert httpx2.get(f"{address}/v1/catalog").status_code == 200
    _, out, _ = place.run("doctor", ZEREN_LOCAL_USE="0")  # what the settings of the command say does not count
    assert "注意  访问  本机读取不需要密钥" in out


def test_the_lock_file_is_the_owners_alone(place: Place, address: str) -> None:
    lock = place.folder / "store.lock"
    assert lock.stat().st_mode & 0o777 == 0o600
    info = holder(place.folder / "store")
    assert info is not None
    assert info.address == address


def test_load_goes_through_the_server(place: Place, address: str, other_city: str) -> None:
    code, out, _ = place.run("load", "-", stdin=other_city)
    assert (code, out.startswith("未变 临江市-临发2017-4（")) == (0, True)
    code, out, _ = place.run("load", "--dry-run", "-", stdin=other_city.replace("市编办、", ""))
    assert (code, out.startswith("试载，未写入 临江市-临发2017-4（")) == (0, True)
    other = other_city.replace("法治政府建设", "另一项工作")
    code, out, err = place.run("load", "-", stdin=other)
    assert (code, out, "belongs to" in err) == (1, "", True)
    code, out, _ = place.run("load", "--id", "另-1", "--issued-on", "2019", "--region", "河口市", "-", stdin=other)
    assert (code, out.startswith("已载入 另-1（")) == (0, True)
    document = httpx2.get(f"{address}/v1/documents/另-1").json()
    assert (document["region"], document["issued_on"]) == ("河口市", "2019")
    assert place.run("remove", "另-1")[:2][0] == 0


def test_bad_input_meets_the_same_words(place: Place, address: str) -> None:
    for stdin, met in (("%PDF-1.7", "is a damaged PDF"), ("今天天气很好。", "--allow-empty")):
        code, out, err = place.run("load", "-", stdin=stdin)
        assert (code, out, met in err, err.count("\n")) == (1, "", True, 1)


def test_an_answer_through_the_server_is_the_whole_one(place: Place, address: str, other_city: str) -> None:
    more = other_city + "\n2.完善备案制度。\n\n牵头单位：市政府法制办。\n\n完成时限：2019年年底前完成。\n"
    assert place.run("load", "-", stdin=more)[0] == 0
    whole = json.loads(place.run(*QUESTION)[1])
    assert [row["item"]["number"] for row in whole["items"]] == [1, 2]
    assert whole["total"] == {"value": 2, "relation": "eq"}
    assert place.run("load", "-", stdin=other_city)[0] == 0


def test_status_and_check_go_through_the_server(place: Place, address: str) -> None:
    _, out, _ = place.run("status")
    assert f"服务  {address}（进程 " in out
    assert "任务事项 1" in out
    assert place.run("check")[:2] == (0, "核对 1 个文件：全部相符\n")
    code, _, err = place.run("check", "没有")
    assert (code, "没有" in err) == (1, True)


def test_a_name_that_nothing_has_is_said_with_the_nearest(place: Place, address: str) -> None:
    code, out, err = place.run("query", "unit-duties", "unit=市政府法制")
    assert (code, out, "临江市:市政府法制办" in err) == (1, "", True)


def test_serving_what_is_served_already(place: Place, address: str) -> None:
    port = address.rpartition(":")[2]
    code, out, _ = place.run("serve", "--port", port)
    assert (code, out.startswith(f"Already served at {address} by process ")) == (0, True)
    code, _, err = place.run("serve", "--port", str(int(port) - 1))
    assert (code, f"already served at {address} by process" in err) == (1, True)


def test_a_taken_port_is_said_before_the_store_opens(tmp_path: Path) -> None:
    place = Place(tmp_path)
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        for arguments in (("serve", "--port", str(port)), ("serve", "--check", "--port", str(port))):
            code, out, err = place.run(*arguments)
            assert (code, out, err.count("\n")) == (1, "", 1)
            assert f"port {port} of 127.0.0.1 is taken" in err
            assert f"zeren serve --port {port + 1} (make run PORT={port + 1})" in err
    assert list(tmp_path.iterdir()) == []


def test_check_says_nothing_when_it_could_serve(tmp_path: Path) -> None:
    assert Place(tmp_path).run("serve", "--check", "--port", "0") == (0, "", "")


def test_no_other_machine_without_a_key(tmp_path: Path) -> None:
    place = Place(tmp_path)
    code, out, err = place.run("serve", "--host", "0.0.0.0", "--port", "0")
    assert (code, out, "without a key" in err, "ZEREN_API_KEY_FILE" in err) == (1, "", True, True)
    assert place.run("serve", "--check", "--host", "0.0.0.0", "--port", "0", ZEREN_API_KEY="geheim")[0] == 0


def test_an_unreadable_setting_is_one_sentence(tmp_path: Path) -> None:
    code, out, err = Place(tmp_path).run("serve", ZEREN_PORT="eight")
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert err.startswith("zeren: 设置 ZEREN_PORT 无法读取。（a setting cannot be read (ZEREN_PORT: ")


def test_an_address_of_another_machine_is_said(tmp_path: Path) -> None:
    code, _, err = Place(tmp_path).run("serve", "--host", "192.0.2.1", "--port", "0", ZEREN_API_KEY="geheim")
    assert (code, err.startswith("zeren: 无法在 192.0.2.1 的端口 0 上监听。（cannot listen on 192.0.2.1 port 0")) == (
        1,
        True,
    )


def test_ctrl_c_ends_in_order_and_a_killed_server_leaves_nothing_in_the_way(tmp_path: Path, other_city: str) -> None:
    place = Place(tmp_path)
    process, _ = place.serve()
    assert place.run("load", "-", stdin=other_city)[0] == 0
    assert stop(process, signal.SIGINT) == 0
    process, _ = place.serve()
    assert stop(process, signal.SIGKILL) == -signal.SIGKILL
    code, out, _ = place.run(*QUESTION)
    assert (code, json.loads(out)["total"]["value"]) == (0, 1)


@pytest.mark.slow
@pytest.mark.parametrize("step", ["reading", "storing"])
def test_a_long_load_is_ended_in_a_bounded_time_and_writes_nothing(tmp_path: Path, step: str) -> None:
    place = Place(tmp_path)
    code, key, err = place.run("keys", "create", "--name", "甲", "--role", "admin")
    assert code == 0, err
    headers = {"Authorization": f"Bearer {key.strip()}"}
    process, address = place.serve(ZEREN_SHUTDOWN_SECONDS="1")
    lines = (f"{n}.完善第{n}项制度。\n\n牵头单位：市第{n % 50}局、市司法局。\n\n" for n in range(1, 1501))
    plan = f"甲市人民政府文件\n\n甲政发〔2026〕9号\n\n甲市大方案\n\n{''.join(lines)}"
    job = httpx2.post(f"{address}/v1/jobs", files={"file": ("大.txt", plan.encode())}, headers=headers).json()["id"]

    def at_work() -> bool:
        now = httpx2.get(f"{address}/v1/jobs/{job}", headers=headers, timeout=60).json()["current"]
        return now is not None and now["step"] == step

    while not at_work():
        time.sleep(0.05)
    began = time.monotonic()
    with process:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=120)
    assert process.returncode in (0, 1)
    assert time.monotonic() - began < 60, (
        "the load alone takes far longer on a busy machine; 1 + 12 + 8 seconds are the bound"
    )
    _, out, _ = place.run("status")
    assert "文件  无" in out
    process, address = place.serve()
    while httpx2.get(f"{address}/v1/jobs/{job}", headers=headers, timeout=60).json()["state"] != "done":
        time.sleep(0.2)
    assert [one["id"] for one in httpx2.get(f"{address}/v1/documents", headers=headers).json()["items"]] == [
        "甲市-甲政发2026-9"
    ]
    assert stop(process, signal.SIGTERM) == 0
