"""Sessions of browsers: a key is given once, in a form; then a cookie stands for it until its time is over.

1. `Sessions.begin` makes a session for a key that holds: a random token for the cookie, of which only the HMAC-SHA-256 is
   kept, and a second one (CSRF) that every write from a page must repeat.
2. `Sessions.find` finds the session of a cookie. It holds as long as its key does: who is revoked is signed out.
3. `Sessions.end` ends one; sessions past their time are removed when the next one begins.

Example: ``sessions.find(sessions.begin(digest).token).csrf``.

Left to others: cookies and forms (`api.pages.sign_in`), who holds the key (`api.security.keys`).
"""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from api.security.database import ServiceDatabase
from api.security.keys import KeyRing
from graph.stamps import stamp, utc_now


@dataclass(frozen=True, slots=True)
class Session:
    """A session that holds. ``token`` is the value of its cookie, ``key_digest`` tells the key it stands for."""

    token: str
    csrf: str
    key_digest: bytes
    expires_at: str


class Sessions:
    """The sessions in one `ServiceDatabase`, each of at most ``hours``."""

    def __init__(self, database: ServiceDatabase, keys: KeyRing, hours: float) -> None:
        self._database, self._keys = database, keys
        self._length = timedelta(hours=hours)

    def begin(self, key_digest: bytes) -> Session:
        """A new session for the key with this digest."""
        now = datetime.now(UTC)
        made = Session(secrets.token_urlsafe(32), secrets.token_urlsafe(32), key_digest, stamp(now + self._length))
        self._database.run("DELETE FROM sessions WHERE expires_at <= ?", stamp(now))
        self._database.run(
            "INSERT INTO sessions VALUES (?, ?, ?, ?, ?)",
            *(self._keys.digest(made.token), key_digest, made.csrf, stamp(now), made.expires_at),
        )
        return made

    def find(self, token: str) -> Session | None:
        """The session of a cookie, if its time is not over."""
        rows = self._database.rows(
            "SELECT csrf, key_digest, expires_at FROM sessions WHERE digest = ? AND expires_at > ?",
            *(self._keys.digest(token), utc_now()),
        )
        return Session(token, **rows[0]) if rows else None

    def end(self, token: str) -> None:
        """End the session of a cookie."""
        self._database.run("DELETE FROM sessions WHERE digest = ?", self._keys.digest(token))
