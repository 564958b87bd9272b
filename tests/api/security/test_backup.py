"""Backup and restore by the command and over REST, also while the store is served."""

import zipfile
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient
from typer.testing import CliRunner

from api.app import create_app
from api.cli.main import app as cli
from api.settings import Settings
from graph.store.embedded.store import EmbeddedStore

KEY = {"Authorization": "Bearer a key"}


def run(*arguments: str) -> Any:
    return CliRunner().invoke(cli, list(arguments))


def test_over_rest_and_with_other_data_in_the_way(sample: Any, new_store: Path, tmp_path: Path) -> None:
    answer = sample.client.get("/v1/backup", headers=sample.key)
    assert answer.headers["Content-Type"] == "application/zip"
    assert answer.headers["X-Documents"] == "1"
    folder = sample.app.state.service.database.folder
    assert list(folder.glob("archive-*")) == []
    store = EmbeddedStore(new_store)
    with TestClient(
        create_app(Settings(api_key="a key", max_body_bytes=1000), store), "http://127.0.0.1:8000"
    ) as client:
        done = client.post("/v1/restore", content=answer.content, headers=KEY).json()
        assert (done["documents"], done["faults"], done["counts"]["Item"]) == (1, [], 45)
        line = client.app.state.service.audit.last(1)[0]  # type: ignore[attr-defined]
        assert (line["event"], line["rows"], line["data_version"]) == ("restore", 1, done["data_version"])
        refused = client.post("/v1/restore", content=answer.content[:-100], headers=KEY)
        assert (refused.status_code, refused.json()["type"]) == (422, "urn:zeren:problem:unreadable-source")
        assert (
            client.post("/v1/parse", content=b"x" * 2000, headers=KEY).status_code == 413
        )  # a backup alone may be long
    store.close()


def test_the_command_writes_a_file_and_makes_a_store_of_it(new_store: Path, tmp_path: Path, other_city: str) -> None:
    plan, first, second = tmp_path / "plan.txt", f"embedded:{new_store}", f"embedded:{tmp_path / 'second'}"
    plan.write_text(other_city, encoding="utf-8")
    assert run("load", str(plan), "--store", first).exit_code == 0
    file = tmp_path / "backup.zip"
    made = run("backup", str(file), "--store", first)
    assert (made.exit_code, made.stdout[:20]) == (0, "已备份 1 个文件、0 条判断到 " + str(file)[:3])
    assert file.stat().st_mode & 0o777 == 0o600
    assert zipfile.ZipFile(file).testzip() is None
    restored = run("restore", str(file), "--store", second)
    assert (restored.exit_code, restored.stdout.splitlines()[-1]) == (0, "与备份逐一核对：数量和内容全部相符")
    assert "全部相符" in run("check", "--store", second).stdout
    assert run("restore", str(tmp_path / "none.zip"), "--store", second).exit_code == 1
    assert run("backup", str(tmp_path / "nowhere" / "b.zip"), "--store", first).exit_code == 1
    file.write_bytes(file.read_bytes()[:200])
    assert "不是完整的备份" in run("restore", str(file), "--store", second).stderr
