"""The audit log: what becomes a line, that a changed or missing line is found, and that a write waits for its line."""

import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient
from typer.testing import CliRunner

from api.app import create_app
from api.cli.main import app as cli
from api.security.audit import AuditLog, Verified, verify_log
from api.security.database import ServiceDatabase
from api.security.keys import AccessRole
from api.settings import Settings
from graph.errors import StoreUnavailable
from graph.store.contract import Store
from graph.store.embedded.store import EmbeddedStore


@pytest.fixture
def database(tmp_path: Path) -> Iterator[ServiceDatabase]:
    with closing(ServiceDatabase(tmp_path / "a.service")) as made:
        yield made


def filled(database: ServiceDatabase, lines: int, file_bytes: int = 10_000) -> list[Path]:
    with closing(AuditLog(database, file_bytes)) as log:
        for number in range(lines):
            (log.write if number % 2 else log.note)(event="read", what=f"第{number}件")
    return sorted(database.folder.glob("audit-*.jsonl"))


def test_lines_are_numbered_and_chained(database: ServiceDatabase) -> None:
    (path,) = filled(database, 6)
    lines = path.read_bytes().splitlines()
    assert [json.loads(line)["n"] for line in lines] == [1, 2, 3, 4, 5, 6]
    assert [json.loads(line)["what"] for line in lines] == [f"第{number}件" for number in range(6)]
    assert json.loads(lines[3])["prev"] == hashlib.sha256(lines[2]).hexdigest()
    assert path.stat().st_mode & 0o777 == 0o600
    assert verify_log(database.folder, database) == Verified(6, 1, None)


def test_the_chain_goes_on_over_files_and_processes(database: ServiceDatabase) -> None:
    with closing(AuditLog(database, 300)) as one, closing(AuditLog(database, 300)) as other:
        for number in range(8):
            (one, other)[number % 2].write(event="read", what=str(number))
    files = sorted(database.folder.glob("audit-*.jsonl"))
    assert len(files) > 2
    assert verify_log(database.folder, database) == Verified(8, len(files), None)
    with closing(AuditLog(database)) as log:
        assert [line["what"] for line in log.last(3)] == ["7", "6", "5"]
        assert [line["n"] for line in log.last(2, before=4)] == [3, 2]


@pytest.mark.parametrize("place", [0, 2, 5])
@pytest.mark.parametrize("how", ["changed", "removed", "made up"])
def test_a_line_that_is_not_as_it_was_written_is_found(database: ServiceDatabase, place: int, how: str) -> None:
    (path,) = filled(database, 6)
    lines = path.read_bytes().splitlines(keepends=True)
    if how == "changed":
        lines[place] = lines[place].replace("件".encode(), "条".encode())
    elif how == "removed":
        del lines[place]
    else:
        lines.insert(place, lines[place])
    path.write_bytes(b"".join(lines))
    assert verify_log(database.folder, database).fault is not None


def test_looks_at_the_same_thing_are_counted(database: ServiceDatabase) -> None:
    with closing(AuditLog(database)) as log:
        for number in range(40):
            log.note_look(event="read", who="王五" if number % 4 else "赵六", what="job 1", request=str(number))
        log.note(event="read", who="王五", what="plan")
        lines = log.last(9)
        found = [(line["who"], line["what"], line.get("times"), line.get("request")) for line in lines]
        assert sorted(found, key=str) == [
            ("王五", "job 1", 29, "39"),
            ("王五", "job 1", None, "1"),
            ("王五", "plan", None, None),
            ("赵六", "job 1", 9, "36"),
            ("赵六", "job 1", None, "0"),
        ]
        assert (found[-1], found[-2]) == (("赵六", "job 1", None, "0"), ("王五", "job 1", None, "1")), (
            "at once, not counted"
        )
        log.note_look(event="read", who="王五", what="job 1")
        log.note_look(event="read", who="王五", what="job 1")
    assert verify_log(database.folder, database) == Verified(7, 1, None)


def test_a_missing_file_is_found(database: ServiceDatabase) -> None:
    files = filled(database, 12, 300)
    assert len(files) > 2
    files[1].unlink()
    assert "a file is missing" in str(verify_log(database.folder, database).fault)
    for path in files[2:]:
        path.unlink()
    assert "its end is missing" in str(verify_log(database.folder, database).fault)


def test_a_line_that_a_kill_cut_off_is_taken_away_and_told(database: ServiceDatabase) -> None:
    (path,) = filled(database, 2)
    with path.open("ab") as file:
        file.write(b'{"n":3,"at":"20')
    with closing(AuditLog(database)) as log:
        log.write(event="read", what="after")
    assert [json.loads(line).get("what") for line in path.read_bytes().splitlines()[2:]] == ["after", "15 bytes"]
    assert verify_log(database.folder, database).fault is None


@pytest.mark.skipif(os.name != "posix" or not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_log_that_takes_no_line_says_so_and_keeps_what_was_noted(
    database: ServiceDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.write
    with closing(AuditLog(database)) as log:
        log.write(event="read", what="before")

        def full(handle: int, data: bytes) -> int:
            if len(data) > 20:
                return real(handle, data[:20])  # a part fits
            raise OSError(28, "No space left on device")

        monkeypatch.setattr("api.security.audit.os.write", full)
        log.note(event="read", what="noted")
        with pytest.raises(StoreUnavailable, match="No space left"):
            log.write(event="load", what="lost")
        monkeypatch.setattr("api.security.audit.os.write", real)
        log.flush()
        assert [line["what"] for line in log.last(5)] == ["noted", "before"]
    assert verify_log(database.folder, database).fault is None


class Logged:
    """A service over an empty store, and the lines of its log."""

    def __init__(self, client: TestClient, app: Any, store: Store) -> None:
        self.client, self.app, self.store = client, app, store
        self.keys = {role: app.state.service.keys.create(f"{role.word}甲", role) for role in list(AccessRole)[1:]}

    def key(self, role: AccessRole) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.keys[role]}"}

    def line(self) -> dict[str, Any]:
        found: dict[str, Any] = self.app.state.service.audit.last(1)[0]
        return found


@pytest.fixture
def logged(new_store: Path) -> Iterator[Logged]:
    store = EmbeddedStore(new_store)
    app = create_app(Settings(local_use=True), store)
    with TestClient(app, "http://127.0.0.1:8000", raise_server_exceptions=False, client=("127.0.0.1", 5000)) as client:
        yield Logged(client, app, store)
    store.close()


def test_who_did_what_is_a_line(logged: Logged, other_city: str) -> None:
    client, admin, editor = logged.client, logged.key(AccessRole.ADMIN), logged.key(AccessRole.EDITOR)
    text = {"Content-Type": "text/plain; charset=utf-8"}
    loaded = client.post("/v1/documents", content=other_city.encode(), headers=editor | text)
    assert loaded.status_code == 201
    line = logged.line()
    assert (line["event"], line["who"], line["role"], line["what"]) == (
        "load",
        "editor甲",
        "editor",
        "临江市-临发2017-4",
    )
    assert (line["data_version"], line["request"]) == (loaded.json()["data_version"], loaded.headers["X-Request-ID"])
    assert line["address"] == "127.0.0.1"
    client.post("/v1/documents?dry_run=true", content=other_city.encode(), headers=editor | text)
    assert logged.line()["event"] == "trial"
    client.get("/v1/questions/unit-duties?unit=市政府法制办")
    line = logged.line()
    assert (line["event"], line["who"], line["what"], line["rows"]) == ("question", "本机", "unit-duties", 1)
    client.get("/v1/documents?format=csv", headers=editor)
    assert logged.line()["event"] == "export"
    given = {"unit": "市编办", "other": "市政府法制办", "judgement": "unsure", "by": "甲", "why": "一句理由"}
    assert client.post("/v1/judgements", json=given, headers=editor).status_code == 201
    assert (logged.line()["event"], logged.line()["what"]) == ("judge", "临江市:市编办 unsure 临江市:市政府法制办")
    client.delete("/v1/documents/临江市-临发2017-4", headers=editor)
    line = logged.line()
    assert (line["event"], line["who"], line["status"], line.get("what")) == ("refused", "editor甲", 403, None)
    client.delete("/v1/documents/临江市-临发2017-4", headers=admin)
    assert (logged.line()["event"], logged.line()["what"]) == ("remove", "临江市-临发2017-4")
    client.get("/v1/documents", headers={"Authorization": "Bearer zeren_wrong"})
    assert (logged.line()["event"], logged.line()["status"], "who" in logged.line()) == ("refused", 401, False)
    client.post("/sign-in", data={"key": logged.keys[AccessRole.READER]}, follow_redirects=False)
    assert (logged.line()["event"], logged.line()["who"]) == ("sign-in", "reader甲")
    client.get("/v1/ask", params={"q": "谁牵头完善审批制度这件事"})
    assert logged.line()["event"] == "question"
    kept = b"".join(path.read_bytes() for path in logged.app.state.service.database.folder.glob("audit-*"))
    words = ["完善审批制度", "一句理由", "zeren_wrong", *logged.keys.values()]
    assert [word for word in words if word.encode() in kept] == []
    assert client.get("/v1/audit?limit=2&event=load", headers=admin).json()["items"][0]["what"] == "临江市-临发2017-4"
    assert client.get("/v1/audit", headers=editor).status_code == 403
    page = client.get("/v1/audit?limit=3", headers=admin).json()
    assert (
        client.get(f"/v1/audit?limit=1&before={page['next']}", headers=admin).json()["items"][0]["n"]
        == page["next"] - 1
    )


def test_a_page_that_follows_a_job_makes_two_lines(logged: Logged) -> None:
    editor = logged.key(AccessRole.EDITOR)
    given = {"file": ("a.txt", "今天天气很好。".encode(), "text/plain")}
    job = logged.client.post("/v1/jobs?stage=true", files=given, headers=editor).json()["id"]
    for _ in range(30):
        assert logged.client.get(f"/v1/jobs/{job}", headers=editor).status_code == 200
    looks = [line for line in logged.app.state.service.audit.last(50) if line.get("route") == "/v1/jobs/{id}"]
    assert sorted((line["what"], line.get("times", 1)) for line in looks) == [(job, 1), (job, 29)]


def test_health_and_files_of_the_pages_are_no_lines(logged: Logged) -> None:
    logged.client.get("/v1/units")
    before = logged.line()["n"]
    for address in ("/healthz", "/readyz", "/static/zeren.css", "/neo4j-guide/", "/sign-in", "/nothing"):
        logged.client.get(address)
    assert logged.line()["n"] == before


def test_nothing_is_written_while_the_log_can_take_no_line(logged: Logged, other_city: str) -> None:
    audit, editor = logged.app.state.service.audit, logged.key(AccessRole.EDITOR)
    logged.client.get("/v1/units")
    audit.flush()
    moved = shutil.move(audit.folder, audit.folder.with_name("moved"))
    answer = logged.client.post("/v1/documents", content=other_city, headers=editor | {"Content-Type": "text/plain"})
    assert (answer.status_code, "audit log" in answer.json()["detail"]) == (503, True)
    assert logged.client.get("/v1/documents").json()["items"] == []
    shutil.move(moved, audit.folder)
    answer = logged.client.post(
        "/v1/documents", content=other_city.encode(), headers=editor | {"Content-Type": "text/plain; charset=utf-8"}
    )
    assert answer.status_code == 201


def test_a_write_whose_line_is_lost_says_that_it_was_done(
    logged: Logged, other_city: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lost(**_: Any) -> None:
        raise StoreUnavailable("the audit log cannot take a line")

    monkeypatch.setattr(logged.app.state.service.audit, "write", lost)
    headers = logged.key(AccessRole.EDITOR) | {"Content-Type": "text/plain; charset=utf-8"}
    answer = logged.client.post("/v1/documents", content=other_city.encode(), headers=headers)
    assert (answer.status_code, answer.json()["detail"][:24]) == (503, "The work itself was done")


def test_the_command_says_whether_the_log_is_whole(tmp_path: Path) -> None:
    store = ("--store", f"embedded:{tmp_path / 'store'}")
    runner = CliRunner()
    runner.invoke(cli, ["keys", "create", "--name", "甲", "--role", "reader", *store])
    runner.invoke(cli, ["keys", "revoke", "甲", *store])
    whole = runner.invoke(cli, ["audit", "verify", *store])
    assert (whole.exit_code, whole.stdout) == (0, "审计日志共 2 行、1 个文件，与写入时一致\n")
    (path,) = (tmp_path / "store.service").glob("audit-*.jsonl")
    path.write_bytes(path.read_bytes().replace(b"key-create", b"key-forget"))
    broken = runner.invoke(cli, ["audit", "verify", *store])
    assert (broken.exit_code, "前 1 行" in broken.stdout) == (1, True)


def test_what_a_command_writes_without_a_service_is_a_line(tmp_path: Path, new_store: Path, other_city: str) -> None:
    plan = tmp_path / "plan.txt"
    plan.write_text(other_city, encoding="utf-8")
    runner, store = CliRunner(), ("--store", f"embedded:{new_store}")
    for arguments in (
        ("load", "--dry-run", str(plan)),
        ("load", str(plan)),
        ("judge", "市编办", "unsure", "市政府法制办", "--by", "甲", "--why", "乙"),
        ("query", "unit-duties", "unit=市编办"),
        ("backup", str(tmp_path / "b.zip")),
        ("remove", "临江市-临发2017-4"),
    ):
        done = runner.invoke(cli, [*arguments, *store])
        assert done.exit_code == 0, done.output
    folder = new_store.with_name(f"{new_store.name}.service")
    (path,) = folder.glob("audit-*.jsonl")
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert [line["event"] for line in lines] == ["load", "judge", "backup", "remove"]
    assert {line["by"] for line in lines} == {"command"}
    assert runner.invoke(cli, ["audit", "verify", *store]).exit_code == 0
    shutil.rmtree(folder)
    folder.write_text("no folder", encoding="utf-8")
    done = runner.invoke(cli, ["load", str(plan), *store])
    assert (done.exit_code, done.stdout[:3]) == (0, "已载入")
    assert "审计日志没有记下这次写入" in done.stderr
