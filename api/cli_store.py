"""The commands that need a store: ``query``, ``status``, ``check``, ``remove``, ``migrate``, and the stores that they and ``load`` open.

Order of things in each: the arguments are turned into bytes or parameters, so that bad input leaves the store alone;
`backend` finds out whether a server holds the store and gives a `Remote` (through ``/v1``) or a `Local` (the store
opened here), two classes with the same methods and the same answers; the answer is printed.

Example: ``query_command("unit-duties", {"unit": "市政府法制办"}, "embedded:", "table")``.

Left to others: arguments (`api.cli`), loading (`api.cli_load`), tables (`api.cli_output`), what is asked and loaded (`api.answers`, `loaders`).
"""

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from typing import Any, Protocol

from pydantic import ValidationError
from rich.console import Console

from api.asking.answer import answer_text
from api.cli_output import print_rows
from api.cli_text import one_line
from api.client import Client, serving, store_path
from api.export.dossiers import dossier_file
from api.findings import every_finding
from api.judging import Judged, record, recorded
from api.questions import EVERY_ROW, card_of, document_ids, find, questions, run_question
from api.references import Narrow
from api.shapes import Evidence
from graph.asking import NEAR_DAYS, Clock
from graph.cards import parameters_of
from graph.catalogue import Query
from graph.errors import ParameterError, StoreUnavailable, ZerenError
from graph.migrate import migrations
from graph.model import ParseOptions, Plan, to_json
from graph.schema import NODE, RELATIONSHIP
from graph.store import Store, open_store
from loaders.check import check
from loaders.files import read_bytes
from loaders.load import LoadReport, load_new, load_plan, remove_document
from loaders.plan import PARSER_VERSION, VOCABULARY_VERSION, parse_plan

Answer = dict[str, Any]
SHOWN_DOCUMENTS = 20


@dataclass(frozen=True, slots=True)
class LoadOptions:
    """What ``zeren load`` was told besides the files."""

    document_id: str | None = None
    region: str | None = None
    issued_on: str | None = None
    encoding: str | None = None
    replace: bool = False
    allow_empty: bool = False
    dry_run: bool = False


class Backend(Protocol):
    """What the commands ask of a store, opened here or served by another process."""

    def load(self, data: bytes, name: str | None, options: LoadOptions) -> Answer: ...

    def question(self, name: str, parameters: Mapping[str, str]) -> Answer: ...

    def ask(self, text: str) -> Answer: ...

    def findings(self, filters: Mapping[str, str]) -> Answer: ...

    def dossier(self, kind: str, reference: str, parameters: Mapping[str, str], suffix: str) -> bytes: ...

    def status(self) -> Answer: ...

    def check(self, document_id: str | None) -> Answer: ...

    def remove(self, document_id: str) -> Answer: ...

    def judge(self, given: Judged) -> Answer: ...

    def judgements(self) -> Answer: ...


class Local:
    """The store, opened in this process."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def load(self, data: bytes, name: str | None, options: LoadOptions) -> Answer:
        source = read_bytes(data, name=name, encoding=options.encoding)
        plan = parse_plan(source, issued_on=options.issued_on, region=options.region, document_id=options.document_id)
        return asdict(self._load(plan, options))

    def write(self, plans: Sequence[Plan], options: LoadOptions) -> Iterator[bool | ZerenError]:
        """Load plans that are parsed already; of each in turn whether anything was written, or what stopped it alone.

        Raises StoreUnavailable when the store itself is gone.
        """
        new = self._load_new(plans) if not options.dry_run else set()
        for place, plan in enumerate(plans):
            try:
                yield place in new or not self._load(plan, options).unchanged
            except StoreUnavailable as error:
                self._store.read(lambda reading: reading.data_version)  # raises when it is the store that is gone
                yield error
            except ZerenError as error:
                yield error

    def _load(self, plan: Plan, options: LoadOptions) -> LoadReport:
        return load_plan(
            plan,
            self._store,
            replace=options.replace,
            dry_run=options.dry_run,
            allow_empty=options.allow_empty,
            now=_now(),
        )

    def _load_new(self, plans: Sequence[Plan]) -> set[int]:
        """Those of ``plans`` that one transaction took; none when it failed, since each is then tried by itself."""
        try:
            return load_new(plans, self._store, now=_now()) if len(plans) > 1 else set()
        except (ZerenError, ValueError):
            return set()

    def known(self, options: LoadOptions) -> dict[str, str]:
        """The sha256 of each file read by this very parser and vocabulary under these options -> its document's id."""
        versions = {"parser_version": PARSER_VERSION, "vocabulary_version": VOCABULARY_VERSION}
        rows, judged = self._store.read(
            lambda reading: (reading.rows("load/known-files", versions), reading.rows("read/judgements"))
        )
        # what people judged since then is applied by the next load, so the file is read again
        since = max((row["at"] for row in judged), default="")
        wanted = to_json(ParseOptions(options.issued_on, options.region, options.document_id))
        return {
            row["file_sha256"]: row["id"]
            for row in rows
            if json.loads(row["options"]) == wanted
            and row["loaded_at"] >= since
            and options.encoding in (None, row["encoding"])
        }

    def question(self, name: str, parameters: Mapping[str, str]) -> Answer:
        return run_question(self._store, name, parameters, narrow=_narrow(), clock=_clock())

    def ask(self, text: str) -> Answer:
        asked = answer_text(self._store, text, page=EVERY_ROW, evidence=Evidence.FULL, narrow=_narrow(), clock=_clock())
        return asked.body

    def findings(self, filters: Mapping[str, str]) -> Answer:
        return every_finding(self._store, filters, _narrow().default_region)

    def dossier(self, kind: str, reference: str, parameters: Mapping[str, str], suffix: str) -> bytes:
        return dossier_file(self._store, kind, reference, parameters, suffix, _clock())

    def status(self) -> Answer:
        return asdict(self._store.status()) | {"documents": document_ids(self._store)}

    def check(self, document_id: str | None) -> Answer:
        return asdict(check(self._store, document_id))

    def remove(self, document_id: str) -> Answer:
        return asdict(remove_document(document_id, self._store))

    def judge(self, given: Judged) -> Answer:
        return record(self._store, given, _narrow())

    def judgements(self) -> Answer:
        return recorded(self._store)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


class Remote:
    """The store, through the server that holds it."""

    def __init__(self, client: Client, served: str) -> None:
        self._client, self._served = client, served

    def load(self, data: bytes, name: str | None, options: LoadOptions) -> Answer:
        return self._client.load(data, name, asdict(options))

    def question(self, name: str, parameters: Mapping[str, str]) -> Answer:
        return self._client.question(name, parameters)

    def ask(self, text: str) -> Answer:
        return self._client.ask(text)

    def findings(self, filters: Mapping[str, str]) -> Answer:
        return self._client.findings(filters)

    def dossier(self, kind: str, reference: str, parameters: Mapping[str, str], suffix: str) -> bytes:
        return self._client.dossier(kind, reference, parameters, suffix)

    def status(self) -> Answer:
        return self._client.catalog() | {"served": self._served}

    def check(self, document_id: str | None) -> Answer:
        return self._client.check(document_id)

    def remove(self, document_id: str) -> Answer:
        return self._client.remove(document_id)

    def judge(self, given: Judged) -> Answer:
        return self._client.judge(given.model_dump())

    def judgements(self) -> Answer:
        return self._client.judgements()


def _narrow() -> Narrow:
    """The region of ``ZEREN_DEFAULT_REGION`` for names that fit several."""
    return Narrow(default_region=os.environ.get("ZEREN_DEFAULT_REGION") or None)


def _clock() -> Clock:
    """Today, and the near days of ``ZEREN_NEAR_DAYS``."""
    given = os.environ.get("ZEREN_NEAR_DAYS") or str(NEAR_DAYS)
    if not given.isascii() or not given.isdigit():
        raise ParameterError(f"ZEREN_NEAR_DAYS is {given[:80]!r}; expected a number of days, such as 30.")
    return Clock(date.today(), int(given))


@contextmanager
def backend(url: str) -> Iterator[Backend]:
    """The store at ``url``, through its server when one holds it."""
    served = serving(url)
    if served is not None and served.address is not None:
        with Client(served.address, served.token) as client:
            yield Remote(client, f"{served.address}（进程 {served.pid}）")
        return
    with patience("打开仓库 …"):
        store = open_store(url)
    try:
        yield Local(store)
    finally:
        store.close()


@contextmanager
def patience(words: str) -> Iterator[None]:
    """A moving sign on standard error while something takes its time; nothing where nobody looks."""
    page = Console(stderr=True)
    if not page.is_terminal:
        yield
        return
    with page.status(words):
        yield


def counted(counts: Mapping[str, int]) -> str:
    """``{"Item": 45, "LEADS": 55}`` -> ``100（节点：任务事项 45；关系：牵头 55）``."""
    kinds = []
    for word, known in (("节点", NODE), ("关系", RELATIONSHIP)):
        named = "、".join(f"{_chinese(name)} {count}" for name, count in counts.items() if count and name in known)
        kinds += [f"{word}：{named}"] if named else []
    return f"{sum(counts.values())}（{'；'.join(kinds)}）" if kinds else "0"


def _chinese(name: str) -> str:
    met = NODE.get(name) or RELATIONSHIP.get(name)
    return met.chinese if met else name


def judge_command(words: tuple[str, str, str] | None, by: str, why: str, url: str) -> None:
    """Record a judgement on two units; without one, print all that were recorded."""
    with backend(url) as store:
        if words is None:
            for row in store.judgements()["items"]:
                print(
                    one_line(
                        f"{row['at'][:16]}  {row['unit']}  {row['judgement']}  {row['other']}  {row['by']}：{row['why']}"
                    )
                )
            return
        try:
            given = Judged(unit=words[0], judgement=words[1], other=words[2], by=by, why=why)
        except ValidationError as error:
            first = error.errors()[0]
            raise ParameterError(
                f"{'.'.join(map(str, first['loc']))}: {first['msg']}. zeren judge --help shows the form."
            ) from None
        row = store.judge(given)
    print(one_line(f"已记录：{row['unit']} {row['judgement']} {row['other']}。下次载入时生效。"))


def list_questions() -> None:
    """Every question of the library in Chinese, with its parameters."""
    for name, query in questions().items():
        print(f"{name}\n    {card_of(name).number}. {card_of(name).question}")
        for line in parameter_lines(name, query):
            print(f"    {line}")


def parameter_lines(name: str, query: Query) -> Iterator[str]:
    """A line for each parameter of a question: its name, its type, what it means."""
    meanings = card_of(name).parameters
    for param in parameters_of(query):
        yield f"{param.name}={'（可省略）' if param.nullable else ''}  {param.type}  {meanings[param.name]}"


def describe_question(name: str) -> None:
    """What a question asks, takes and leaves out."""
    query, card = find(name), card_of(name)
    print(f"{card.name}  {card.number}. {card.question}")
    for line in parameter_lines(name, query):
        print(f"    {line}")
    for head, lines in (("也可以问", card.variants), ("列", [" · ".join(card.columns.values())])):
        print(f"{head}  {' '.join(lines)}")
    for head, words in (("不包括", card.left_out), ("注意", card.pitfalls)):
        if words is not None:
            print(f"{head}  {words}")


def query_command(name: str, parameters: Mapping[str, str], url: str, output: str) -> None:
    """Ask a question of the library and print its rows."""
    with backend(url) as store:
        envelope = store.question(name, parameters)
    print_rows(envelope, output)


def status_command(url: str) -> None:
    """Print where the store is, who serves it, its versions and what it holds."""
    with backend(url) as store:
        status = store.status()
    counts = status["counts"]
    for label, value in (
        ("仓库", status["url"]),
        ("引擎", f"{status['engine']} {status['engine_version']}"),
        ("服务", status.get("served", "无")),
        ("版本", f"数据 {status['data_version']} · 结构 {status['schema_version']}"),
        ("文件", _documents(status.get("documents", ()), counts.get("Document", 0))),
        ("节点", " · ".join(f"{_chinese(name)} {counts[name]}" for name in NODE if counts.get(name))),
        ("关系", " · ".join(f"{_chinese(name)} {counts[name]}" for name in RELATIONSHIP if counts.get(name))),
    ):
        print(f"{label}  {value or '无'}")


def _documents(ids: Sequence[str], count: int) -> str:
    """The ids of what is loaded, the first `SHOWN_DOCUMENTS` of them."""
    shown = " · ".join(one_line(key) for key in ids[:SHOWN_DOCUMENTS])
    return f"{shown} …（共 {count} 个）" if count > SHOWN_DOCUMENTS else shown


def check_command(document_id: str | None, url: str) -> bool:
    """Name every stored fact that differs from a fresh reading of its text. True when there is none."""
    with backend(url) as store, patience("重新解析，逐条核对 …"):
        report = store.check(document_id)
    for found in report["differences"]:
        print(one_line(f"{found['document']}  {found['kind']}  {found['id']}: {found['what']}"))
    for outdated in report["outdated"]:
        print(f"{outdated}: 由另一版本的解析器或词表读出；重新载入即可更新")
    wrong = len(report["differences"])
    print(f"核对 {len(report['documents'])} 个文件：" + (f"{wrong} 处不符" if wrong else "全部相符"))
    return not report["differences"]


def remove_command(document_id: str, url: str) -> None:
    """Remove one document and say what went."""
    with backend(url) as store:
        report = store.remove(document_id)
    print(f"已移除 {report['document_id']}（数据版本 {report['data_version']}）：删除 {counted(report['removed'])}")


def migrate_command(url: str, *, check_only: bool) -> bool:
    """Apply pending migrations, or with ``check_only`` only name them; True when none is pending in the end."""
    if serving(url) is not None:
        print("结构已是最新：仓库正由服务打开，服务启动时已迁移")
        return True
    path = store_path(url)
    if check_only and path is not None and not path.exists():
        names = [migration.name for migration in migrations("arcadedb")]  # opening would make the folder
    else:
        with patience("打开仓库 …"):
            store = open_store(url, apply=False)
        try:
            names = store.pending() if check_only else store.migrate()
        finally:
            store.close()
    if not names:
        print("结构已是最新")
    for name in names:
        print(f"{'待执行' if check_only else '已执行'} {name}")
    return not (check_only and names)
