"""The address of a Neo4j server and our account there; every secret comes from the environment.

Order of steps: check the address of ``--store`` (``neo4j://``, ``bolt://``, with ``+s`` for TLS; the bare word
``neo4j`` stands for ``NEO4J_URI``); take user and password from ``NEO4J_USERNAME`` and ``NEO4J_PASSWORD`` or the file
``NEO4J_PASSWORD_FILE``, and the database from ``NEO4J_DATABASE``.  An address with a password is refused, because it
would end up in shell histories and messages.

Example: ``server_of("neo4j://graph.example:7687").database`` is ``neo4j``.

Left to others: connecting (`graph.store.neo4j.store`).
"""

import os
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from graph.errors import StoreUnavailable

# the environment of a server, for the table of settings: variable, default, meaning
VARIABLES = (
    ("NEO4J_URI", "", "the server's address when the store is the word neo4j"),
    ("NEO4J_USERNAME", "neo4j", "the user there"),
    ("NEO4J_PASSWORD", "", "the password; without one, none is sent"),
    ("NEO4J_PASSWORD_FILE", "", "a file that holds the password"),
    ("NEO4J_DATABASE", "neo4j", "the database there"),
)
SCHEMES = ("neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc")


@dataclass(frozen=True, slots=True)
class ServerAddress:
    """``password`` is None for a server without authentication; it never appears in messages."""

    uri: str
    user: str
    password: str | None = field(repr=False)
    database: str

    @property
    def where(self) -> str:
        """For messages: the address and the database."""
        return f"{self.uri} (database {self.database!r})"


def is_server(url: str) -> bool:
    """Whether ``url`` names a Neo4j server: ``neo4j``, ``neo4j://host``, ``bolt+s://host:7687``."""
    return url == "neo4j" or (url.partition("://")[0] in SCHEMES and "://" in url)


def server_of(url: str) -> ServerAddress:
    """The server at ``url``. Raises StoreUnavailable if the address or the environment names none."""
    uri = os.environ.get("NEO4J_URI", "") if url == "neo4j" else url
    if not uri:
        raise StoreUnavailable("the store is 'neo4j' and NEO4J_URI is not set; expected NEO4J_URI=neo4j://host:7687.")
    try:
        parts = urlsplit(uri)
        port = parts.port
    except ValueError:
        raise StoreUnavailable(f"{_bare(uri)!r} is not an address; expected neo4j://host:7687.") from None
    if "@" in parts.netloc:
        raise StoreUnavailable(
            f"the address of {parts.hostname} holds a name or password; expected neither. Set NEO4J_USERNAME and "
            f"NEO4J_PASSWORD, or NEO4J_PASSWORD_FILE."
        )
    if parts.scheme not in SCHEMES or not parts.hostname or parts.path not in ("", "/") or parts.fragment:
        raise StoreUnavailable(f"{_bare(uri)!r} is not an address; expected neo4j://host:7687 (bolt://, +s for TLS).")
    address = f"{parts.scheme}://{parts.netloc}{'' if port else ':7687'}{f'?{parts.query}' if parts.query else ''}"
    return ServerAddress(
        uri=address,
        user=_variable("NEO4J_USERNAME"),
        password=_password(),
        database=_variable("NEO4J_DATABASE"),
    )


def _variable(name: str) -> str:
    return os.environ.get(name) or next(default for known, default, _ in VARIABLES if known == name)


def _bare(uri: str) -> str:
    """``uri`` without the part before an @."""
    scheme, mark, rest = uri.partition("://")
    return f"{scheme}{mark}{rest.rpartition('@')[2]}"


def _password() -> str | None:
    given, file = os.environ.get("NEO4J_PASSWORD"), os.environ.get("NEO4J_PASSWORD_FILE")
    if given and file:
        raise StoreUnavailable("NEO4J_PASSWORD and NEO4J_PASSWORD_FILE are both set; expected one of them.")
    if not file:
        return given or None
    try:
        password = Path(file).read_text(encoding="utf-8").strip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        raise StoreUnavailable(
            f"the file {file} of NEO4J_PASSWORD_FILE cannot be read ({error}); expected one line with the password."
        ) from error
    if not password:
        raise StoreUnavailable(f"the file {file} of NEO4J_PASSWORD_FILE is empty; expected one line with the password.")
    return password
