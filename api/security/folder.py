"""The folder of the service: what it keeps beside the graph, never in it.

``<store>.service`` lies beside an embedded store; of a Neo4j server it is ``HOST-PORT-DATABASE.service`` in the user's data
folder. ``ZEREN_SERVICE_FOLDER`` names another. It belongs to its owner alone (0700, the files in it 0600).

Example: ``service_folder("embedded:/srv/plans")`` is ``/srv/plans.service``.

Left to others: the database in it (`api.security.database`).
"""

import os
import re
from pathlib import Path
from urllib.parse import urlsplit

from graph.errors import StoreUnavailable
from graph.store.neo4j.address import is_server, server_of
from graph.store.opening import default_path


def service_folder(url: str, given: Path | None = None) -> Path:
    """The folder for the store at ``url`` (as for `graph.store.opening.open_store`), or ``given``."""
    if given is not None:
        return given.expanduser().absolute()
    if is_server(url):
        # the url of an open store says its database, too: bolt://host:7687/neo4j
        database = url.partition("://")[2].partition("/")[2]
        server = server_of(url.removesuffix(f"/{database}") if database else url)
        name = f"{urlsplit(server.uri).netloc}-{database or server.database}"
        return default_path().parent / f"{re.sub(r'[^A-Za-z0-9.-]+', '-', name)}.service"
    path = Path(url.partition(":")[2]).expanduser() if url.partition(":")[2] else default_path()
    path = path.absolute()
    return path.with_name(f"{path.name}.service")


def own_folder(folder: Path) -> Path:
    """Make ``folder`` for its owner alone. Raises StoreUnavailable if that cannot be."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        folder.chmod(0o700)
    except OSError as error:
        raise _unusable(folder, error) from error
    return folder


def own_file(path: Path) -> Path:
    """Make the file ``path`` for its owner alone, if it is not there. Raises StoreUnavailable if that cannot be."""
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        path.chmod(0o600)
    except OSError as error:
        raise _unusable(path, error) from error
    return path


def _unusable(path: Path, error: OSError) -> StoreUnavailable:
    return StoreUnavailable(
        f"keys and the audit log cannot be kept at {path} ({error.strerror}); expected a folder that this user may "
        f"write. Name one by ZEREN_SERVICE_FOLDER."
    )
