"""``zeren load``: plans from files and folders into a store.

1. `loaders.files.folders` lists the files.  Child processes read them (`loaders.children`): up to `FEW` named files one after
   the other, a folder or more files on each core (`loaders.bulk`) while this process writes.
2. When there are many files, those that the store already has, read by this parser and vocabulary with the same options,
   are skipped unread: an interrupted run continues where it stopped.
3. A plan is stored whole or not at all; new plans share a transaction, a few at a time.  A file that fails is reported on
   standard error, once, and does not stop the others.  If the store itself is gone, that is reported once and the run ends.
4. A file named by itself gets its whole card. At the end of many, also of a run that is broken off, comes the account: how many
   were loaded, unchanged, failed, skipped and not reached, a line for each plan, and why files were skipped.

If a server holds the store, the server reads the files, one after the other.

Example: ``zeren load plans/`` ends with ``共 3 个文件：载入 2，未变 0，失败 1，略过 0``.

Left to others: the store (`api.cli.backend`), file formats (`loaders.files.read`).
"""

import gc
import json
import os
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from api.answers.chinese.messages import in_both
from api.cli.backend import Backend, Body, GivenFile, LoadOptions, Local, backend, is_served
from api.cli.parse import command_readers, read_input
from api.cli.reading import card_line, card_lines
from api.cli.store_commands import count_line
from api.cli.text import one_line
from graph.errors import EmptyPlan, NoText, ParameterError, StoreUnavailable, ZerenError
from graph.model import Plan, to_json
from graph.store.embedded.engine import HEAP_VARIABLE
from loaders.bulk import parse_files
from loaders.children.job import Job, failure
from loaders.children.pool import Readers
from loaders.files.folders import files_of, writable_name

FOLDER_HEAP = "448m"
"""Heap of the embedded engine for a folder, unless one is set: with that of a server it stands still at 6,000 plans."""

LONG = 1_000
"""So many files are worth the time (some 25 s of processor time) in which the engine's machine compiles itself well."""

FEW = 8
"""So many files are sooner read than children are started."""

TOGETHER = 150_000
"""So many characters of plans are written at once: what a small heap holds, and what a kill may undo."""

TOGETHER_SECONDS = 5.0
"""A plan that is read waits no longer than this for others."""

_REASONS = 200  # told in the account
_EMPTY = "没有事项，也没有职责（确要载入，用 --allow-empty）"
_NO_TEXT = "文件里没有文字"


@dataclass(frozen=True, slots=True)
class _Loaded:
    """What became of a plan: whether anything was written, its id, and its card as JSON; no card of a file that is skipped
    unread.
    """

    written: bool
    document_id: str | None = None
    card: Body | None = None


@dataclass(slots=True)
class _Account:
    loaded: int = 0
    unchanged: int = 0
    failed: int = 0
    left: list[str] = field(default_factory=list)
    cards: list[str] = field(default_factory=list)
    not_reached: int = 0
    as_json: bool = False

    def totals(self) -> dict[str, int]:
        """The counts by what became of the files."""
        return {
            "loaded": self.loaded,
            "unchanged": self.unchanged,
            "failed": self.failed,
            "skipped": len(self.left),
            "not_reached": self.not_reached,
        }


def load_command(paths: Sequence[str], url: str, options: LoadOptions, *, as_json: bool = False) -> bool:
    """Load each file and print its card, with ``as_json`` a line of JSON for each file, for many a last one with the totals. A
    file that fails is reported and does not stop the others. True if none failed.
    """
    if "" in paths:
        raise ParameterError("a path is empty; expected files or folders, or - for standard input.")
    files, left = ([paths[0]], []) if paths == ["-"] else files_of(paths)
    account = _Account(as_json=as_json)
    for out in left:
        _leave(account, out.path, out.reason)
    many = len(files) > FEW or bool(left) or len(files) != len(paths)
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
    )
    bar.disable = len(files) == 1 or not bar.console.is_terminal
    with ExitStack() as stack:
        if many:  # behind the bar, and of a run that is broken off as well
            stack.callback(_print_account, len(files), account)
        shown = stack.enter_context(bar)
        task = shown.add_task("载入", total=len(files))
        if many:
            _load_many(files, url, options, account, stack, shown, task)
        else:
            _load_few(files, url, options, account, stack, shown, task)
    return not (account.failed or account.not_reached)


def _load_few(
    files: Sequence[str],
    url: str,
    options: LoadOptions,
    account: _Account,
    stack: ExitStack,
    shown: Progress,
    task: TaskID,
) -> None:
    """Read the files one after the other; the store is opened when the first file has been read."""
    opened: Backend | None = None
    readers = stack.enter_context(command_readers())
    for file in files:
        try:
            given = GivenFile(*read_input(file), options, readers)
            if opened is None:
                if not is_served(url):
                    _ = given.plan  # what is no plan's file is refused before a store opens
                opened = stack.enter_context(backend(url, create=True))
            report = opened.load(given, options)
        except ZerenError as error:
            _complain(account, file, error, many=len(files) > 1)
        except Exception as error:  # one file never stops the rest; what it was is told
            _complain(account, file, failure(error), many=len(files) > 1)
        else:
            _print_report(file, report, as_json=account.as_json)
        shown.advance(task)


def _print_report(file: str, report: Body, *, as_json: bool) -> None:
    if as_json:
        _print_json({"file": writable_name(file), **report, "data_version": str(report["data_version"])})
        return
    print(_load_line(report))
    for line in card_lines(report):
        print(one_line(line))


def _load_many(
    files: Sequence[str],
    url: str,
    options: LoadOptions,
    account: _Account,
    stack: ExitStack,
    shown: Progress,
    task: TaskID,
) -> None:
    if not files:
        return
    os.environ.setdefault(HEAP_VARIABLE, FOLDER_HEAP)
    readers = stack.enter_context(command_readers())
    if not is_served(url):
        readers.start(len(files))  # before a store opens: then a child is started at once
    store = stack.enter_context(backend(url, create=True, brief=len(files) < LONG, loads=True))
    reports: Iterator[tuple[str, _Loaded | ZerenError]]
    if isinstance(store, Local):
        gc.disable()  # the engine's memory would have Python collect too, in the middle of so many plans
        stack.callback(gc.enable)
        reports = _here(files, store, options, readers)
    else:
        reports = _there(files, store, options, readers)
    account.not_reached = len(files)
    try:
        for file, report in reports:
            if isinstance(report, EmptyPlan):
                _leave(account, file, _NO_TEXT if isinstance(report, NoText) else _EMPTY)
            elif isinstance(report, ZerenError):
                _complain(account, file, report, many=True)
            else:
                _count(account, file, report)
            account.not_reached -= 1
            shown.advance(task)
    except StoreUnavailable as error:
        again = "Then run this again: what is stored by now is skipped.（再运行一次即可，已存的会跳过。）"
        print(f"zeren: {in_both(error)} {again}", file=sys.stderr)


def _here(
    files: Sequence[str], store: Local, options: LoadOptions, readers: Readers
) -> Iterator[tuple[str, _Loaded | ZerenError]]:
    """Children read, this process writes; each file with whether anything was written, or why it failed."""
    how = Job(options=options.of_parser(), encoding=options.encoding)
    read: list[tuple[str, Plan]] = []
    since = 0.0
    for outcome in parse_files(files, how, store.known(options), readers):
        if outcome.plan is None:
            yield outcome.path, outcome.error or _Loaded(written=False, document_id=outcome.known)
        else:
            since = since if read else time.monotonic()
            read.append((outcome.path, outcome.plan))
        if sum(len(plan.text) for _, plan in read) > TOGETHER or (read and time.monotonic() - since > TOGETHER_SECONDS):
            yield from _written(read, store, options)
            read = []
            gc.collect()  # little is in memory now
    yield from _written(read, store, options)


def _written(
    read: Sequence[tuple[str, Plan]], store: Local, options: LoadOptions
) -> Iterator[tuple[str, _Loaded | ZerenError]]:
    reports = store.write([plan for _, plan in read], options)
    for (path, _), written in zip(read, reports, strict=True):
        if isinstance(written, ZerenError):
            yield path, written
        else:
            yield path, _Loaded(not written.unchanged, written.document_id, to_json(written.card))


def _there(
    files: Sequence[str], store: Backend, options: LoadOptions, readers: Readers
) -> Iterator[tuple[str, _Loaded | ZerenError]]:
    for file in files:
        try:
            report = store.load(GivenFile(*read_input(file), options, readers), options)
            yield file, _Loaded(not report["unchanged"], report["document_id"], report.get("card"))
        except StoreUnavailable as error:
            store.status()  # raises when it is the store that is gone
            yield file, error
        except ZerenError as error:
            yield file, error


def _count(account: _Account, file: str, loaded: _Loaded) -> None:
    """Count a plan; its line tells of what was written and of what was not read."""
    account.loaded += loaded.written
    account.unchanged += not loaded.written
    card, name = loaded.card, writable_name(file)
    if account.as_json:
        found = {"file": name, "document_id": loaded.document_id, "unchanged": not loaded.written, "card": card}
        _print_json(found)
    elif card is not None and (loaded.written or card["not_read"] or card["omissions"]):
        word = "载入" if loaded.written else "未变"
        account.cards.append(one_line(f"{word} {name}: {loaded.document_id} {card_line(card)}"))


def _leave(account: _Account, file: str, why: str) -> None:
    name = writable_name(file)
    account.left.append(f"{name}: {why}")
    if account.as_json:
        _print_json({"file": name, "skipped": why})


def _complain(account: _Account, file: str, error: ZerenError, *, many: bool) -> None:
    shown = writable_name(file)
    account.failed += 1
    if account.as_json and many:
        _print_json({"file": shown, "error": str(error)})
    else:
        said = in_both(error)
        print(f"zeren: {shown}: {said}" if many else f"zeren: {said}", file=sys.stderr)


def _print_json(line: Mapping[str, Any]) -> None:
    print(json.dumps(line, ensure_ascii=False))


def _print_account(files: int, account: _Account) -> None:
    if account.as_json:
        _print_json({"files": files, **account.totals()})
        return
    print(
        f"共 {files} 个文件：载入 {account.loaded}，未变 {account.unchanged}，"
        f"失败 {account.failed}，略过 {len(account.left)}"
        + (f"，未及 {account.not_reached}" if account.not_reached else "")
    )
    for line in account.cards:
        print(line)
    for line in account.left[:_REASONS]:
        print(one_line(f"略过 {line}"))
    if len(account.left) > _REASONS:
        print(f"略过 …，其余 {len(account.left) - _REASONS} 个")


def _load_line(report: Body) -> str:
    """One line: what was written, and what the store has now."""
    where = f"{report['document_id']}（数据版本 {report['data_version']}）"
    if report["unchanged"]:
        return f"未变 {where}：库中已有，什么也没有写"
    counts = [f"{word} {count_line(report[key])}" for key, word in _CHANGES if report[key] or key != "moved"]
    replaced = f"；取代 {'、'.join(report['replaced'])}" if report.get("replaced") else ""
    return f"{'试载，未写入' if report['dry_run'] else '已载入'} {where}：{'，'.join(counts)}{replaced}"


_CHANGES = (("created", "新建"), ("changed", "更改"), ("removed", "删除"), ("moved", "移位"))
