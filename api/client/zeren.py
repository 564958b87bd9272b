"""`Zeren`: a running service, from Python.

    from api.client.zeren import Zeren

    with Zeren("http://127.0.0.1:8000") as zeren:
        for duty in zeren.duties("市政府法制办", role="lead"):
            print(duty.item.heading, duty.evidence.quote, duty.evidence.span)

Lists are `PagedRows`: iterators that fetch their pages, with ``total`` and ``left_out``; ``frame()`` is a DataFrame. Objects have the shapes of
the contract (`api.schemas`). What the service refuses is a `ServiceError` with its problem document.

Left to others: requests and problems (`api.client.connection`), pages (`api.client.rows`).
"""

import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Literal, TypeVar

from pydantic import BaseModel

from api.client.connection import READING, ServiceConnection, as_query, quoted
from api.client.rows import PagedRows
from api.schemas.base import (
    CitingItem,
    DocumentRow,
    Duty,
    ItemRow,
    Question,
    RegulationRow,
    Relation,
    Role,
    SectionRow,
    UnitRow,
)
from api.schemas.chains import Carrier, Chain, GraphPiece, ItemChain, Matrix, RegulationChain, SharedItem
from api.schemas.findings import FindingRow
from api.schemas.items import TimelineRow
from api.schemas.loading import JobCard
from api.schemas.objects import Coverage, DocumentCard, ItemCard, PlaceOfText, RegulationCard, UnitCard
from api.schemas.search import MatchedName, SearchHit
from api.schemas.service import Catalog, LoadReportShape
from graph.errors import StoreBusy

Light = Literal["red", "yellow", "green"]
_Card = TypeVar("_Card", bound=BaseModel)
_FULL = {"evidence": "full"}
_POLL = 0.3  # seconds between two looks at a job
_ENDED = ("done", "cancelled")


class Zeren:
    """The service at ``address``. ``key`` is one that ``zeren keys create`` made; a service run with ``--local`` lets its own machine read
    without one. Use it as a context manager, or call `close`.

    Names stand where ids do: ``duties("市政府法制办")``. ``region`` and ``document`` narrow every name and list. Spans are code points
    ``[start, end)``.
    """

    def __init__(self, address: str = "http://127.0.0.1:8000", key: str | None = None) -> None:
        self._connection = ServiceConnection(address, key)

    def __enter__(self) -> "Zeren":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the connection."""
        self._connection.close()

    # questions

    def ask(self, text: str, *, document: str | None = None, region: str | None = None) -> PagedRows[dict[str, Any]]:
        """The answer to a question in Chinese. ``first_page["read_as"]`` says what was understood, null if nothing was."""
        return self._rows("/v1/ask", None, _FULL, q=text, document=document, region=region)

    def questions(self) -> PagedRows[Question]:
        """The questions of the library."""
        return self._rows("/v1/questions", Question)

    def question(self, name: str, **parameters: Any) -> PagedRows[dict[str, Any]]:
        """The answer to a question of the library: ``question("items-due", by="2018-12-31")``."""
        return self._rows(f"/v1/questions/{quoted(name)}", None, _FULL, **parameters)

    def search(
        self, words: str, *, kind: str | None = None, document: str | None = None, region: str | None = None
    ) -> PagedRows[SearchHit]:
        """What has these words, the closest first; ``kind`` is unit, document, regulation, item or text."""
        return self._rows("/v1/search", SearchHit, q=words, kind=kind, document=document, region=region)

    def match(self, names: list[str]) -> list[MatchedName]:
        """What each of up to 100 names of units meets, exactly or nearly, and why."""
        body = self._connection.call("POST", "/v1/match", json={"names": names})
        return [MatchedName.model_validate(one, extra="ignore") for one in body["items"]]

    # units and instruments

    def units(
        self, words: str | None = None, *, region: str | None = None, document: str | None = None
    ) -> PagedRows[UnitRow]:
        """The units, or those of which a name has these words."""
        return self._rows("/v1/units", UnitRow, q=words, region=region, document=document)

    def unit(self, ref: str, *, region: str | None = None) -> UnitCard:
        """One unit."""
        return self._card(f"/v1/units/{quoted(ref)}", UnitCard, region=region)

    def duties(
        self, unit: str, *, role: Role | None = None, region: str | None = None, document: str | None = None
    ) -> PagedRows[Duty]:
        """All duties of a unit, in document order."""
        path = f"/v1/units/{quoted(unit)}/duties"
        return self._rows(path, Duty, _FULL, role=role, region=region, document=document)

    def timeline(
        self,
        unit: str,
        *,
        role: Role | None = None,
        light: Light | None = None,
        as_of: str | None = None,
        region: str | None = None,
        document: str | None = None,
    ) -> PagedRows[TimelineRow]:
        """What a unit has to do by date, with the light of each date on the day ``as_of`` (``YYYY-MM-DD``, today)."""
        path = f"/v1/units/{quoted(unit)}/timeline"
        return self._rows(
            path, TimelineRow, _FULL, role=role, light=light, as_of=as_of, region=region, document=document
        )

    def shared(self, unit: str, other: str, *, document: str | None = None) -> PagedRows[SharedItem]:
        """What two units bear together."""
        return self._rows(f"/v1/units/{quoted(unit)}/shared-with/{quoted(other)}", SharedItem, _FULL, document=document)

    def regulations(self, words: str | None = None, *, document: str | None = None) -> PagedRows[RegulationRow]:
        """The cited instruments, or those whose title or number has these words."""
        return self._rows("/v1/regulations", RegulationRow, q=words, document=document)

    def regulation(self, ref: str) -> RegulationCard:
        """One cited instrument."""
        return self._card(f"/v1/regulations/{quoted(ref)}", RegulationCard)

    def citing_items(
        self,
        regulation: str,
        *,
        relation: Relation | None = None,
        region: str | None = None,
        document: str | None = None,
    ) -> PagedRows[CitingItem]:
        """The items that cite an instrument."""
        path = f"/v1/regulations/{quoted(regulation)}/citing-items"
        return self._rows(path, CitingItem, _FULL, relation=relation, region=region, document=document)

    def carriers(self, regulation: str) -> PagedRows[Carrier]:
        """The units that bear the items that cite an instrument."""
        return self._rows(f"/v1/regulations/{quoted(regulation)}/units", Carrier, _FULL)

    # items and plans

    def items(
        self, *, where: str | None = None, sort: Literal["due", "-due"] | None = None, **filters: Any
    ) -> PagedRows[ItemRow]:
        """Items that meet conditions: ``items(where="lead(市编办) and due-by(2018-12-31)")``, ``items(lead="市编办", no_date=True)``."""
        words = {name: str(value).lower() if isinstance(value, bool) else value for name, value in filters.items()}
        return self._rows("/v1/items", ItemRow, _FULL, where=where, sort=sort, **words)

    def item(self, ref: str, *, document: str | None = None) -> ItemCard:
        """One item's whole card; ``item("20", document=…)`` is the one numbered 20."""
        return self._card(f"/v1/items/{quoted(ref)}", ItemCard, document=document)

    def documents(self, words: str | None = None, *, region: str | None = None) -> PagedRows[DocumentRow]:
        """The plans that are loaded."""
        return self._rows("/v1/documents", DocumentRow, q=words, region=region)

    def document(self, ref: str) -> DocumentCard:
        """One plan, by id, title or 文号."""
        return self._card(f"/v1/documents/{quoted(ref)}", DocumentCard, **_FULL)

    def sections(self, document: str) -> PagedRows[SectionRow]:
        """The outline of a plan."""
        return self._rows(f"/v1/documents/{quoted(document)}/sections", SectionRow)

    def matrix(self, document: str, *, section: str | None = None) -> Matrix:
        """Who bears what in a plan, or in one of its sections."""
        return self._card(f"/v1/documents/{quoted(document)}/matrix", Matrix, section=section)

    def coverage(self, document: str) -> Coverage:
        """What of a plan's text was taken, what not and why."""
        return self._card(f"/v1/documents/{quoted(document)}/coverage", Coverage)

    def text(self, document: str) -> str:
        """The source text of a plan."""
        return self._connection.send("GET", f"/v1/documents/{quoted(document)}/text").text

    def place(self, document: str, start: int, end: int, *, around: int = 80) -> PlaceOfText:
        """The words of a source text at ``[start, end)``, and what stands around them."""
        path = f"/v1/documents/{quoted(document)}/place"
        return self._card(path, PlaceOfText, start=start, end=end, around=around)

    def findings(
        self,
        *,
        rule: str | None = None,
        unit: str | None = None,
        document: str | None = None,
        region: str | None = None,
    ) -> PagedRows[FindingRow]:
        """Gaps and conflicts that rules find."""
        return self._rows("/v1/findings", FindingRow, _FULL, rule=rule, unit=unit, document=document, region=region)

    # how things hang together

    def paths(
        self, start: str, end: str, *, max_length: int | None = None, more: int | None = None
    ) -> PagedRows[Chain]:
        """The responsibility chains between two things: ``paths("regulation:…", "unit:市编办")``."""
        return self._rows(
            "/v1/paths", Chain, _FULL, **{"from": start, "to": end, "max_length": max_length, "more": more}
        )

    def chain(self, item: str) -> ItemChain:
        """Which rules an item rests on, and who bears it."""
        return self._card(f"/v1/items/{quoted(item)}/chain", ItemChain)

    def regulation_chain(self, regulation: str) -> RegulationChain:
        """From an instrument through the items that cite it to the units that bear them."""
        return self._card(f"/v1/regulations/{quoted(regulation)}/chain", RegulationChain)

    def graph(self, around: str, *, depth: int = 1, nodes: int | None = None) -> GraphPiece:
        """What hangs together with one thing: ``graph("unit:市编办", depth=2)``. ``complete`` is false where a limit cut."""
        return self._card("/v1/graph", GraphPiece, around=around, depth=depth, nodes=nodes, **_FULL)

    # files

    def dossier(self, kind: Literal["unit", "document"], ref: str, format: Literal["xlsx", "docx"] = "xlsx") -> bytes:
        """The working paper of a unit or a plan, as the bytes of a file."""
        return self._connection.send("GET", f"/v1/{kind}s/{quoted(ref)}/dossier", params={"format": format}).content

    def catalog(self) -> Catalog:
        """Versions, and how much is stored."""
        return self._card("/v1/catalog", Catalog)

    def load(
        self,
        source: Path | bytes,
        *,
        name: str | None = None,
        dry_run: bool = False,
        replace: bool = False,
        **options: str,
    ) -> LoadReportShape:
        """Load one file, with the key of an editor; the report says what was read and what was not.

        ``options`` are those of ``POST /v1/documents``: ``title``, ``reference_number``, ``issued_on``, ``region``, ``document_id``, ``encoding``.
        """
        if isinstance(source, str):
            raise TypeError("source is a str; expected the bytes of a file, or its path: Path('方案.docx').")
        data = source.read_bytes() if isinstance(source, Path) else source
        named = name or (source.name if isinstance(source, Path) else None)
        told = {**options, "name": named, "dry_run": dry_run, "replace": replace}
        body = self._connection.load_bytes(data, told)
        return LoadReportShape.model_validate(body, extra="ignore")

    def start_job(self, files: Iterable[Path], **options: str) -> JobCard:
        """Give several files to be loaded one after the other, with the key of an editor; the card, before they are read."""
        parts = [("file", (path.name, path.read_bytes())) for path in files]
        body = self._connection.call("POST", "/v1/jobs", params=as_query(options), files=parts, timeout=READING)
        return JobCard.model_validate(body, extra="ignore")

    def job(self, job_id: str) -> JobCard:
        """How far a job is, and what became of each of its files."""
        return self._card(f"/v1/jobs/{quoted(job_id)}", JobCard)

    def wait_for_job(self, job_id: str, seconds: float = 600) -> JobCard:
        """The card of a job when it has ended. Raises StoreBusy if that takes longer than ``seconds``; the job goes on."""
        end = time.monotonic() + seconds
        while (card := self.job(job_id)).state not in _ENDED:
            if time.monotonic() > end:
                raise StoreBusy(
                    f"the job {job_id} is {card.state} after {seconds:g} s; expected an end. It goes on: ask job() again."
                )
            time.sleep(_POLL)
        return card

    def remove(self, document: str) -> dict[str, Any]:
        """Remove a plan, with the key of an admin; the report."""
        return self._connection.call("DELETE", f"/v1/documents/{quoted(document)}")

    def _rows(self, path: str, shape: Any, fixed: Mapping[str, str] | None = None, **parameters: Any) -> PagedRows[Any]:
        return PagedRows(self._connection, path, as_query(parameters) | dict(fixed or {}), shape)

    def _card(self, path: str, shape: type[_Card], **parameters: Any) -> _Card:
        return shape.model_validate(self._connection.call("GET", path, params=as_query(parameters)), extra="ignore")
