"""The SQLite file of the service: keys, sessions, notes, baskets, jobs and readings, in one small file beside the store.

1. `ServiceDatabase` opens ``service.sqlite`` in the folder of the service, for its owner alone, and brings it up to the
   newest of `MIGRATIONS`; a file of a newer version is refused. The number of the last one applied is ``user_version``.
2. `ServiceDatabase.rows` reads, `ServiceDatabase.run` writes one statement, `ServiceDatabase.transaction` several.
   The service and the command line may use the file at once; each waits for the other.
3. A fault of SQLite (a full disk, a damaged file) is a StoreUnavailable with its words.

Example: ``database.rows("SELECT name FROM keys WHERE role = ?", "admin")``.

Left to others: what the tables mean (`api.security.keys`, `api.security.sessions`, `api.desk`, `api.loading`).
"""

import secrets
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from api.security.folder import own_file, own_folder
from graph.errors import StoreUnavailable

FILE = "service.sqlite"
_WAIT = 5.0  # seconds for another process that writes
# Each is applied once, in order; a released one is never changed.
MIGRATIONS = (
    """
    CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL);
    CREATE TABLE keys (
        id TEXT PRIMARY KEY, name TEXT NOT NULL, role TEXT NOT NULL, digest BLOB NOT NULL UNIQUE,
        created_at TEXT NOT NULL, expires_at TEXT, revoked_at TEXT, last_used_at TEXT
    );
    CREATE UNIQUE INDEX one_key_a_name ON keys (name) WHERE revoked_at IS NULL;
    CREATE TABLE sessions (
        digest BLOB PRIMARY KEY, key_digest BLOB NOT NULL, csrf TEXT NOT NULL, created_at TEXT NOT NULL,
        expires_at TEXT NOT NULL
    );
    """,
    """
    CREATE TABLE notes (
        n INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, subject TEXT, document TEXT NOT NULL,
        document_title TEXT NOT NULL, place_start INTEGER, place_end INTEGER, quote TEXT NOT NULL, name_hash TEXT NOT NULL,
        words_hash TEXT NOT NULL, title TEXT NOT NULL, verdict TEXT, why TEXT NOT NULL, author TEXT NOT NULL,
        author_key TEXT NOT NULL, made_at TEXT NOT NULL, changed_at TEXT, changed_by TEXT
    );
    CREATE INDEX notes_by_document ON notes (document, n);
    CREATE INDEX notes_by_subject ON notes (subject, n);
    CREATE TABLE baskets (
        owner TEXT PRIMARY KEY, name TEXT NOT NULL, fields TEXT NOT NULL, changed_at TEXT NOT NULL, restored INTEGER NOT NULL
    );
    CREATE TABLE basket_entries (
        id TEXT PRIMARY KEY, owner TEXT NOT NULL, position INTEGER NOT NULL, kind TEXT NOT NULL, subject TEXT NOT NULL,
        mark TEXT NOT NULL, note TEXT NOT NULL, added_at TEXT NOT NULL, kept TEXT NOT NULL
    );
    CREATE INDEX entries_by_owner ON basket_entries (owner, position);
    """,
    """
    CREATE TABLE jobs (
        id TEXT PRIMARY KEY, kind TEXT NOT NULL, replaces INTEGER NOT NULL, allows_empty INTEGER NOT NULL, key TEXT NOT NULL,
        who TEXT NOT NULL, role TEXT NOT NULL, created_at TEXT NOT NULL, expires_at TEXT NOT NULL, ended_at TEXT,
        cancelled_at TEXT, taken_up INTEGER NOT NULL DEFAULT 0
    );
    CREATE TABLE readings (
        id TEXT PRIMARY KEY, job TEXT, place INTEGER NOT NULL, state TEXT NOT NULL, name TEXT, bytes INTEGER NOT NULL,
        is_text INTEGER NOT NULL, encoding TEXT, options TEXT NOT NULL, key TEXT NOT NULL, who TEXT NOT NULL,
        created_at TEXT NOT NULL, expires_at TEXT NOT NULL, plan TEXT, card TEXT, report TEXT, problem TEXT
    );
    CREATE INDEX readings_of_job ON readings (job, place);
    """,
)


class ServiceDatabase:
    """One open file. Its methods may be called from several threads."""

    def __init__(self, folder: Path) -> None:
        self.folder = own_folder(folder)
        self.path = own_file(folder / FILE)
        self._turn = threading.RLock()
        with self._told():
            # SQLite gives the files beside it (-wal, -shm) the mode of this one
            self._connection = sqlite3.connect(self.path, timeout=_WAIT, isolation_level=None, check_same_thread=False)
            self._connection.row_factory = sqlite3.Row
            self._connection.execute("PRAGMA journal_mode = WAL")
            self._connection.execute("PRAGMA synchronous = FULL")
            self._migrate()

    def rows(self, sql: str, *values: Any) -> list[dict[str, Any]]:
        """The rows of a statement that reads."""
        with self._turn, self._told():
            return [dict(row) for row in self._connection.execute(sql, values)]

    def run(self, sql: str, *values: Any) -> int:
        """Run a statement that writes; the number of rows it changed."""
        with self._turn, self._told():
            return self._connection.execute(sql, values).rowcount

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All statements inside, or none of them."""
        with self._turn:
            self.run("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self.run("ROLLBACK")
                raise
            self.run("COMMIT")

    def secret(self, name: str) -> bytes:
        """The random secret ``name`` of this file, 32 bytes, made when it is first asked for."""
        self.run("INSERT OR IGNORE INTO meta VALUES (?, ?)", name, secrets.token_hex(32))
        return bytes.fromhex(self.rows("SELECT value FROM meta WHERE name = ?", name)[0]["value"])

    def close(self) -> None:
        with self._turn:
            self._connection.close()

    def _migrate(self) -> None:
        met = self._version()
        if met > len(MIGRATIONS):
            raise StoreUnavailable(
                f"{self.path} has version {met}; expected at most {len(MIGRATIONS)}. A newer Zeren wrote it: use that one."
            )
        for number in range(met, len(MIGRATIONS)):
            with self.transaction():
                if self._version() == number:  # another process may have been quicker
                    for statement in MIGRATIONS[number].split(";"):
                        self._connection.execute(statement)
                    self._connection.execute(f"PRAGMA user_version = {number + 1}")

    def _version(self) -> int:
        return int(self._connection.execute("PRAGMA user_version").fetchone()[0])

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.IntegrityError:
            raise
        except sqlite3.Error as error:
            raise StoreUnavailable(
                f"{self.path}, which holds keys, sessions, notes and readings, cannot be used ({error}); expected a file that this user may "
                f"write, on a disk with room."
            ) from error
