"""The frame of every page: what the question is about (scope), what is loaded, and where one stands.

Scope is three things in the address, kept while one moves: ``document`` (one plan), ``region`` (a place and those below
it), ``as_of`` (the day of the question, today unless given).  `Frame` holds them with the figures of the navigation, which
are read once for each version of the data.

Example: ``/units/市编办?as_of=2018-12-10`` shows the duties of 市编办 with the lights of that day.

Left to others: the look (``html/base.html``), the addresses with the scope in them (`api.pages.addresses`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Annotated, Any
from weakref import WeakKeyDictionary

from fastapi import Depends, Query, Request

from api.answers.references import Narrow, resolve
from api.http.dependencies import ServiceDep, Text
from api.http.problems import invalid
from api.http.trace import trace_of
from api.pages.router import Named
from api.security.keys import AccessRole, Person
from graph.library.question import Clock
from graph.store.contract import ReadTransaction, Store

CHOICES = 60  # plans and places that the scope offers; others are typed
_COUNTED = {"documents": "Document", "units": "Unit", "regulations": "Regulation", "items": "Item"}


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a store holds, as of one version of its data."""

    version: str
    counts: Mapping[str, int]
    loaded_at: str | None
    plans: tuple[tuple[str, str], ...]  # id and title
    regions: tuple[str, ...]


NOTHING = Loaded("", {}, None, (), ())
_KNOWN: WeakKeyDictionary[Store, Loaded] = WeakKeyDictionary()


@dataclass(frozen=True, slots=True)
class Frame:
    """Scope, figures and the day; what every template may use."""

    document: str | None = None
    document_title: str | None = None
    region: str | None = None
    clock: Clock = field(default_factory=lambda: Clock(date.today()))
    today: date = field(default_factory=date.today)
    loaded: Loaded = NOTHING
    default_region: str | None = None
    path: str = "/"
    others: tuple[tuple[str, str], ...] = ()  # parameters of the address beside the scope, for its form
    person: Person | None = None  # who asks
    csrf: str = ""  # what a form of this session repeats
    here: str = "/"  # the address of the page, to come back to
    kept: Mapping[str, str] = field(default_factory=dict)  # what is in the basket, and its entry there

    @property
    def may_load(self) -> bool:
        """Whether who asks may load plans."""
        return self.person is not None and self.person.role >= AccessRole.EDITOR

    @property
    def is_local(self) -> bool:
        """Whether who asks reads without a key, so that signing in opens more."""
        return self.person is not None and self.person.how == "local"

    @property
    def may_remove(self) -> bool:
        """Whether who asks may remove plans, and notes of others."""
        return self.person is not None and self.person.role >= AccessRole.ADMIN

    @property
    def as_of(self) -> date:
        """The day of the question."""
        return self.clock.today

    @property
    def may_note(self) -> bool:
        """Whether the person may make notes; without a session no form could be sent."""
        return self.person is not None and self.person.role >= AccessRole.EDITOR and bool(self.csrf)

    @property
    def is_today(self) -> bool:
        """Whether the day of the question is today."""
        return self.as_of == self.today

    @property
    def narrow(self) -> Narrow:
        """The scope as answers take it."""
        return Narrow(self.region, self.document, self.default_region)

    @property
    def place(self) -> Narrow:
        """The scope without the plan: for what is named by itself."""
        return Narrow(self.region, None, self.default_region)

    @property
    def scope(self) -> dict[str, str]:
        """The parameters of an address that keep the scope."""
        day = None if self.is_today else self.as_of.isoformat()
        given = {"document": self.document, "region": self.region, "as_of": day}
        return {name: value for name, value in given.items() if value is not None}


async def _frame(
    request: Request,
    service: ServiceDep,
    document: Named = None,
    region: Named = None,
    as_of: Annotated[Text | None, Query(max_length=10, pattern=r"^(\d{4}-\d{2}-\d{2})?$")] = None,
) -> Frame:
    now = service.clock()
    day = _day(as_of) or now.today
    trace = trace_of(request)
    return Frame(
        # a field of the form that stays empty narrows nothing
        document=(document or "").strip() or None,
        region=(region or "").strip() or None,
        clock=Clock(day, now.near_days),
        today=now.today,
        default_region=service.settings.default_region,
        path=request.url.path,
        others=tuple(
            (name, value)
            for name, value in request.query_params.multi_items()
            if name not in ("document", "region", "as_of", "after") and value
        ),
        person=trace.person,
        csrf=trace.csrf or "",
        here=request.url.path + (f"?{request.url.query}" if request.url.query else ""),
    )


def _day(given: str | None) -> date | None:
    try:
        return date.fromisoformat(given) if given else None
    except ValueError:
        raise invalid(
            "/query/as_of", f"as_of is {given!r}, which is no day; expected one such as 2018-12-31."
        ) from None


def _filled(service: ServiceDep, frame: Annotated[Frame, Depends(_frame)]) -> Frame:
    """The frame with what the store has; a plain function, so that the store is read beside the event loop."""

    def work(reading: ReadTransaction) -> Frame:
        key, title = frame.document, None
        if key is not None:
            found = resolve(reading, "document", key, frame.place)
            key, title = found.id, found.name or found.id
        kept = service.baskets.kept(frame.person) if frame.person is not None else {}
        return replace(frame, document=key, document_title=title, loaded=_loaded(service.store, reading), kept=kept)

    return service.store.read(work)


FrameDep = Annotated[Frame, Depends(_filled)]


def _loaded(store: Store, reading: ReadTransaction) -> Loaded:
    """What the store holds, read once for each version of its data."""
    version = str(reading.data_version)
    known = _KNOWN.get(store)
    if known is None or known.version != version:
        counts = {row["name"]: row["count"] for row in reading.rows("read/counts", {})}
        plans = reading.rows("read/document-names", {"limit": CHOICES})
        regions: list[Any] = sorted(row["region"] for row in reading.rows("read/regions", {}))
        age = reading.rows("read/data-age", {})
        known = Loaded(
            version,
            {name: counts[label] for name, label in _COUNTED.items()},
            age[0]["loaded_at"] if age else None,
            tuple((row["id"], row["name"] or row["id"]) for row in plans),
            tuple(regions[:CHOICES]),
        )
        _KNOWN[store] = known
    return known
