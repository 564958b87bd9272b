"""A client of the service's own ``/v1``. The command line uses it while a server holds the embedded store.

Order of steps: `serving` asks the lock file who holds the store; a `Client` made from its answer sends each request
with the token of the lock file; a problem document comes back as a `ServiceError` with the words of the service.

Example: ``Client("http://127.0.0.1:8000", token).question("unit-duties", {"unit": "市政府法制办"})``.

Left to others: printing (`api.cli.output`), working without a server (`api.cli.backend`).
"""

import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any
from urllib.parse import quote

import httpx2

from api.answers.all_pages import fetch_all
from api.asking.understand import LONGEST
from graph.errors import EmptyPlan, NoText, ParameterError, StoreUnavailable, ZerenError
from graph.store.embedded.lock_file import LockInfo, holder
from graph.store.opening import default_path

TIMEOUT = httpx2.Timeout(120.0, connect=5.0)
_READING = httpx2.Timeout(None, connect=5.0)  # the service bounds the time of reading itself, and of waiting for it
_STARTING = 5.0  # seconds that a process which took the lock may need until it serves
_STEP = 0.1


class ServiceError(ZerenError):
    """The service refused; the message is the detail of its problem document."""


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


_KINDS: Mapping[str, type[ZerenError]] = {
    "urn:zeren:problem:empty-plan": EmptyPlan,
    "urn:zeren:problem:no-text": NoText,
}
"""What a folder's load counts apart."""


class Client:
    """One connection to a running service; use it as a context manager."""

    def __init__(self, address: str, token: str | None = None) -> None:
        self.address = address
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        # never through a proxy of the environment: the service is on this machine
        # an id that changed is answered with the address of today's
        self._http = httpx2.Client(
            base_url=address, headers=headers, timeout=TIMEOUT, trust_env=False, follow_redirects=True
        )

    def __enter__(self) -> "Client":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._http.close()

    def load(self, data: bytes, name: str | None, options: Mapping[str, Any]) -> dict[str, Any]:
        """Load the bytes of one file; ``options`` are those of ``POST /v1/documents``. Returns the load's report."""
        return self._ask(
            "POST",
            "/v1/documents",
            params=_given({**options, "name": name}),
            content=data,
            headers={"Content-Type": "application/octet-stream"},
            timeout=_READING,
        )

    def question(self, name: str, parameters: Mapping[str, Any]) -> dict[str, Any]:
        """All rows of a question, in one envelope."""
        return self._whole(f"/v1/questions/{_quoted(name)}", parameters)

    def ask(self, text: str) -> dict[str, Any]:
        """The answer to a question in Chinese with all its rows, in one envelope."""
        return self._whole("/v1/ask", {"q": text[: LONGEST + 1]})  # longer ones are not read either

    def search(self, parameters: Mapping[str, Any]) -> dict[str, Any]:
        """The closest hits of a search."""
        return self._ask("GET", "/v1/search", params=dict(parameters))

    def findings(self, filters: Mapping[str, Any]) -> dict[str, Any]:
        """All findings that pass the filters of ``/v1/findings``, in one envelope."""
        return self._whole("/v1/findings", filters)

    def dossier(self, kind: str, reference: str, parameters: Mapping[str, str], suffix: str) -> bytes:
        """The dossier of a unit, a document or the answer to a question, as a file of this kind."""
        path = f"/v1/{kind}s/{_quoted(reference)}" + ("" if kind == "question" else "/dossier")
        return self._response("GET", path, params={**parameters, "format": suffix}).content

    def catalog(self) -> dict[str, Any]:
        """Versions and counts."""
        return self._ask("GET", "/v1/catalog")

    def check(self, document_id: str | None) -> dict[str, Any]:
        """Compare the stored facts with a fresh reading."""
        return self._ask("POST", "/v1/check", params=_given({"document": document_id}), timeout=_READING)

    def repair(self, *, dry_run: bool) -> dict[str, Any]:
        """Mend what a check names; the report."""
        return self._ask("POST", "/v1/repair", params={"dry_run": dry_run}, timeout=_READING)

    def remove(self, reference: str) -> dict[str, Any]:
        """Remove a document; the report."""
        return self._ask("DELETE", f"/v1/documents/{_quoted(reference)}")

    def judge(self, given: Mapping[str, str]) -> dict[str, Any]:
        """Record a judgement on two units and return it as recorded."""
        return self._ask("POST", "/v1/judgements", json=dict(given))

    def judgements(self) -> dict[str, Any]:
        """All judgements on units."""
        return self._ask("GET", "/v1/judgements")

    def backup(self, target: Path) -> dict[str, Any]:
        """Write a backup of the store to ``target``."""
        answer = self._response("GET", "/v1/backup", timeout=_READING)
        target.write_bytes(answer.content)
        headers = {"documents": "X-Documents", "judgements": "X-Judgements", "data_version": "X-Data-Version"}
        headers |= {"notes": "X-Notes", "entries": "X-Entries"}
        return {name: int(answer.headers[header]) for name, header in headers.items()}

    def restore(self, archive: Path) -> dict[str, Any]:
        """Make the store again from a backup; the report."""
        with archive.open("rb") as file:
            return self._ask(
                "POST", "/v1/restore", content=file, headers={"Content-Type": "application/zip"}, timeout=_READING
            )

    def _whole(self, path: str, parameters: Mapping[str, Any]) -> dict[str, Any]:
        """Every row of a list in one envelope. The service sends as many rows as it may; ``next`` continues after them."""
        given = {**parameters, "evidence": "full", "whole": True}
        return fetch_all(lambda page: self._ask("GET", path, params=_given({**given, "after": page.after})))

    def _ask(self, method: str, path: str, **arguments: Any) -> dict[str, Any]:
        return _json(self._response(method, path, **arguments))

    def _response(self, method: str, path: str, **arguments: Any) -> httpx2.Response:
        """The answer of the service. Raises ServiceError if it refused, ParameterError for what cannot be sent."""
        try:
            response = self._http.request(method, path, **arguments)
        except (httpx2.InvalidURL, UnicodeEncodeError) as error:
            raise ParameterError(
                f"what was given cannot be sent to the server ({error}); expected a shorter text, without half of a surrogate "
                f"pair."
            ) from error
        except httpx2.HTTPError as error:
            raise StoreUnavailable(
                f"the server at {self.address} holds the store but does not answer ({error or type(error).__name__}); "
                f"expected an answer. Try again, or stop it and work on the store directly."
            ) from error
        if response.is_success:
            return response
        problem = _json(response)
        kind = _KINDS.get(str(problem.get("type")), ServiceError)
        refused = kind(_sentence(problem))
        if problem.get("detail_zh"):
            refused.add_note(problem["detail_zh"])
        raise refused


def _json(response: httpx2.Response) -> dict[str, Any]:
    try:
        answer: dict[str, Any] = response.json()
    except ValueError:
        answer = {"detail": f"{response.status_code} without a JSON body"}
    return answer


def _sentence(problem: Mapping[str, Any]) -> str:
    """The words of a problem document, with the names it proposes."""
    words = str(problem.get("detail") or problem.get("title") or problem)
    words += "".join(f" {e.get('detail', '')}" for e in problem.get("errors", ()) if e.get("detail", "") not in words)
    return words


def _quoted(segment: str) -> str:
    return quote(segment, safe="", errors="surrogatepass")  # nothing has such a name, which the server says


def _given(options: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in options.items() if value not in (None, False)}
