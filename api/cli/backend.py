"""The store of a command: `Local`, opened in this process, or `Remote`, through the server that holds it.

Both have the same methods and give the same answers, those of ``/v1``.

Order of steps: `backend` looks for a server in the lock file beside the store. If a server holds the store, everything
goes through ``/v1`` with the token that the same user may read; otherwise the store is opened here and closed at the
end.

Example: ``with backend("embedded:") as store: store.question("unit-duties", {"unit": "市政府法制办"})``.

Left to others: answers and loading (`api.answers.lists`, `loaders`), requests (`api.cli.client`), printing
(`api.cli.store_commands`).
"""

import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from functools import cached_property, partial
from pathlib import Path
from typing import Any, Protocol

from rich.console import Console

from api.answers.all_pages import fetch_all
from api.answers.findings import every_finding
from api.answers.judgements import Judged, list_judgements, record_judgement
from api.answers.nesting import Evidence
from api.answers.paging import PageRequest
from api.answers.questions import check_parameters, corrected, document_ids, find, not_read, run_question
from api.answers.references import Narrow, resolve
from api.answers.searching.search import KINDS, search
from api.asking.answer import answer_text
from api.cli.client import Client, exists, serving
from api.cli.keys import by_command
from api.desk.archived import desk_counts, desk_files, restore_desk
from api.desk.notes import NoteBook
from api.export.dossier_requests import dossier_file
from api.security.audit import AuditLog
from api.security.database import ServiceDatabase
from api.security.folder import service_folder
from api.settings import Settings, settings_of
from graph.dates.workdays import NEAR_DAYS
from graph.errors import ParameterError, StoreError, StoreUnavailable, ZerenError
from graph.library.question import Clock
from graph.model import ParseOptions, Plan, to_json
from graph.stamps import utc_now
from graph.store.contract import Store
from graph.store.opening import open_store
from loaders.children.job import Job
from loaders.children.pool import Readers
from loaders.plan import PARSER_VERSION, VOCABULARY_VERSION
from loaders.storing.archive import make_archive
from loaders.storing.check import check
from loaders.storing.load import LoadReport, load_new, load_plan, of_new, remove_document
from loaders.storing.repair import repair_store
from loaders.storing.restore import other_files, restore_archive
from loaders.structure.corrections import checked_options

Body = dict[str, Any]


@dataclass(frozen=True, slots=True)
class LoadOptions:
    """The options of ``zeren load``."""

    document_id: str | None = None
    region: str | None = None
    issued_on: str | None = None
    encoding: str | None = None
    replace: bool = False
    allow_empty: bool = False
    dry_run: bool = False
    title: str | None = None
    reference_number: str | None = None

    def of_parser(self) -> ParseOptions:
        """Those that the parser takes. Raises ParameterError for what cannot be a value."""
        given = {name: getattr(self, name) for name in ParseOptions.__struct_fields__}
        return checked_options(ParseOptions(**given))


class GivenFile:
    """A file to load. It is read once: here, if the store is opened here, or by the server that holds the store."""

    def __init__(self, data: bytes, name: str | None, options: LoadOptions, readers: Readers) -> None:
        self.data, self.name = data, name
        self._options, self._readers = options, readers

    @cached_property
    def plan(self) -> Plan:
        """The plan in the file. Raises ZerenError if there is none."""
        how = self._options
        return self._readers.plan(Job(self.data, name=self.name, options=how.of_parser(), encoding=how.encoding))


class Backend(Protocol):
    """What the commands need of a store, opened here or served by another process."""

    def load(self, file: GivenFile, options: LoadOptions) -> Body: ...

    def question(self, name: str, parameters: Mapping[str, str]) -> Body: ...

    def ask(self, text: str) -> Body: ...

    def search(self, words: str, filters: Mapping[str, str], limit: int) -> Body: ...

    def findings(self, filters: Mapping[str, str]) -> Body: ...

    def dossier(self, kind: str, reference: str, parameters: Mapping[str, str], suffix: str) -> bytes: ...

    def status(self) -> Body: ...

    def check(self, document_id: str | None) -> Body: ...

    def repair(self, *, dry_run: bool) -> Body: ...

    def remove(self, reference: str) -> Body: ...

    def judge(self, given: Judged) -> Body: ...

    def judgements(self) -> Body: ...

    def backup(self, target: Path) -> Body: ...

    def restore(self, archive: Path) -> Body: ...


class CommandLog:
    """The audit log of what commands write into a store that they open themselves; it is opened with the first line."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._open: tuple[ServiceDatabase, AuditLog] | None = None
        self._failed = False

    def __call__(self, event: str, what: str) -> None:
        """Note a line. A log that takes none is told once: the command of its owner goes on."""
        if self._failed:
            return
        try:
            if self._open is None:
                database = ServiceDatabase(_folder(self._url))
                self._open = database, AuditLog(database)
            self._open[1].note(event=event, what=what, **by_command())
        except ZerenError as error:
            self._failed = True
            print(f"zeren: 审计日志没有记下这次写入（{error}）", file=sys.stderr)

    def close(self) -> None:
        """Put the lines on the disk."""
        if self._open is not None:
            database, log = self._open
            log.close()
            database.close()


class Local:
    """The store, opened in this process. ``log`` takes what is written, for the audit log."""

    def __init__(self, store: Store, log: Callable[[str, str], None] = lambda event, what: None) -> None:
        self._store, self._log = store, log

    def load(self, file: GivenFile, options: LoadOptions) -> Body:
        report: Body = to_json(self._load(file.plan, options))
        return report

    def write(self, plans: Sequence[Plan], options: LoadOptions) -> Iterator[LoadReport | ZerenError]:
        """Load plans that are parsed already. For each in turn the report, without counts if several were written together, or
        why this plan failed.

        Raises StoreUnavailable if the store itself is gone.
        """
        new = self._load_new(plans) if not options.dry_run else set()
        for place in sorted(new):
            self._log("load", plans[place].document.id)
        for place, plan in enumerate(plans):
            try:
                yield of_new(plan) if place in new else self._load(plan, options)
            except StoreUnavailable as error:
                self._store.read(lambda reading: reading.data_version)  # raises when it is the store that is gone
                yield error
            except ZerenError as error:
                yield error
            except Exception as error:  # one plan never stops the rest; what it was is told
                yield StoreError(f"loading it failed ({type(error).__name__}: {error}); please report this file.")

    def _load(self, plan: Plan, options: LoadOptions) -> LoadReport:
        report = load_plan(
            plan,
            self._store,
            replace=options.replace,
            dry_run=options.dry_run,
            allow_empty=options.allow_empty,
            now=utc_now(),
        )
        if not report.dry_run:
            self._log("load", report.document_id)
        return report

    def _load_new(self, plans: Sequence[Plan]) -> set[int]:
        """Those of ``plans`` that one transaction loaded; none if it failed, because then each is tried by itself."""
        try:
            return load_new(plans, self._store, now=utc_now()) if len(plans) > 1 else set()
        except Exception:  # whatever it was, it is met again where each plan is loaded by itself
            return set()

    def known(self, options: LoadOptions) -> dict[str, str]:
        """The sha256 of each file read by this parser and vocabulary -> the id of its document. With which corrections it was
        read does not count: a folder has none, and leaves those that people made.
        """
        versions = {"parser_version": PARSER_VERSION, "vocabulary_version": VOCABULARY_VERSION}
        rows, judged = self._store.read(
            lambda reading: (reading.rows("load/known-files", versions), reading.rows("read/judgements"))
        )
        # what people judged since then is applied by the next load, so the file is read again
        since = max((row["at"] for row in judged), default="")
        return {
            row["file_sha256"]: row["id"]
            for row in rows
            if row["loaded_at"] >= since and options.encoding in (None, row["encoding"])
        }

    def question(self, name: str, parameters: Mapping[str, str]) -> Body:
        return run_question(self._store, name, parameters, narrow=_narrow(), clock=_clock())

    def ask(self, text: str) -> Body:
        ask = partial(answer_text, self._store, text, evidence=Evidence.FULL, narrow=_narrow(), clock=_clock())
        return fetch_all(lambda page: ask(page=page).body)

    def search(self, words: str, filters: Mapping[str, str], limit: int) -> Body:
        kinds = (filters["kind"],) if "kind" in filters else KINDS
        narrow = Narrow(filters.get("region"), filters.get("document"))
        return search(self._store, words, kinds=kinds, narrow=narrow, page=PageRequest(limit)).body

    def findings(self, filters: Mapping[str, str]) -> Body:
        return every_finding(self._store, filters, _narrow().default_region)

    def dossier(self, kind: str, reference: str, parameters: Mapping[str, str], suffix: str) -> bytes:
        return dossier_file(self._store, kind, reference, parameters, suffix, _clock())

    def status(self) -> Body:
        return asdict(self._store.status()) | {
            "documents": document_ids(self._store),
            "not_read": not_read(self._store),
            "corrected": corrected(self._store),
        }

    def check(self, document_id: str | None) -> Body:
        return asdict(check(self._store, document_id))

    def repair(self, *, dry_run: bool) -> Body:
        report: Body = to_json(repair_store(self._store, dry_run=dry_run, now=utc_now()))
        if not dry_run:
            self._log("repair", f"{len(report['done'])} mended, {len(report['left'])} left")
        return report

    def remove(self, reference: str) -> Body:
        found = self._store.read(lambda reading: resolve(reading, "document", reference, _narrow()))
        report: Body = to_json(remove_document(found.id, self._store))
        self._log("remove", found.id)
        with closing(ServiceDatabase(_folder(self._store.url))) as database:
            return report | {"notes_kept": NoteBook(database).count(document=found.id)}

    def judge(self, given: Judged) -> Body:
        row = record_judgement(self._store, given, _narrow())
        self._log("judge", f"{row['unit']} {row['judgement']} {row['other']}")
        return row

    def judgements(self) -> Body:
        return list_judgements(self._store)

    def backup(self, target: Path) -> Body:
        with closing(ServiceDatabase(_folder(self._store.url))) as database:
            made = make_archive(self._store, target, now=utc_now(), others=desk_files(database))
            desk = desk_counts(database)
        self._log("backup", f"{len(made.documents)} documents")
        told = {"documents": len(made.documents), "judgements": made.judgements, "data_version": made.data_version}
        return told | asdict(desk)

    def restore(self, archive: Path) -> Body:
        report: Body = to_json(restore_archive(archive, self._store))
        with closing(ServiceDatabase(_folder(self._store.url))) as database:
            report |= asdict(restore_desk(database, other_files(archive)))
        self._log("restore", f"{report['documents']} documents")
        return report


class Remote:
    """The store, through the server that holds it."""

    def __init__(self, client: Client, served: str) -> None:
        self._client, self._served = client, served

    def load(self, file: GivenFile, options: LoadOptions) -> Body:
        return self._client.load(file.data, file.name, asdict(options))

    def question(self, name: str, parameters: Mapping[str, str]) -> Body:
        check_parameters(find(name), parameters)  # the route takes others of its own: format, limit
        return self._client.question(name, parameters)

    def ask(self, text: str) -> Body:
        return self._client.ask(text)

    def search(self, words: str, filters: Mapping[str, str], limit: int) -> Body:
        return self._client.search({**filters, "q": words, "limit": limit})

    def findings(self, filters: Mapping[str, str]) -> Body:
        return self._client.findings(filters)

    def dossier(self, kind: str, reference: str, parameters: Mapping[str, str], suffix: str) -> bytes:
        return self._client.dossier(kind, reference, parameters, suffix)

    def status(self) -> Body:
        return self._client.catalog() | {"served": self._served}

    def check(self, document_id: str | None) -> Body:
        return self._client.check(document_id)

    def repair(self, *, dry_run: bool) -> Body:
        return self._client.repair(dry_run=dry_run)

    def remove(self, reference: str) -> Body:
        return self._client.remove(reference)

    def judge(self, given: Judged) -> Body:
        return self._client.judge(given.model_dump())

    def judgements(self) -> Body:
        return self._client.judgements()

    def backup(self, target: Path) -> Body:
        return self._client.backup(target)

    def restore(self, archive: Path) -> Body:
        return self._client.restore(archive)


def _folder(url: str) -> Path:
    """The folder of the service of a store."""
    return service_folder(url, settings_of(Settings, store=url).service_folder)


def _narrow() -> Narrow:
    """The region in ``ZEREN_DEFAULT_REGION``, for ambiguous names."""
    return Narrow(default_region=os.environ.get("ZEREN_DEFAULT_REGION") or None)


def _clock() -> Clock:
    """Today, and the near days of ``ZEREN_NEAR_DAYS``."""
    given = os.environ.get("ZEREN_NEAR_DAYS") or str(NEAR_DAYS)
    if not given.isascii() or not given.isdigit():
        raise ParameterError(f"ZEREN_NEAR_DAYS is {given[:80]!r}; expected a number of days, such as 30.")
    return Clock(date.today(), int(given))


def is_served(url: str) -> bool:
    """Whether a server holds the store, so that it is the one to read files."""
    served = serving(url)
    return served is not None and served.address is not None


@contextmanager
def backend(url: str, *, create: bool = False, brief: bool = True, loads: bool = False) -> Iterator[Backend]:
    """The store at ``url``, through its server if one holds it.

    A missing store is created only with ``create``. Otherwise StoreUnavailable says that it is missing: a mistyped
    folder must not look like an empty graph. Long work is not ``brief``, and ``loads`` if it loads many plans (`graph.store.opening.open_store`).
    """
    served = serving(url)
    if served is not None and served.address is not None:
        with Client(served.address, served.token) as client:
            yield Remote(client, f"{served.address}（进程 {served.pid}）")
        return
    if not create and not exists(url):
        raise StoreUnavailable(
            f"there is no store at {url}; expected the folder of one. Make it with zeren load FILE --store {url}, or give "
            f"the right folder by --store or ZEREN_STORE."
        )
    with patience("打开仓库 …"):
        store = open_store(url, brief=brief, loads=loads)
    with closing(store), closing(CommandLog(url)) as log:
        yield Local(store, log)


@contextmanager
def patience(words: str) -> Iterator[None]:
    """Show a moving sign on standard error during slow work; do nothing if it is no terminal."""
    page = Console(stderr=True)
    if not page.is_terminal:
        yield
        return
    with page.status(words):
        yield
