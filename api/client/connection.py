"""One connection to a running service: requests with a key, refusals as exceptions.

Order of steps: `ServiceConnection.request` sends one request; a problem document comes back as a `ServiceError` with the words of
the service, its candidates and its request id; a service that does not answer is a `StoreUnavailable`.

Example: ``ServiceConnection("http://127.0.0.1:8000", key).request_json("GET", "/v1/catalog")``.

Left to others: the routes by name (`api.client.zeren`), the command line (`api.cli.client`).
"""

from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import Any, Self
from urllib.parse import quote

import httpx2

from graph.errors import EmptyPlan, NoText, ParameterError, StoreUnavailable, ZerenError

_TIMEOUT = httpx2.Timeout(120.0, connect=5.0)
READING = httpx2.Timeout(None, connect=5.0)  # the service bounds the time of reading itself, and of waiting for it


class ServiceError(ZerenError):
    """The service refused; the message is the detail of its problem document, which ``problem`` is.

    ``kind`` is the last word of its type (``ambiguous``, ``not-found``), as in docs/api.md.
    """

    def __init__(self, message: str, problem: Mapping[str, Any] | None = None) -> None:
        super().__init__(message)
        self.problem = problem or {}
        self.kind = str(self.problem.get("type", "")).rpartition(":")[2]
        self.status: int | None = self.problem.get("status")
        self.title: str = self.problem.get("title", "")
        self.request_id: str | None = self.problem.get("request_id")
        self.candidates: Sequence[Mapping[str, Any]] = self.problem.get("candidates") or ()


_KINDS: Mapping[str, type[ZerenError]] = {
    "urn:zeren:problem:empty-plan": EmptyPlan,
    "urn:zeren:problem:no-text": NoText,
}
"""What a folder's load counts apart."""


class ServiceConnection:
    """One connection to a running service; use it as a context manager."""

    def __init__(self, address: str, token: str | None = None, *, silent: str = "does not answer") -> None:
        self.address = address
        self._silent = silent
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        # never through a proxy of the environment: it would read the key
        # an id that changed is answered with the address of today's
        self._http = httpx2.Client(
            base_url=address, headers=headers, timeout=_TIMEOUT, trust_env=False, follow_redirects=True
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._http.close()

    def request_json(self, method: str, path: str, **arguments: Any) -> dict[str, Any]:
        """The JSON object that the service answers."""
        return _json(self.request(method, path, **arguments))

    def request(self, method: str, path: str, **arguments: Any) -> httpx2.Response:
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
                f"the server at {self.address} {self._silent} ({error or type(error).__name__}); expected an answer. "
                f"Try again, or see whether it runs at this address."
            ) from error
        if response.is_success:
            return response
        problem = _json(response)
        kind = _KINDS.get(str(problem.get("type")))
        refused = kind(_sentence(problem)) if kind else ServiceError(_sentence(problem), problem)
        if problem.get("detail_zh"):
            refused.add_note(problem["detail_zh"])
        raise refused


def quoted(segment: str) -> str:
    """One segment of a path."""
    return quote(segment, safe="", errors="surrogatepass")  # nothing has such a name, which the server says


def without_none(options: Mapping[str, Any]) -> dict[str, Any]:
    """The parameters that somebody gave: None is none, False is one."""
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
