"""A client of the service's own ``/v1``. The command line uses it while a server holds the embedded store.

Order of steps: `serving` asks the lock file who holds the store; a `Client` made from its answer sends each request
with the token of the lock file, as the client for everybody does (`api.client`).

Example: ``Client("http://127.0.0.1:8000", token).question("unit-duties", {"unit": "市政府法制办"})``.

Left to others: printing (`api.cli.output`), working without a server (`api.cli.backend`).
"""

import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from api.answers.all_pages import fetch_all
from api.asking.understand import LONGEST
from api.client.connection import READING, ServiceConnection, as_query, quoted
from graph.errors import StoreUnavailable
from graph.store.embedded.lock_file import LockInfo, holder
from graph.store.opening import default_path

_STARTING = 5.0  # seconds that a process which took the lock may need until it serves
_STEP = 0.1


def store_path(url: str) -> Path | None:
    """The folder of an embedded store, as `graph.store.opening.open_store` would open it; None for any other store."""
    scheme, _, rest = url.partition(":")
    if scheme != "embedded":
        return None
    return Path(rest).expanduser() if rest else default_path()


def exists(url: str) -> bool:
    """Whether there is a store at ``url``: a folder that is not empty. A server is assumed to exist."""
    path = store_path(url)
    return path is None or (path.exists() and not (path.is_dir() and not any(path.iterdir())))


def serving(url: str) -> LockInfo | None:
    """The process that serves the store at ``url``, with its address; None if nobody holds it.

    A holder without an address gets some seconds to announce one or to end; after that StoreUnavailable names it.
    """
    path = store_path(url)
    if path is None:
        return None
    deadline = time.monotonic() + _STARTING
    while (info := holder(path.absolute())) is not None and info.address is None:
        if time.monotonic() > deadline:
            raise StoreUnavailable(
                f"the store {path} is held by process {info.pid} since {info.started_at}, which does not serve it; "
                f"expected a store that is free or served. Wait until that process ends, or give another --store."
            )
        time.sleep(_STEP)
    return info


class Client(ServiceConnection):
    """What the commands ask of a running service; use it as a context manager."""

    def load(self, data: bytes, name: str | None, options: Mapping[str, Any]) -> dict[str, Any]:
        """Load the bytes of one file; ``options`` are those of ``POST /v1/documents``. Returns the load's report."""
        return self.load_bytes(data, {**options, "name": name})

    def question(self, name: str, parameters: Mapping[str, Any]) -> dict[str, Any]:
        """All rows of a question, in one envelope."""
        return self._whole(f"/v1/questions/{quoted(name)}", parameters)

    def ask(self, text: str) -> dict[str, Any]:
        """The answer to a question in Chinese with all its rows, in one envelope."""
        return self._whole("/v1/ask", {"q": text[: LONGEST + 1]})  # longer ones are not read either

    def search(self, parameters: Mapping[str, Any]) -> dict[str, Any]:
        """The closest hits of a search."""
        return self.call("GET", "/v1/search", params=dict(parameters))

    def findings(self, filters: Mapping[str, Any]) -> dict[str, Any]:
        """All findings that pass the filters of ``/v1/findings``, in one envelope."""
        return self._whole("/v1/findings", filters)

    def dossier(self, kind: str, reference: str, parameters: Mapping[str, str], suffix: str) -> bytes:
        """The dossier of a unit, a document or the answer to a question, as a file of this kind."""
        path = f"/v1/{kind}s/{quoted(reference)}" + ("" if kind == "question" else "/dossier")
        return self.send("GET", path, params={**parameters, "format": suffix}).content

    def catalog(self) -> dict[str, Any]:
        """Versions and counts."""
        return self.call("GET", "/v1/catalog")

    def check(self, document_id: str | None) -> dict[str, Any]:
        """Compare the stored facts with a fresh reading."""
        return self.call("POST", "/v1/check", params=as_query({"document": document_id}), timeout=READING)

    def repair(self, *, dry_run: bool) -> dict[str, Any]:
        """Mend what a check names; the report."""
        return self.call("POST", "/v1/repair", params={"dry_run": dry_run}, timeout=READING)

    def remove(self, reference: str) -> dict[str, Any]:
        """Remove a document; the report."""
        return self.call("DELETE", f"/v1/documents/{quoted(reference)}")

    def judge(self, given: Mapping[str, str]) -> dict[str, Any]:
        """Record a judgement on two units and return it as recorded."""
        return self.call("POST", "/v1/judgements", json=dict(given))

    def judgements(self) -> dict[str, Any]:
        """All judgements on units."""
        return self.call("GET", "/v1/judgements")

    def backup(self, target: Path) -> dict[str, Any]:
        """Write a backup of the store to ``target``."""
        answer = self.send("GET", "/v1/backup", timeout=READING)
        target.write_bytes(answer.content)
        headers = {"documents": "X-Documents", "judgements": "X-Judgements", "data_version": "X-Data-Version"}
        headers |= {"notes": "X-Notes", "entries": "X-Entries"}
        return {name: int(answer.headers[header]) for name, header in headers.items()}

    def restore(self, archive: Path) -> dict[str, Any]:
        """Make the store again from a backup; the report."""
        with archive.open("rb") as file:
            return self.call(
                "POST", "/v1/restore", content=file, headers={"Content-Type": "application/zip"}, timeout=READING
            )

    def _whole(self, path: str, parameters: Mapping[str, Any]) -> dict[str, Any]:
        """Every row of a list in one envelope. The service sends as many rows as it may; ``next`` continues after them."""
        whole = {**parameters, "evidence": "full", "whole": True}
        return fetch_all(lambda page: self.call("GET", path, params=as_query({**whole, "after": page.after})))
