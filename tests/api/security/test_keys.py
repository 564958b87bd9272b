"""Keys and sessions: what is kept, until when they hold, and the file they are in."""

import re
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from api.cli.main import app as cli
from api.security.database import FILE, MIGRATIONS, ServiceDatabase
from api.security.folder import service_folder
from api.security.keys import AccessRole, KeyRing, holds_keys
from api.security.sessions import Sessions
from graph.errors import ParameterError, StoreUnavailable


@pytest.fixture
def database(tmp_path: Path) -> Iterator[ServiceDatabase]:
    with closing(ServiceDatabase(tmp_path / "a.service")) as made:
        yield made


@pytest.fixture
def ring(database: ServiceDatabase) -> KeyRing:
    return KeyRing(database)


def test_a_key_opens_for_its_holder_and_is_not_kept(ring: KeyRing, database: ServiceDatabase) -> None:
    key = ring.create("王五", AccessRole.EDITOR)
    person = ring.holder(key)
    assert person is not None
    assert (person.name, person.role, person.how) == ("王五", AccessRole.EDITOR, "key")
    assert len(key) >= len("zeren_") + 43  # 256 bits
    assert ring.holder(key[:-1]) is None
    kept = b"".join(path.read_bytes() for path in database.folder.iterdir())
    assert key.encode() not in kept
    assert KeyRing(database).holder(key) == person  # the secret is in the file, not in the process


def test_the_last_use_is_shown(ring: KeyRing) -> None:
    key = ring.create("王五", AccessRole.READER)
    assert ring.all()[0].last_used_at is None
    ring.holder(key)
    assert ring.all()[0].last_used_at is not None


def test_a_key_ends_by_its_time_by_revoking_and_by_rotating(ring: KeyRing) -> None:
    past = ring.create("过期", AccessRole.READER, "2020-01-01T00:00:00+00:00")
    assert ring.holder(past) is None
    gone = ring.create("离任", AccessRole.READER)
    ring.revoke("离任")
    assert ring.holder(gone) is None
    old = ring.create("王五", AccessRole.ADMIN)
    found, new = ring.rotate(ring.all()[-1].id)
    assert ring.holder(old) is None
    assert ring.holder(new) is not None
    assert found.name == "王五"
    now = "2026-01-01T00:00:00+00:00"
    assert [one.state(now) for one in ring.all()] == ["已过期", "已撤销", "有效"]


@pytest.mark.parametrize("name", ["", "  ", "a\nb", "字" * 81])
def test_a_name_is_one_line(ring: KeyRing, name: str) -> None:
    with pytest.raises(ParameterError, match="expected a name"):
        ring.create(name, AccessRole.READER)


def test_a_name_is_taken_until_it_is_revoked(ring: KeyRing) -> None:
    ring.create("王五", AccessRole.READER)
    with pytest.raises(ParameterError, match="exists"):
        ring.create("王五", AccessRole.ADMIN)
    ring.revoke("王五")
    ring.create("王五", AccessRole.ADMIN)
    with pytest.raises(ParameterError, match="zeren keys list"):
        ring.revoke("没有")


def test_a_session_holds_as_long_as_its_key_and_its_time(ring: KeyRing, database: ServiceDatabase) -> None:
    key = ring.create("王五", AccessRole.READER)
    sessions = Sessions(database, ring, 1)
    made = sessions.begin(ring.digest(key))
    assert sessions.find(made.token) == made
    assert sessions.find(made.csrf) is None
    sessions.end(made.token)
    assert sessions.find(made.token) is None
    kept, over = sessions.begin(ring.digest(key)), Sessions(database, ring, -1).begin(ring.digest(key))
    assert sessions.find(over.token) is None
    ring.rotate("王五")
    assert sessions.find(kept.token) is None


def test_what_is_kept_belongs_to_its_owner_alone(database: ServiceDatabase) -> None:
    KeyRing(database).create("王五", AccessRole.READER)
    assert stat.S_IMODE(database.folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in database.folder.iterdir()} == {0o600}


def test_a_file_of_a_newer_version_and_a_damaged_one_are_refused(tmp_path: Path) -> None:
    ServiceDatabase(tmp_path).close()
    with closing(sqlite3.connect(tmp_path / FILE)) as raw:
        raw.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    with pytest.raises(StoreUnavailable, match="newer Zeren"):
        ServiceDatabase(tmp_path)
    (tmp_path / FILE).write_bytes(b"no database" * 1000)
    with pytest.raises(StoreUnavailable, match="cannot be used"):
        ServiceDatabase(tmp_path)
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(StoreUnavailable, match="ZEREN_SERVICE_FOLDER"):
        ServiceDatabase(tmp_path / "file" / "below")


def test_what_a_transaction_began_is_undone(database: ServiceDatabase, ring: KeyRing) -> None:
    def work() -> None:
        with database.transaction():
            database.run("INSERT INTO meta VALUES ('a', 'b')")
            raise KeyError

    with pytest.raises(KeyError):
        work()
    assert database.rows("SELECT * FROM meta WHERE name = 'a'") == []


def test_where_it_lies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert service_folder("embedded:/srv/plans") == Path("/srv/plans.service")
    assert service_folder("embedded:") == tmp_path / "zeren" / "store.service"
    assert service_folder("neo4j://graph.example:7687") == tmp_path / "zeren" / "graph.example-7687-neo4j.service"
    assert service_folder("embedded:", Path("/srv/of-mine")) == Path("/srv/of-mine")
    assert not holds_keys(tmp_path / "nowhere")


def run(store: str, *arguments: str) -> Any:
    return CliRunner().invoke(cli, ["keys", *arguments, "--store", store])


def test_the_command_makes_lists_rotates_and_revokes(tmp_path: Path) -> None:
    store = f"embedded:{tmp_path / 'store'}"
    assert "还没有密钥" in run(store, "list").stdout
    made = run(store, "create", "--name", "王五", "--role", "editor", "--expires", "90d")
    key = made.stdout.strip()
    assert made.exit_code == 0
    assert re.fullmatch(r"zeren_[\w-]{43}", key)
    listed = run(store, "list").stdout
    assert "王五  编辑（editor）  有效" in listed
    assert key not in listed
    assert holds_keys(service_folder(store))
    other = run(store, "rotate", "王五").stdout.strip()
    assert other != key
    assert "已撤销" in run(store, "revoke", "王五").stdout
    assert not holds_keys(service_folder(store))


@pytest.mark.parametrize("given", ["yesterday", "2020-01-01", "2027-13-01"])
def test_a_time_that_is_none_or_over_is_refused(tmp_path: Path, given: str) -> None:
    made = run(f"embedded:{tmp_path / 'store'}", "create", "--name", "a", "--role", "reader", "--expires", given)
    assert made.exit_code == 2
