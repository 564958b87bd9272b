"""People and their keys: who has which role, until when, and when the key was last used.

1. `KeyRing.create` makes a key of 256 random bits for a name and a role and returns it once; kept is only its HMAC-SHA-256
   under a secret of the file. A key that is random cannot be guessed from that, so no slow hash is needed.
2. `KeyRing.holder` finds who holds a given key; one that is revoked or past its time holds nothing.
3. `KeyRing.revoke` ends a key, `KeyRing.rotate` gives its holder another one; the old one ends at once.

Example: ``ring.holder(ring.create("王五", AccessRole.EDITOR))`` is ``Person("王五", AccessRole.EDITOR, …)``.

Left to others: what a role may (`api.http.access`), sessions of browsers (`api.security.sessions`).
"""

import hashlib
import hmac
import logging
import secrets
import sqlite3
import threading
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import IntEnum
from pathlib import Path

from api.security.database import FILE, ServiceDatabase
from graph.errors import ParameterError, StoreUnavailable
from graph.stamps import utc_now

log = logging.getLogger("zeren.security")

PREFIX = "zeren_"
MOST_NAME = 80
_USED_AGAIN = timedelta(minutes=1)  # a use within it is not written anew


class AccessRole(IntEnum):
    """What a person may: each role also what the ones before it may. OPEN needs nobody."""

    OPEN = 0
    READER = 1
    EDITOR = 2
    ADMIN = 3

    @property
    def word(self) -> str:
        return self.name.lower()


ROLE_NAMES = {AccessRole.READER: "查阅", AccessRole.EDITOR: "编辑", AccessRole.ADMIN: "管理"}


def role_called(word: str) -> AccessRole:
    """``editor`` or ``编辑`` -> `AccessRole.EDITOR`. Raises ParameterError for another word."""
    for role, chinese in ROLE_NAMES.items():
        if word in (role.word, chinese):
            return role
    raise ParameterError(f"parameter 'role' is {word!r}; expected one of reader, editor, admin.")


@dataclass(frozen=True, slots=True)
class Person:
    """Whoever sends a request. ``key`` is the id of the key in the list of keys, ``how`` by what he is known: key, session,
    file (the key file), token (the local token), local (this machine, without a key).
    """

    name: str
    role: AccessRole
    key: str
    how: str


@dataclass(frozen=True, slots=True)
class KeyInfo:
    """One key as it is listed; times are ISO, in UTC."""

    id: str
    name: str
    role: AccessRole
    created_at: str
    expires_at: str | None
    revoked_at: str | None
    last_used_at: str | None

    def state(self, now: str) -> str:
        """``有效``, ``已撤销`` or ``已过期``."""
        if self.revoked_at is not None:
            return "已撤销"
        return "已过期" if self.expires_at is not None and self.expires_at <= now else "有效"


class KeyRing:
    """The keys in one `ServiceDatabase`."""

    def __init__(self, database: ServiceDatabase) -> None:
        self._database = database
        self._secret = database.secret("keys")
        self._used: dict[str, datetime] = {}
        self._turn = threading.Lock()

    def digest(self, key: str) -> bytes:
        """What is kept of ``key``."""
        return hmac.new(self._secret, key.encode("utf-8", "surrogatepass"), hashlib.sha256).digest()

    def create(self, name: str, role: AccessRole, expires_at: str | None = None) -> str:
        """A new key; it cannot be had again. Raises ParameterError for a name that is taken or none."""
        name = name.strip()
        if not name or len(name) > MOST_NAME or not name.isprintable():
            raise ParameterError(
                f"parameter 'name' is {name[:MOST_NAME]!r}; expected a name of 1 to {MOST_NAME} characters in one line."
            )
        key = _new_key()
        try:
            self._database.run(
                "INSERT INTO keys (id, name, role, digest, created_at, expires_at) VALUES (?, ?, ?, ?, ?, ?)",
                *(secrets.token_hex(4), name, role.word, self.digest(key), utc_now(), expires_at),
            )
        except sqlite3.IntegrityError:
            raise ParameterError(
                f"a key called {name!r} exists; expected another name. Give its holder a new key by zeren keys rotate, or "
                f"revoke it first."
            ) from None
        return key

    def all(self) -> list[KeyInfo]:
        """Every key, the oldest first."""
        rows = self._database.rows(
            "SELECT id, name, role, created_at, expires_at, revoked_at, last_used_at FROM keys ORDER BY rowid"
        )
        return [KeyInfo(**{**row, "role": role_called(row["role"])}) for row in rows]

    def revoke(self, reference: str) -> KeyInfo:
        """End the key with this name or id. Raises ParameterError if none holds."""
        found = self._holding(reference)
        with self._database.transaction():
            self._database.run("UPDATE keys SET revoked_at = ? WHERE id = ?", utc_now(), found.id)
            self._end_sessions(found.id)
        return found

    def rotate(self, reference: str, expires_at: str | None = None) -> tuple[KeyInfo, str]:
        """Another key for the holder of this one, which ends. Without ``expires_at`` its time stays. Raises ParameterError if
        none holds.
        """
        found, key = self._holding(reference), _new_key()
        with self._database.transaction():
            self._end_sessions(found.id)
            self._database.run(
                "UPDATE keys SET digest = ?, expires_at = coalesce(?, expires_at), last_used_at = NULL WHERE id = ?",
                *(self.digest(key), expires_at, found.id),
            )
        return found, key

    def holder(self, key: str) -> Person | None:
        """Who holds ``key`` now."""
        return self.holder_of_digest(self.digest(key), "key")

    def holder_of_digest(self, digest: bytes, how: str) -> Person | None:
        """Who holds the key of which ``digest`` is kept."""
        rows = self._database.rows(
            "SELECT id, name, role FROM keys WHERE digest = ? AND revoked_at IS NULL"
            " AND (expires_at IS NULL OR expires_at > ?)",
            *(digest, utc_now()),
        )
        if not rows:
            return None
        self._note_use(rows[0]["id"])
        return Person(rows[0]["name"], role_called(rows[0]["role"]), rows[0]["id"], how)

    def _note_use(self, key: str) -> None:
        now = datetime.now(UTC)
        with self._turn:
            last = self._used.get(key)
            if last is not None and timedelta(0) <= now - last < _USED_AGAIN:
                return
            self._used[key] = now
        try:
            self._database.run("UPDATE keys SET last_used_at = ? WHERE id = ?", utc_now(), key)
        except StoreUnavailable as error:  # a full disk: who may read still may
            log.warning("the last use of a key could not be noted: %s", error)

    def _holding(self, reference: str) -> KeyInfo:
        for one in self.all():
            if one.revoked_at is None and reference in (one.id, one.name):
                return one
        raise ParameterError(f"no key is called {reference!r}; expected a name or id of zeren keys list.")

    def _end_sessions(self, key: str) -> None:
        self._database.run("DELETE FROM sessions WHERE key_digest = (SELECT digest FROM keys WHERE id = ?)", key)


def holds_keys(folder: Path) -> bool:
    """Whether a key of a person holds in the folder of a service; none where there is no folder yet."""
    if not (folder / FILE).exists():
        return False
    with closing(ServiceDatabase(folder)) as database:
        now = utc_now()
        return any(one.revoked_at is None and (one.expires_at or "9") > now for one in KeyRing(database).all())


def _new_key() -> str:
    return PREFIX + secrets.token_urlsafe(32)
