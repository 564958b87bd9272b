"""A connection to a running service: a request, its answer, and its problem document as an exception.

Example: ``ServiceConnection("http://127.0.0.1:8000").call("GET", "/v1/catalog")``.

Left to others: typed answers (`api.client.zeren`), what commands need of a service (`api.cli.client`).
"""

from collections.abc import Mapping
from types import TracebackType
from typing import Any, TypeVar
from urllib.parse import quote

import httpx2

from graph.errors import EmptyPlan, NoText, ParameterError, StoreUnavailable, ZerenError

TIMEOUT = httpx2.Timeout(120.0, connect=5.0)
READING = httpx2.Timeout(None, connect=5.0)  # the service bounds the time of reading itself, and of waiting for it
_Self = TypeVar("_Self", bound="ServiceConnection")


class ServiceError(ZerenError):
    """The service refused; the message is the detail of its problem document, which is ``problem``.

    ``status`` is that of HTTP, ``kind`` the last word of the problem's type (``not-found``, ``ambiguous`` …), ``candidates`` are the names
    that were perhaps meant, ``detail_zh`` says it in Chinese, ``request_id`` is in the log of the service.
    """

    def __init__(self, message: str, problem: Mapping[str, Any]) -> None:
        super().__init__(message)
        self.problem = dict(problem)
        self.status: int = problem.get("status", 0)
        self.kind = str(problem.get("type", "")).rpartition(":")[2]
        self.candidates: list[dict[str, Any]] = list(problem.get("candidates") or ())
        self.detail_zh: str | None = problem.get("detail_zh")
        self.request_id: str | None = problem.get("request_id")


# what a folder's load counts apart
_KINDS: Mapping[str, type[ZerenError]] = {
    "urn:zeren:problem:empty-plan": EmptyPlan,
    "urn:zeren:problem:no-text": NoText,
}


class ServiceConnection:
    """One connection to the service at ``address``; use it as a context manager. ``key`` is sent with every request; blanks around it,
    such as the end of the line of a file, are no part of it.

    Raises ParameterError for what is no address or can be no key. No message ever shows a key.
    """

    def __init__(self, address: str, key: str | None = None) -> None:
        if not address.startswith(("http://", "https://")):
            raise ParameterError(f"{address[:80]!r} is no address of a service; expected http://… or https://….")
        key = key.strip() if key else None
        if key and not (key.isascii() and key.isprintable()):
            raise ParameterError("the key holds signs that no key has; expected one as zeren keys create prints it.")
        self.address = address
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        # never through a proxy of the environment: the service is on this machine, or in this office
        # an id that changed is answered with the address of today's
        self._http = httpx2.Client(
            base_url=address, headers=headers, timeout=TIMEOUT, trust_env=False, follow_redirects=True
        )

    def __enter__(self: _Self) -> _Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the connection."""
        self._http.close()

    def call(self, method: str, path: str, **arguments: Any) -> dict[str, Any]:
        """The JSON object that the service answers; as `send`."""
        return _json(self.send(method, path, **arguments))

    def load_bytes(self, data: bytes, options: Mapping[str, Any]) -> dict[str, Any]:
        """Load the bytes of one file; ``options`` are those of ``POST /v1/documents``. Returns the load's report."""
        return self.call(
            "POST",
            "/v1/documents",
            params=as_query(options),
            content=data,
            headers={"Content-Type": "application/octet-stream"},
            timeout=READING,
        )

    def send(self, method: str, path: str, **arguments: Any) -> httpx2.Response:
        """The answer of the service. Raises ServiceError if it refused, ParameterError for what cannot be sent,
        StoreUnavailable if it does not answer.
        """
        try:
            response = self._http.request(method, path, **arguments)
        except (httpx2.InvalidURL, UnicodeEncodeError) as error:
            raise ParameterError(
                f"what was given cannot be sent to the server ({error}); expected a shorter text, without half of a surrogate "
                f"pair."
            ) from error
        except httpx2.HTTPError as error:
            raise StoreUnavailable(
                f"the server at {self.address} does not answer ({error or type(error).__name__}); expected an answer. Try "
                f"again, or see whether it runs."
            ) from error
        if response.is_success:
            return response
        problem = _json(response)
        kind = _KINDS.get(str(problem.get("type")))
        refused = ServiceError(_sentence(problem), problem) if kind is None else kind(_sentence(problem))
        if problem.get("detail_zh"):
            refused.add_note(problem["detail_zh"])
        raise refused


def quoted(segment: str) -> str:
    """A name or an id as a part of a path."""
    return quote(segment, safe="", errors="surrogatepass")  # nothing has such a name, which the server says


def as_query(options: Mapping[str, Any]) -> dict[str, Any]:
    """Those of ``options`` that are given; False is."""
    return {key: value for key, value in options.items() if value is not None}


def _json(response: httpx2.Response) -> dict[str, Any]:
    try:
        answer: dict[str, Any] = response.json()
    except ValueError:
        answer = {"detail": f"{response.status_code} without a JSON body", "status": response.status_code}
    return answer


def _sentence(problem: Mapping[str, Any]) -> str:
    """The words of a problem document, with the names it proposes."""
    words = str(problem.get("detail") or problem.get("title") or problem)
    words += "".join(f" {e.get('detail', '')}" for e in problem.get("errors", ()) if e.get("detail", "") not in words)
    return words
