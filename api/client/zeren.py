"""`Zeren`: a running service in Python, each method a route of ``/v1``.

Example::

    with Zeren("http://127.0.0.1:8000", key="…") as zeren:
        for duty in zeren.duties("市政府法制办", role="lead"):
            print(duty["item"], duty["evidence"])

A parameter is named as in docs/api.md, without a dash; ``from`` and ``to`` of a chain are ``start`` and ``end``. None
means "not given". Answers are the JSON objects of the service as they are.

Left to others: requests and refusals (`api.client.connection`), pages (`api.client.rows`).
"""

import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, cast

from api.client.connection import READING, ServiceConnection, quoted, without_none
from api.client.rows import ListPage, PagedRows
from graph.errors import StoreBusy

_POLL = 0.3  # seconds between two looks at a job
_ENDED = ("done", "cancelled")


class Zeren:
    """A running service. Reads need a key unless local use is set, writes always do (docs/operations.md)."""

    def __init__(self, address: str = "http://127.0.0.1:8000", key: str | None = None) -> None:
        self._connection = ServiceConnection(address, key)

    def __enter__(self) -> "Zeren":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._connection.close()

    def get(self, path: str, **parameters: Any) -> dict[str, Any]:
        """Any answer by its address: ``get("/v1/catalog")``."""
        return self._connection.request_json("GET", path, params=without_none(parameters))

    def rows(self, path: str, **parameters: Any) -> PagedRows:
        """Any list by its address: ``rows("/v1/units", q="法制")``."""
        return PagedRows(
            lambda after: cast(
                ListPage, self.get(path, **(parameters if after is None else parameters | {"after": after}))
            )
        )

    def export(self, path: str, form: str, **parameters: Any) -> bytes:
        """A list or a dossier as a file: ``export("/v1/units/市编办/duties", "csv")``."""
        return self._connection.request("GET", path, params=without_none({**parameters, "format": form})).content

    def catalog(self) -> dict[str, Any]:
        return self.get("/v1/catalog")

    def documents(self, **filters: Any) -> PagedRows:
        return self.rows("/v1/documents", **filters)

    def document(self, reference: str, **parameters: Any) -> dict[str, Any]:
        return self.get(f"/v1/documents/{quoted(reference)}", **parameters)

    def items(self, **filters: Any) -> PagedRows:
        return self.rows("/v1/items", **filters)

    def item(self, reference: str, **parameters: Any) -> dict[str, Any]:
        return self.get(f"/v1/items/{quoted(reference)}", **parameters)

    def units(self, **filters: Any) -> PagedRows:
        return self.rows("/v1/units", **filters)

    def unit(self, reference: str, **filters: Any) -> dict[str, Any]:
        return self.get(f"/v1/units/{quoted(reference)}", **filters)

    def duties(self, unit: str, **filters: Any) -> PagedRows:
        return self.rows(f"/v1/units/{quoted(unit)}/duties", **filters)

    def timeline(self, unit: str, **filters: Any) -> PagedRows:
        return self.rows(f"/v1/units/{quoted(unit)}/timeline", **filters)

    def regulations(self, **filters: Any) -> PagedRows:
        return self.rows("/v1/regulations", **filters)

    def citing_items(self, regulation: str, **filters: Any) -> PagedRows:
        return self.rows(f"/v1/regulations/{quoted(regulation)}/citing-items", **filters)

    def carriers(self, regulation: str, **filters: Any) -> PagedRows:
        """The units that carry items which cite it."""
        return self.rows(f"/v1/regulations/{quoted(regulation)}/units", **filters)

    def findings(self, **filters: Any) -> PagedRows:
        return self.rows("/v1/findings", **filters)

    def questions(self) -> dict[str, Any]:
        """The question library."""
        return self.get("/v1/questions")

    def question(self, name: str, **parameters: Any) -> PagedRows:
        """The answer to a question of the library."""
        return self.rows(f"/v1/questions/{quoted(name)}", **parameters)

    def ask(self, text: str, **filters: Any) -> PagedRows:
        """The answer to a question in Chinese; ``first_page()`` says how it was read (``read_as``)."""
        return self.rows("/v1/ask", q=text, **filters)

    def search(self, words: str, **filters: Any) -> PagedRows:
        return self.rows("/v1/search", q=words, **filters)

    def paths(self, start: str, end: str, **filters: Any) -> dict[str, Any]:
        """Chains of responsibility between two things: ``paths("regulation:…", "unit:…")``."""
        return self.get("/v1/paths", **{"from": start, "to": end}, **filters)

    def graph(self, around: str, **parameters: Any) -> dict[str, Any]:
        """What hangs together with one thing: nodes and edges."""
        return self.get("/v1/graph", around=around, **parameters)

    def load(self, file: Path | str, **options: Any) -> dict[str, Any]:
        """Load a file by its path; the report."""
        path = Path(file)
        return self._read("/v1/documents", path.read_bytes(), {"name": path.name, **options})

    def load_text(self, text: str, **options: Any) -> dict[str, Any]:
        """Load a text; the report."""
        return self._read("/v1/documents", text.encode("utf-8"), options, "text/plain; charset=utf-8")

    def parse_text(self, text: str, **options: Any) -> dict[str, Any]:
        """The plan that a text is; nothing is stored."""
        return self._read("/v1/parse", text.encode("utf-8"), options, "text/plain; charset=utf-8")

    def remove(self, document: str) -> dict[str, Any]:
        return self._connection.request_json("DELETE", f"/v1/documents/{quoted(document)}")

    def start_job(self, files: Iterable[Path | str], **options: Any) -> dict[str, Any]:
        """Give several files to be loaded one after the other; its card, before they are read."""
        parts = [("file", (path.name, path.read_bytes())) for path in map(Path, files)]
        return self._connection.request_json(
            "POST", "/v1/jobs", params=without_none(options), files=parts, timeout=READING
        )

    def job(self, job_id: str) -> dict[str, Any]:
        return self.get(f"/v1/jobs/{quoted(job_id)}")

    def wait_for_job(self, job_id: str, seconds: float = 600) -> dict[str, Any]:
        """The card of a job when it has ended. Raises StoreBusy if that takes longer than ``seconds``."""
        end = time.monotonic() + seconds
        while (card := self.job(job_id))["state"] not in _ENDED:
            if time.monotonic() > end:
                raise StoreBusy(
                    f"the job {job_id} is {card['state']} after {seconds:g} s; expected an end. It goes on: ask job() again."
                )
            time.sleep(_POLL)
        return card

    def _read(
        self, path: str, data: bytes, options: Mapping[str, Any], media: str = "application/octet-stream"
    ) -> dict[str, Any]:
        return self._connection.request_json(
            "POST", path, params=without_none(options), content=data, headers={"Content-Type": media}, timeout=READING
        )
