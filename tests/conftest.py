"""Fixtures shared by all tests: stores by kind, and small plans made by hand.

``store`` is an empty, migrated store, one per test; it runs once for each kind in `STORES`: the embedded one and each
Neo4j version of ``ZEREN_TEST_NEO4J`` (default: the long-term release; CI names both). A store is made once per session
and emptied before each test, because an engine takes seconds to start and plans each query anew in a store it has just
opened. A test that needs a folder of its own copies one (`new_store`, `sample_folder`): making one takes six times as
long.

Neo4j runs from the jars of the registry (.ci/neo4j). ``ZEREN_TEST_NEO4J_URI`` names a server that is used instead, with
``NEO4J_USERNAME``, ``NEO4J_PASSWORD``, ``NEO4J_DATABASE``: it must be empty, and is emptied at the end. Where there is
neither Java nor jars these tests are skipped and the run says so at its end; in CI (CI=true) they fail.
"""

import atexit
import gc
import hashlib
import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from traceback import walk_stack
from types import SimpleNamespace
from typing import TYPE_CHECKING, NoReturn

import pytest
from neo4j_server import LTS, PASSWORD, USER, NoServer, Server

from graph import model
from graph.names import document_id, fact_id, fold, section_id, unit_id
from graph.store.contract import Store
from graph.store.embedded.store import EmbeddedStore
from graph.store.neo4j.address import ServerAddress, server_of
from loaders.files.read import read_path
from loaders.plan import parse_plan
from loaders.storing.load import load_plan, remove_document
from tests.spread import (
    group_of,
    needs_a_server,
    pytest_collection_modifyitems,  # noqa: F401 (a hook)
    pytest_xdist_make_scheduler,  # noqa: F401 (a hook)
)

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# Chromium's and Neo4j's drivers are imported where they are used: every process of a run imports this module, and
# Neo4j's takes pandas along

# the embedded engine's Java machine compiles for a start, not for a long life: a test run is over before the second
# compiler has paid for itself (it took two fifths of the processor time of the tests with stores)
os.environ.setdefault("ARCADEDB_JVM_ARGS", "-XX:TieredStopAtLevel=1")

# programs of this machine read without a key, as with make run; what is not told where to lie lies in a folder of the run
os.environ.setdefault("ZEREN_LOCAL_USE", "true")
os.environ["XDG_DATA_HOME"] = tempfile.mkdtemp(prefix="zeren-tests-")
atexit.register(shutil.rmtree, os.environ["XDG_DATA_HOME"], ignore_errors=True)

SAMPLE = Path(__file__).parents[1] / "examples" / "loudi-2017.txt"
GIVEN = os.environ.get("ZEREN_TEST_NEO4J_URI")
VERSIONS = ["given"] if GIVEN else os.environ.get("ZEREN_TEST_NEO4J", LTS).replace(",", " ").split()
NOT_TESTED = "NOT TESTED on "

# every test with `store` runs on all of them, one marked `one_neo4j` on the first two
STORES = ["embedded", *(pytest.param(f"neo4j-{version}", marks=pytest.mark.server) for version in VERSIONS)]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    named = (mark.args[0] for mark in metafunc.definition.iter_markers("parametrize"))
    if "session_store" in metafunc.fixturenames and "session_store" not in named:
        few = metafunc.definition.get_closest_marker("one_neo4j")
        metafunc.parametrize("session_store", STORES[:2] if few else STORES, indirect=True, scope="session")


def pytest_itemcollected(item: pytest.Item) -> None:
    """Whichever test comes first waits for its server and for the schema: over a minute where others work beside it."""
    if needs_a_server(group_of(item.nodeid)) and item.get_closest_marker("timeout") is None:
        item.add_marker(pytest.mark.timeout(600))


def pytest_collection_finish() -> None:
    """Leave what was imported and collected, which lives to the end, to no later look of the garbage collector.

    The bridge to Java has Python's garbage collected whenever Java's is: a third of the processor time of a run.
    """
    gc.collect()
    gc.freeze()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say loudly what something missing left untested; a line of the list of skips is easily missed."""
    reasons = [str(report.longrepr) for report in terminalreporter.stats.get("skipped", ())]
    missing = Counter(reason.partition(NOT_TESTED)[2].rstrip("')") for reason in reasons if NOT_TESTED in reason)
    if missing:
        terminalreporter.section("NOT TESTED", sep="!", red=True, bold=True)
        for where, count in missing.items():
            terminalreporter.line(f"{count} tests did not run on {where}")


def left_out(where: str, why: str) -> NoReturn:
    """End a test that lacks something of this machine: skipped and told at the end of the run, failed in CI."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"{where} is never left out in CI: {why}", pytrace=False)
    pytest.skip(f"{NOT_TESTED}{where}: {why}")


@pytest.fixture
def no_corpus() -> Callable[[str], NoReturn]:
    """Ends a test that has no corpus to read, told why."""
    return partial(left_out, "the corpus")


def address_of(server: Server) -> ServerAddress:
    return ServerAddress(server.uri, USER, PASSWORD, "neo4j")


def start(server: Server) -> Server:
    """``server``, started; the test is left out where there is no Java or no jars."""
    try:
        return server.start()
    except NoServer as error:
        left_out("Neo4j", str(error))


@pytest.fixture(scope="session")
def quick_notes() -> Iterator[None]:
    """Where a query was sent from, the driver asks at each one, for what the server may note on it: without the lines of
    source around every frame: reading those costs more than the query."""
    from neo4j._sync.work import result

    def stack() -> list[SimpleNamespace]:
        return [SimpleNamespace(frame=f, filename=f.f_code.co_filename, lineno=n) for f, n in walk_stack(None)]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(result, "inspect", SimpleNamespace(stack=stack))
        yield


@pytest.fixture(scope="session")
def neo4j_of(quick_notes: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], ServerAddress]]:
    """Gives the address of a running server by its version; each is started once per session, when first asked for."""
    servers: dict[str, Server] = {}

    def address(version: str) -> ServerAddress:
        if version == "given":
            return server_of(str(GIVEN))
        if version not in servers:
            servers[version] = start(Server(tmp_path_factory.mktemp("neo4j"), version))
        return address_of(servers[version])

    yield address
    for server in servers.values():
        server.kill()  # nobody reads its folder any more; an orderly stop takes up to half a minute


@pytest.fixture(scope="session")
def own_server(quick_notes: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A second server, which a test may stop, kill, and leave what it likes in: who uses it asks for a blank one."""
    server = start(Server(tmp_path_factory.mktemp("own"), LTS if GIVEN else VERSIONS[0]))
    yield server
    server.kill()


@pytest.fixture
def blank(own_server: Server) -> ServerAddress:
    """The address of `own_server`, which runs and holds nothing, not even a schema."""
    return emptied(own_server)


@pytest.fixture(scope="module")
def blank_of_module(own_server: Server) -> ServerAddress:
    """As `blank`, for a module that fills it once."""
    return emptied(own_server)


def emptied(own_server: Server) -> ServerAddress:
    own_server.start()
    empty(address_of(own_server))
    return address_of(own_server)


@pytest.fixture
def own(blank: ServerAddress) -> Iterator[Store]:
    """An empty, migrated store on `own_server`."""
    from graph.store.neo4j.store import BoltStore

    store = BoltStore(blank, warnings=True)
    yield store
    store.close()


@pytest.fixture(scope="module")
def browser() -> Iterator["Browser"]:
    """A real Chromium that asks nothing of the network by itself; ended with its module, for its loop blocks others."""
    from playwright.sync_api import sync_playwright

    quiet = ("quic", "background-networking", "component-update", "sync")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path=os.environ.get("ZEREN_CHROMIUM", "/usr/bin/chromium"),
            args=["--no-sandbox", "--disable-gpu", "--no-first-run", *(f"--disable-{part}" for part in quiet)],
        )
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def empty_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed embedded store with the schema in it and no data; only copied."""
    folder = tmp_path_factory.mktemp("empty") / "store"
    EmbeddedStore(folder).close()
    return folder


@pytest.fixture(scope="session")
def sample_folder(empty_folder: Path, sample_plan: model.Plan, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed embedded store with the sample alone in it; only copied."""
    folder = shutil.copytree(empty_folder, tmp_path_factory.mktemp("with-sample") / "store")
    with closing(EmbeddedStore(folder)) as store:
        load_plan(sample_plan, store, now="2026-01-01T00:00:00+00:00")
    return folder


@pytest.fixture(scope="session")
def embedded_sample(sample_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """An embedded store with the sample alone in it, shared by all tests that only read it."""
    with closing(EmbeddedStore(shutil.copytree(sample_folder, tmp_path_factory.mktemp("sample") / "store"))) as store:
        yield store


@pytest.fixture
def new_store(empty_folder: Path, tmp_path: Path) -> Path:
    """The folder of a store of the test's own, closed, with the schema in it and no data."""
    return shutil.copytree(empty_folder, tmp_path / "store")


@pytest.fixture(scope="session")
def session_store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    if request.param == "embedded":
        folder = shutil.copytree(request.getfixturevalue("empty_folder"), tmp_path_factory.mktemp("embedded") / "store")
        store: Store = EmbeddedStore(folder)
        yield store
        store.close()
        return
    from graph.store.neo4j.store import BoltStore

    version = request.param.partition("-")[2]
    address = request.getfixturevalue("neo4j_of")(version)
    if version == "given" and os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1") != "1":
        pytest.fail("one server given by ZEREN_TEST_NEO4J_URI serves one test process; run pytest -n 0", pytrace=False)
    if version == "given":
        refuse_unless_empty(address)
    store = BoltStore(address, warnings=True)
    yield store
    store.close()
    if version == "given":
        empty(address)


def refuse_unless_empty(address: ServerAddress) -> None:
    from neo4j import GraphDatabase

    with GraphDatabase.driver(address.uri, auth=(address.user, address.password)) as driver:
        records, _, _ = driver.execute_query("MATCH (n) RETURN count(n) AS n", database_=address.database)
        if records[0]["n"]:
            pytest.fail(f"{address.where} is not empty; give the tests a server of their own", pytrace=False)


def empty(address: ServerAddress) -> None:
    """Take away all that a run made in a database that was empty before, its schema included."""
    from neo4j import GraphDatabase

    with (
        GraphDatabase.driver(address.uri, auth=(address.user, address.password)) as driver,
        driver.session(database=address.database) as session,
    ):
        session.run("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 1000 ROWS").consume()
        for name in session.run("SHOW CONSTRAINTS YIELD name").value():
            session.run(f"DROP CONSTRAINT `{name}`").consume()
        for name in session.run("SHOW INDEXES YIELD name, type WHERE type <> 'LOOKUP' RETURN name").value():
            session.run(f"DROP INDEX `{name}`").consume()


def clear(store: Store) -> None:
    """Take every document out of a store."""
    for row in store.read(lambda reading: reading.rows("load/document-ids")):
        remove_document(row["id"], store)


class Filled:
    """Gives one shared store with some plans in it and nothing else.

    What the test before had filled in with the same plans is left there: loading takes longer than most tests that only
    read. Nothing need be known of that test: once anything was written since, the data version is another.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._holds: tuple[tuple[model.Plan, ...], str, int] | None = None

    def __call__(self, *plans: model.Plan, now: str = "2026-01-01T00:00:00+00:00") -> Store:
        if self._holds != (plans, now, self._version()):
            clear(self._store)
            for plan in plans:
                load_plan(plan, self._store, now=now)
            self._holds = plans, now, self._version()
        return self._store

    def _version(self) -> int:
        return self._store.read(lambda reading: reading.data_version)


@pytest.fixture(scope="session")
def filled(session_store: Store) -> Filled:
    """Call it with plans for a store with these alone in it, for tests that read them; see `Filled`."""
    return Filled(session_store)


@pytest.fixture(scope="session")
def sample_plan() -> model.Plan:
    return parse_plan(read_path(str(SAMPLE)))


@pytest.fixture
def sample_store(request: pytest.FixtureRequest, session_store: Store) -> Store:
    """A store with the sample alone in it, for tests that only read it."""
    if isinstance(session_store, EmbeddedStore):
        embedded: Store = request.getfixturevalue("embedded_sample")
        return embedded
    filled: Filled = request.getfixturevalue("filled")
    return filled(request.getfixturevalue("sample_plan"))


@pytest.fixture
def store(session_store: Store) -> Store:
    """An empty store with the schema in it."""
    clear(session_store)
    return session_store


@dataclass(frozen=True)
class ItemText:
    """One item to write into a made plan."""

    heading: str
    leads: tuple[str, ...] = ()
    responsible: tuple[str, ...] = ()
    cites: tuple[str, ...] = ()
    due: str | None = None


class PlanMaker:
    """Writes a plan's text and, beside it, the facts as a parser would find them, with their places."""

    def __init__(self, region: str, reference: str, title: str, issuer: str) -> None:
        self.region, self.title, self.issuer = region, title, issuer
        self.reference = reference
        self.id = document_id(region, reference)
        self.text = ""
        self.units: dict[str, model.Unit] = {}
        self.regulations: dict[str, model.Regulation] = {}

    def make(self, items: tuple[ItemText, ...]) -> model.Plan:
        self.text = f"{self.issuer}文件\n{self.reference}\n{self.title}\n"
        heading = self._write("一、重点任务\n")
        section = section_id(self.id, (1,))
        made = [self._item(section, number, item) for number, item in enumerate(items, start=1)]
        fallback = self._write("其余任务原则上应当在2019年底前完成。")
        self._write("\n")
        overseer = "市政府法制办"
        duty_clause = self._write(f"{overseer}要牵头做好督促检查。")
        end = len(self.text)
        self._unit(overseer)
        digest = hashlib.sha256(self.text.encode()).hexdigest()
        document = model.Document(
            id=self.id, title=self.title, reference_number=self.reference, region=self.region, issuers=(self.issuer,),
            issued_on="2017-03-16", kind="实施方案", text_sha256=digest, span=(0, end), source="plan.txt",
            file_sha256=digest, encoding="utf-8", parser_version="p1", vocabulary_version="v1",
            options=model.ParseOptions(),
        )  # fmt: skip
        duty = self._duty(self.id, model.Role.LEAD, overseer, 1, (duty_clause[0], duty_clause[0] + 6), duty_clause)
        return model.Plan(
            text=self.text,
            document=document,
            sections=(model.Section(section, "一、", "重点任务", 1, 1, None, (heading[0], end), ""),),
            items=tuple(made),
            citations=(),
            duties=(duty,),
            deadlines=(self._deadline(f"{self.id}-d1", model.DeadlineKind.DOCUMENT, "2019-12-31", fallback),),
            units=tuple(self.units.values()),
            regulations=tuple(self.regulations.values()),
            repairs=(),
            warnings=(),
            coverage=model.Coverage(end, end, (), model.SignCount(0, 0, 0, ())),
        )

    def _write(self, words: str) -> model.Span:
        start = len(self.text)
        self.text += words
        return start, len(self.text)

    def _item(self, section: str, number: int, item: ItemText) -> model.Item:
        key = f"{section}-{number}"
        start, _ = self._write(f"{number}.{item.heading}。")
        citations = []
        for title in item.cites:
            self._write("落实")
            span = self._write(f"《{title}》")
            self._write("。")
            citations.append(self._citation(key, title, span))
        self._write("\n")
        duties = [
            *self._line(key, model.Role.LEAD, "牵头单位", item.leads),
            *self._line(key, model.Role.RESPONSIBLE, "责任单位", item.responsible),
        ]
        deadlines = ()
        due = model.Due("2019-12-31", model.Precision.YEAR, model.DueBasis.DOCUMENT)
        if item.due is not None:
            clause = self._write(f"完成时限:{item.due[:4]}年底前完成。")
            self._write("\n")
            deadlines = (self._deadline(f"{key}-d1", model.DeadlineKind.DEFAULT, item.due, clause),)
            due = model.Due(item.due, model.Precision.YEAR, model.DueBasis.ITEM)
        return model.Item(
            id=key, number=number, label=f"{number}.", part=None, parent=None, heading=item.heading, body="",
            section=section, position=number, span=(start, len(self.text)), due=due, ongoing=False,
            duties=tuple(duties), deadlines=deadlines, citations=tuple(citations), mentions=(), tasks=(),
        )  # fmt: skip

    def _line(self, item: str, role: model.Role, label: str, names: tuple[str, ...]) -> list[model.Duty]:
        if not names:
            return []
        start, _ = self._write(f"{label}:")
        spans = []
        for position, name in enumerate(names):
            if position:
                self._write("、")
            spans.append(self._write(name))
        _, end = self._write("。")
        self._write("\n")
        for name in names:
            self._unit(name)
        return [
            self._duty(item, role, name, position, span, (start, end))
            for position, (name, span) in enumerate(zip(names, spans, strict=True), start=1)
        ]

    def _unit(self, name: str) -> None:
        key = unit_id(self.region, name)
        self.units[key] = model.Unit(
            key, name, None, self.region, "市", None, (f"{self.region}{name[1:]}",), False, False, (), None
        )

    def _duty(
        self, owner: str, role: model.Role, name: str, position: int, span: model.Span, clause: model.Span
    ) -> model.Duty:
        return model.Duty(
            id=fact_id(owner, role, name, 1), role=role, unit=model.UnitRef(unit_id(self.region, name), name),
            as_written=name, position=position, collective=False, open_list=False, span=span, quote=name,
            clause=clause, clause_quote=self.text[slice(*clause)], inferred=False, rule="label-line", because=(),
        )  # fmt: skip

    def _citation(self, owner: str, title: str, span: model.Span) -> model.Citation:
        relation = model.Relation.IMPLEMENTS
        self.regulations[fold(title)] = model.Regulation(fold(title), title, None, None, None, False, None)
        return model.Citation(
            id=fact_id(owner, relation, title, 1), title=title, as_written=f"《{title}》", relation=relation,
            regulation=model.RegulationRef(fold(title), title), task=None, span=span, quote=f"《{title}》",
            clause=(span[0] - 2, span[1]), clause_quote=f"落实《{title}》", inferred=False, rule="implements",
            because=(),
        )  # fmt: skip

    def _deadline(self, key: str, kind: model.DeadlineKind, date: str, span: model.Span) -> model.Deadline:
        return model.Deadline(
            id=key, kind=kind, quote=self.text[slice(*span)], date=date, precision=model.Precision.YEAR,
            conditional=kind is model.DeadlineKind.DOCUMENT, hedge=None, recurrence=None, duration=None,
            duration_unit=None, anchor=None, task=None, span=span, inferred=False, rule="year-end", because=(),
        )  # fmt: skip


ITEMS = (
    ItemText("改革行政执法体制", ("市编办", "市政府法制办"), ("市司法局",), due="2018-12-31"),
    ItemText("完善行政决策程序", ("市政府法制办",), ("市司法局", "市财政局"), ("湖南省行政程序规定",)),
    ItemText("推进政务公开", ("市政府办",), ("市政府法制办", "市民政局"), ("政府信息公开条例",), "2017-12-31"),
)


@dataclass(frozen=True)
class Plans:
    """Small plans of one shape; ``items`` can be changed with `dataclasses.replace`."""

    items: tuple[ItemText, ...] = ITEMS

    def make(
        self,
        region: str = "临江市",
        reference: str = "临发〔2017〕4号",
        title: str = "临江市法治政府建设实施方案",
        issuer: str = "中共临江市委",
    ) -> model.Plan:
        return PlanMaker(region, reference, title, issuer).make(self.items)

    def edited(self, number: int, **changes: object) -> "Plans":
        """The same plans with one item's line changed: ``plans.edited(2, leads=("市司法局",))``."""
        items = list(self.items)
        items[number - 1] = replace(items[number - 1], **changes)  # type: ignore[arg-type]
        return Plans(tuple(items))


@pytest.fixture(scope="session")
def plans() -> Plans:
    return Plans()
