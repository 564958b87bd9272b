"""The commands that need a store: ``load``, ``query``, ``status``, ``check``, ``remove``, ``migrate``.

Order of things in each: the arguments are turned into bytes or parameters, so that bad input leaves the store alone;
`backend` finds out whether a server holds the store and gives a `Remote` (through ``/v1``) or a `Local` (the store
opened here), two classes with the same methods and the same answers; the answer is printed.

Example: ``query_command("unit-duties", {"unit": "市政府法制办"}, "embedded:", "table")``.

Left to others: arguments (`api.cli`), tables (`api.cli_output`), what is asked and loaded (`api.answers`, `loaders`).
"""

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any, Protocol

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from api.cli_output import print_rows
from api.cli_parse import read_input
from api.cli_text import one_line
from api.client import Client, serving, store_path
from api.questions import OF_PAGING, questions, run_question
from api.references import Narrow
from graph.errors import ZerenError
from graph.migrate import migrations
from graph.schema import NODE, RELATIONSHIP
from graph.store import Store, open_store
from loaders.check import check
from loaders.files import read_bytes
from loaders.load import load_plan, remove_document
from loaders.plan import parse_plan

Answer = dict[str, Any]


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

    def status(self) -> Answer: ...

    def check(self, document_id: str | None) -> Answer: ...

    def remove(self, document_id: str) -> Answer: ...


class Local:
    """The store, opened in this process."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def load(self, data: bytes, name: str | None, options: LoadOptions) -> Answer:
        source = read_bytes(data, name=name, encoding=options.encoding)
        plan = parse_plan(source, issued_on=options.issued_on, region=options.region, document_id=options.document_id)
        report = load_plan(
            plan,
            self._store,
            replace=options.replace,
            dry_run=options.dry_run,
            allow_empty=options.allow_empty,
            now=datetime.now(UTC).isoformat(timespec="seconds"),
        )
        return asdict(report)

    def question(self, name: str, parameters: Mapping[str, str]) -> Answer:
        narrow = Narrow(default_region=os.environ.get("ZEREN_DEFAULT_REGION") or None)
        return run_question(self._store, name, parameters, narrow=narrow)

    def status(self) -> Answer:
        return asdict(self._store.status())

    def check(self, document_id: str | None) -> Answer:
        return asdict(check(self._store, document_id))

    def remove(self, document_id: str) -> Answer:
        return asdict(remove_document(document_id, self._store))


class Remote:
    """The store, through the server that holds it."""

    def __init__(self, client: Client, served: str) -> None:
        self._client, self._served = client, served

    def load(self, data: bytes, name: str | None, options: LoadOptions) -> Answer:
        return self._client.load(data, name, asdict(options))

    def question(self, name: str, parameters: Mapping[str, str]) -> Answer:
        return self._client.question(name, parameters)

    def status(self) -> Answer:
        return self._client.catalog() | {"served": self._served}

    def check(self, document_id: str | None) -> Answer:
        return self._client.check(document_id)

    def remove(self, document_id: str) -> Answer:
        return self._client.remove(document_id)


@contextmanager
def backend(url: str) -> Iterator[Backend]:
    """The store at ``url``, through its server when one holds it."""
    served = serving(url)
    if served is not None and served.address is not None:
        with Client(served.address, served.token) as client:
            yield Remote(client, f"{served.address}（进程 {served.pid}）")
        return
    with _patience("打开仓库 …"):
        store = open_store(url)
    try:
        yield Local(store)
    finally:
        store.close()


@contextmanager
def _patience(words: str) -> Iterator[None]:
    """A moving sign on standard error while something takes its time; nothing where nobody looks."""
    page = Console(stderr=True)
    if not page.is_terminal:
        yield
        return
    with page.status(words):
        yield


def load_command(files: Sequence[str], url: str, options: LoadOptions) -> bool:
    """Load each file; one that fails is told on standard error and does not stop the rest. True when none failed."""
    failed = 0
    bar = Progress(TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), console=Console(stderr=True))
    bar.disable = len(files) == 1 or not bar.console.is_terminal
    with ExitStack() as stack:
        opened: Backend | None = None
        shown = stack.enter_context(bar)
        task = shown.add_task("载入", total=len(files))
        for file in files:
            try:
                data, name = read_input(file)
                read_bytes(
                    data, name=name, encoding=options.encoding
                )  # what is no text is refused before a store opens
            except ZerenError as error:
                failed += _complain(file, error, len(files))
                shown.advance(task)
                continue
            opened = opened or stack.enter_context(backend(url))
            try:
                print(_load_line(opened.load(data, name, options)))
            except ZerenError as error:
                failed += _complain(file, error, len(files))
            shown.advance(task)
    return failed == 0


def _complain(file: str, error: ZerenError, files: int) -> int:
    print(f"zeren: {file}: {error}" if files > 1 else f"zeren: {error}", file=sys.stderr)
    return 1


def _load_line(report: Answer) -> str:
    """One line: what was written and what stands there now."""
    where = f"{report['document_id']}（数据版本 {report['data_version']}）"
    if report["unchanged"]:
        return f"未变 {where}：库中已有，什么也没有写"
    counts = [f"{word} {_counted(report[key])}" for key, word in _CHANGES if report[key] or key != "moved"]
    replaced = f"；取代 {'、'.join(report['replaced'])}" if report.get("replaced") else ""
    return f"{'试载，未写入' if report['dry_run'] else '已载入'} {where}：{'，'.join(counts)}{replaced}"


_CHANGES = (("created", "新建"), ("changed", "更改"), ("removed", "删除"), ("moved", "移位"))


def _counted(counts: Mapping[str, int]) -> str:
    """``{"Item": 45, "LEADS": 55}`` -> ``100（节点：任务事项 45；关系：牵头 55）``."""
    kinds = []
    for word, known in (("节点", NODE), ("关系", RELATIONSHIP)):
        named = "、".join(f"{_chinese(name)} {count}" for name, count in counts.items() if count and name in known)
        kinds += [f"{word}：{named}"] if named else []
    return f"{sum(counts.values())}（{'；'.join(kinds)}）" if kinds else "0"


def _chinese(name: str) -> str:
    met = NODE.get(name) or RELATIONSHIP.get(name)
    return met.chinese if met else name


def list_questions() -> None:
    """Every question of the library, with its parameters."""
    for name, question in questions().items():
        print(f"{name}\n    {question.purpose}")
        for param in question.params:
            if param.name not in OF_PAGING:
                print(f"    {param.name}={'（可省略）' if param.nullable else ''}  {param.type}  {param.note}".rstrip())


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
        ("节点", " · ".join(f"{_chinese(name)} {counts[name]}" for name in NODE if counts.get(name))),
        ("关系", " · ".join(f"{_chinese(name)} {counts[name]}" for name in RELATIONSHIP if counts.get(name))),
    ):
        print(f"{label}  {value or '无'}")


def check_command(document_id: str | None, url: str) -> bool:
    """Name every stored fact that differs from a fresh reading of its text. True when there is none."""
    with backend(url) as store, _patience("重新解析，逐条核对 …"):
        report = store.check(document_id)
    for found in report["differences"]:
        print(one_line(f"{found['document']}  {found['kind']}  {found['id']}: {found['what']}"))
    for outdated in report["outdated"]:
        print(f"{outdated}: 由另一版本的解析器或词表读出；重新载入即可更新")
    print(f"核对 {len(report['documents'])} 个文件：{len(report['differences']) or '没有'}处不符")
    return not report["differences"]


def remove_command(document_id: str, url: str) -> None:
    """Remove one document and say what went."""
    with backend(url) as store:
        report = store.remove(document_id)
    print(f"已移除 {report['document_id']}（数据版本 {report['data_version']}）：删除 {_counted(report['removed'])}")


def migrate_command(url: str, *, check_only: bool) -> bool:
    """Apply pending migrations, or with ``check_only`` only name them; True when none is pending in the end."""
    if serving(url) is not None:
        print("结构已是最新：仓库正由服务打开，服务启动时已迁移")
        return True
    path = store_path(url)
    if check_only and path is not None and not path.exists():
        names = [migration.name for migration in migrations("arcadedb")]  # opening would make the folder
    else:
        with _patience("打开仓库 …"):
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
