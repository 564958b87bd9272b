"""``zeren doctor``: each thing that may be wrong is named, with what to do; nothing is changed by looking."""

from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from api.cli.main import app as cli
from api.cli.serving.doctor import LOOKS
from api.security.audit import AuditLog
from api.security.database import ServiceDatabase
from graph.store.embedded.store import EmbeddedStore


def run(*arguments: str) -> Any:
    return CliRunner().invoke(cli, list(arguments))


def said(store: str) -> dict[str, str]:
    """The state and words of each look."""
    lines = run("doctor", "--store", store).stdout.splitlines()
    return {line.split("  ")[1]: line for line in lines}


def test_what_is_well_and_what_is_missing(new_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZEREN_LOCAL_USE", "false")
    store = f"embedded:{new_store}"
    found = said(store)
    assert found.keys() == LOOKS.keys()
    assert found["仓库"].startswith("正常  仓库  ArcadeDB")
    assert found["密钥"].startswith("注意  密钥  没有一把管理密钥")
    assert found["服务文件夹"].startswith("注意")
    assert not new_store.with_name(f"{new_store.name}.service").exists()  # looking makes nothing
    assert run("keys", "create", "--name", "甲", "--role", "admin", "--expires", "7d", "--store", store).exit_code == 0
    found = said(store)
    assert "两周内到期：甲" in found["密钥"]
    assert found["服务文件夹"].startswith("正常")
    assert found["审计日志"].startswith("正常  审计日志  1 行")
    assert found["访问"].startswith("正常")
    assert said(f"embedded:{tmp_path / 'none'}")["仓库"].startswith("注意  仓库")


def test_what_is_broken_is_told_and_ends_with_1(new_store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZEREN_LOCAL_USE", "true")
    store, folder = f"embedded:{new_store}", new_store.with_name(f"{new_store.name}.service")
    with closing(ServiceDatabase(folder)) as database, closing(AuditLog(database)) as log:
        log.write(at=(datetime.now(UTC) + timedelta(days=1)).isoformat(), event="read")
    assert said(store)["审计日志"].startswith("不行  审计日志  时钟被拨回")
    (path,) = folder.glob("audit-*.jsonl")
    path.write_bytes(path.read_bytes().replace(b'"read"', b'"load"'))
    path.chmod(0o644)
    found = said(store)
    assert "此后不一致" in found["审计日志"]
    assert found["服务文件夹"].startswith(f"不行  服务文件夹  {folder} 中他人可读：{path.name}  chmod")
    assert found["访问"].startswith("注意  访问  本机读取不需要密钥")
    assert run("doctor", "--store", store).exit_code == 1
    held = EmbeddedStore(new_store)
    assert "不行  仓库" in said(store)["仓库"]
    held.close()
    monkeypatch.setenv("ZEREN_PORT", "many")
    assert run("doctor", "--store", store).stdout.startswith("不行  设置")
