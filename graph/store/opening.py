"""Opening a store by its address: which engine an address names.

Example: ``open_store("embedded:plans")`` keeps the graph in the folder ``plans``, ``open_store("neo4j://host:7687")`` on a
server.

Left to others: what every store does (`graph.store.contract`), the engines (`graph.store.embedded`, `graph.store.neo4j`).
"""

import os
from pathlib import Path

from graph.errors import StoreUnavailable
from graph.store.contract import Store
from graph.store.neo4j.address import is_server, server_of


def default_path() -> Path:
    """Where ``embedded:`` keeps the graph: ``$XDG_DATA_HOME/zeren/store``, else ``~/.local/share/zeren/store``."""
    base = os.environ.get("XDG_DATA_HOME")
    return (Path(base) if base else Path.home() / ".local" / "share") / "zeren" / "store"


def open_store(url: str, *, apply: bool = True, brief: bool = False, loads: bool = False) -> Store:
    """Open the store at ``url``: ``embedded:``, ``embedded:/path/to/folder``, ``neo4j://host:7687``, or ``neo4j``, which
    stands for the address in ``NEO4J_URI`` (`graph.store.neo4j.address`). Without ``apply`` pending migrations are left. A
    ``brief`` process soon ends, so an embedded engine gets ready sooner and works less fast. A process that ``loads`` many plans
    has no other work: its statements have the time of a load also where they read.

    Raises StoreUnavailable when the scheme is unknown, the engine is not installed, another process holds the store or
    no server answers; SchemaMismatch when the graph there is of a newer version or not Zeren's.
    """
    scheme, _, rest = url.partition(":")
    if scheme == "embedded":
        from graph.store.embedded.store import EmbeddedStore

        return EmbeddedStore(Path(rest).expanduser() if rest else default_path(), apply=apply, brief=brief, loads=loads)
    if is_server(url):
        from graph.store.neo4j.store import BoltStore

        return BoltStore(server_of(url), apply=apply)
    raise StoreUnavailable(
        f"{url!r} names no store this version opens; expected embedded:, embedded:/folder or neo4j://host:7687."
    )
