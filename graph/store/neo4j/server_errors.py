"""Errors of a Neo4j server in our words: what was met, what was expected, what to do.

Decisions rest on error codes and classes only, because the ``gql_status`` of one fault differs between server versions.

What is tried again, and why that is safe:

* by the driver, within its bounded retry time: ``TransientError`` (a deadlock, a change of leader, memory: the server
  itself says that another attempt may succeed), ``ServiceUnavailable`` and ``SessionExpired`` (the connection broke before
  the commit was requested, so nothing was written);
* by `graph.store.neo4j.store`: what `RETRYABLE` lists, each with its reason.

Example: ``Neo.ClientError.Security.Unauthorized`` becomes a StoreUnavailable that names the variables to set.

Left to others: trying again (`graph.store.neo4j.store`).
"""

from collections.abc import Iterator
from contextlib import contextmanager

from neo4j.exceptions import (
    AuthError,
    ConfigurationError,
    DriverError,
    Forbidden,
    IncompleteCommit,
    Neo4jError,
    ServiceUnavailable,
    SessionExpired,
    TransientError,
)

from graph.errors import SchemaMismatch, StoreBusy, StoreError, StoreUnavailable
from graph.store.neo4j.address import ServerAddress


class LostCommit(Exception):
    """The server confirmed a commit and did not make it."""


RETRYABLE: dict[type[Exception], str] = {
    IncompleteCommit: "the connection broke while the commit was under way: its mark tells whether it arrived",
    LostCommit: "the answer to the commit held no bookmark or left no mark: nothing of it was written",
}

# two programs that migrate one database at the same time: the other one was first
ALREADY_THERE = frozenset(
    f"Neo.ClientError.Schema.{name}"
    for name in ("EquivalentSchemaRuleAlreadyExists", "ConstraintAlreadyExists", "IndexAlreadyExists")
)
_FORBIDDEN = frozenset(
    ("Neo.ClientError.Statement.AccessMode", "Neo.ClientError.General.WriteOnReadOnlyAccessDatabase")
)
# what a server says whose disk is full: at the first write, from then on, and after a start with the disk still full
_FULL = frozenset(
    f"Neo.DatabaseError.Transaction.{name}"
    for name in ("TransactionLogError", "TransactionCommitFailed", "TransactionStartFailed")
)
_FULL_WORDS = ("no space left", "disk full", "out of disk", "not enough space")
_UNAVAILABLE = "Neo.TransientError.General.DatabaseUnavailable"


def code_of(error: BaseException) -> str:
    """The server's code: ``Neo.ClientError.Security.Unauthorized``; ``""`` if the error is the driver's own."""
    return (error.code or "") if isinstance(error, Neo4jError) else ""


def is_timeout(error: BaseException) -> bool:
    """Whether the server ended the transaction because it took too long."""
    code = code_of(error)
    return "TimedOut" in code or "LockClientStopped" in code or code.endswith("LockAcquisitionTimeout")


@contextmanager
def server_errors(server: ServerAddress, doing: str) -> Iterator[None]:
    """Turn the driver's errors inside the block into ours; our own errors pass through."""
    try:
        yield
    except LostCommit as error:
        raise StoreUnavailable(
            f"{server.where} confirmed the commit of {doing} but did not keep it. "
            f"It was tried several times; try again when the server runs steadily."
        ) from error
    except (Neo4jError, DriverError) as error:
        raise translated(error, server, doing) from error


def translated(error: Neo4jError | DriverError, server: ServerAddress, doing: str) -> StoreError:
    """``error``, met while ``doing`` (``the query 'read/unit'``), as one of `graph.errors`."""
    code = code_of(error)
    if isinstance(error, AuthError):
        return _refused(error, server)
    if code == "Neo.ClientError.Database.DatabaseNotFound":
        return StoreUnavailable(f"{server.uri} has no database {server.database!r}; set NEO4J_DATABASE to one it has.")
    if isinstance(error, Forbidden) or code in _FORBIDDEN:
        return StoreError(
            f"{server.where} refused {doing} to the user {server.user!r}, who may only read; expected one who may "
            f"write. Set NEO4J_USERNAME and NEO4J_PASSWORD."
        )
    if code == _UNAVAILABLE:
        return StoreUnavailable(
            f"{server.uri} answers, and its database {server.database!r} does not: it is starting, is stopped, or ran out "
            f"of disk space. Wait a little; otherwise see its log (logs/debug.log) and restart it."
        )
    if isinstance(error, ServiceUnavailable | SessionExpired):
        return StoreUnavailable(
            f"no Neo4j answers at {server.where}: {_first_line(error)}. Start the server, or correct the address."
        )
    if isinstance(error, ConfigurationError):
        return StoreUnavailable(f"{server.uri} cannot be used: {_first_line(error)}.")
    if is_timeout(error):
        return StoreBusy(f"{server.where} ended {doing}, which took too long; nothing was written. Try again later.")
    said = f"{code}: {_first_line(error)}" if code else _first_line(error)
    if code in _FULL or any(words in str(error).lower() for words in _FULL_WORDS):
        return StoreUnavailable(
            f"{server.where} can write no more ({said}), most often because its disk is full; nothing of {doing} was "
            f"kept. Free disk space, restart it, and try again."
        )
    if isinstance(error, TransientError):
        return StoreBusy(f"{server.where} could not do {doing} now ({said}); nothing was written. Try again later.")
    if code.startswith("Neo.ClientError.Schema."):
        return SchemaMismatch(f"{server.where} refused {doing} ({said}); expected a graph that only Zeren changes.")
    return StoreError(f"{server.where} refused {doing}: {said}")


def _refused(error: AuthError, server: ServerAddress) -> StoreUnavailable:
    if "AuthenticationRateLimit" in code_of(error):
        return StoreUnavailable(f"{server.uri} was given wrong passwords too often; wait some seconds, then try again.")
    given = "no password was given" if server.password is None else "the password does not fit"
    return StoreUnavailable(
        f"{server.uri} refused the user {server.user!r}: {given} or the user is unknown there. "
        f"Set NEO4J_USERNAME and NEO4J_PASSWORD, or NEO4J_PASSWORD_FILE."
    )


def _first_line(error: Exception) -> str:
    words = (error.message if isinstance(error, Neo4jError) and error.message else str(error)).strip() or type(
        error
    ).__name__
    return words.splitlines()[0].rstrip(".:")
