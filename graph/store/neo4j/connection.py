"""The connection to a Neo4j server: one driver, sessions with the right settings, one way to run a query of the
catalogue.

Only managed transactions are offered: the driver repeats them for a bounded time if the server says that this may help.
Every session names the database (a cluster then needs no extra question), says whether it reads (then any member may
answer), and shares its bookmarks with the other sessions, so that every member shows what was written here.

``neo4j-rust-ext`` (the extra ``neo4j-fast``) makes the same driver faster; nothing here depends on it.

Left to others: what a transaction does (`graph.store.neo4j.store`, `graph.store.neo4j.write`,
`graph.store.neo4j.server_schema`).
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from neo4j import (
    READ_ACCESS,
    WRITE_ACCESS,
    Driver,
    GraphDatabase,
    ManagedTransaction,
    NotificationDisabledClassification,
    NotificationMinimumSeverity,
    Session,
    unit_of_work,
)

from graph.errors import ENDING, StoreUnavailable
from graph.store.catalogue import Catalogue, load_catalogue
from graph.store.contract import Row
from graph.store.neo4j.address import ServerAddress
from graph.store.neo4j.server_errors import LostCommit, server_errors

T = TypeVar("T")

CONNECT_TIMEOUT = 3.0  # seconds to reach the server
READ_TIMEOUT = 30.0  # seconds one read transaction may take; a server just started plans its first queries slowly
WRITE_TIMEOUT = 120.0  # seconds one write transaction may take, the wait for the write lock included
READ_RETRY = 0.6  # seconds in which a read that failed for the connection is begun again: a service answers 503 soon
WRITE_RETRY = 15.0  # the same for a write: a server that restarts is waited for


# what the driver logs is raised as well; without a handler of the program's own it must not reach the terminal
logging.getLogger("neo4j").addHandler(logging.NullHandler())


@dataclass(frozen=True, slots=True)
class Ran:
    """The rows, whether anything was written, and the counters of the server: ``{"nodes_created": 3}``."""

    rows: list[Row]
    changed: bool
    counters: Mapping[str, int]


class Connection:
    """Connects at its first use. With ``warnings`` the server's notes on queries become Python warnings."""

    def __init__(self, server: ServerAddress, *, warnings: bool) -> None:
        self.server = server
        self.catalogue: Catalogue = load_catalogue()
        self._open = True
        self.interrupted = False
        with server_errors(server, "the connection"):
            self._driver = _driver(server, warnings)
        self.bookmarks = GraphDatabase.bookmark_manager()

    def verify(self) -> str:
        """The server's version, ``5.26.30``. It fails at once if the server does not answer; a query would be retried."""
        with server_errors(self.server, "the connection"):
            return self._opened().get_server_info().agent.removeprefix("Neo4j/")

    def read(self, work: Callable[[ManagedTransaction], T], *, timeout: float = READ_TIMEOUT) -> T:
        """The answer of ``work`` from one read transaction; the server refuses writes in it."""
        with self._session(READ_ACCESS, READ_RETRY) as session:
            return session.execute_read(unit_of_work(timeout=timeout)(work))

    def write(
        self,
        work: Callable[[ManagedTransaction], T],
        *,
        timeout: float = WRITE_TIMEOUT,
        retry: float = WRITE_RETRY,
    ) -> T:
        """The answer of ``work`` from one committed transaction. Raises LostCommit if the commit left no bookmark."""
        with self._session(WRITE_ACCESS, retry) as session:
            answer = session.execute_write(unit_of_work(timeout=timeout)(work))
            if not session.last_bookmarks().raw_values:
                raise LostCommit
            return answer

    def run(self, tx: ManagedTransaction, name: str, parameters: Mapping[str, Any] | None = None) -> Ran:
        """Run the query ``name`` of the catalogue and read all of its rows."""
        if self.interrupted:
            raise StoreUnavailable(ENDING)
        query = self.catalogue[name]
        result = tx.run(query.text, query.check(parameters))
        names = result.keys()
        rows = [dict(zip(names, record.values(), strict=True)) for record in result]
        counters = result.consume().counters
        counted = {name: count for name, count in vars(counters).items() if not name.startswith("_") and count}
        return Ran(rows, counters.contains_updates, counted)

    def close(self) -> None:
        self._open = False
        self._driver.close()

    def _session(self, access: str, retry: float) -> Session:
        return self._opened().session(
            database=self.server.database,
            default_access_mode=access,
            bookmark_manager=self.bookmarks,
            max_transaction_retry_time=retry,
            initial_retry_delay=0.1,
            fetch_size=-1,  # every result is read whole
        )

    def _opened(self) -> Driver:
        if not self._open:
            raise StoreUnavailable(f"the store {self.server.where} is closed; open it again.")
        return self._driver


def _driver(server: ServerAddress, warnings: bool) -> Driver:
    severity = NotificationMinimumSeverity.INFORMATION if warnings else NotificationMinimumSeverity.OFF
    try:
        return GraphDatabase.driver(
            server.uri,
            auth=(server.user, server.password) if server.password is not None else None,
            connection_timeout=CONNECT_TIMEOUT,
            connection_acquisition_timeout=2 * CONNECT_TIMEOUT,
            notifications_min_severity=severity,
            # an empty graph has no relationship type yet: that is no fault of a query
            notifications_disabled_classifications=[NotificationDisabledClassification.UNRECOGNIZED],
            warn_notification_severity=severity,
            telemetry_disabled=True,
            user_agent="zeren",
        )
    except ValueError as error:
        raise StoreUnavailable(f"{server.uri} is not an address that the driver takes: {error}.") from error
