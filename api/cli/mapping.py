"""``zeren parse DIR --out``: plans as records in files, without a store; ``zeren export``: records for a Neo4j import (docs/scale.md).

1. The files of the folder, or of a shard of it, are read as ``zeren load`` reads a folder.
2. Each record is written when it is there; a run that is broken off goes on where it stopped.
3. At the end comes the account; files that failed or were skipped stand in ``….failures.ndjson`` beside the output, too.

Example: ``zeren parse plans --out plans.ndjson --shard 1/2`` ends with ``共 3 个文件：读出 2，已有 0，失败 1，略过 0``.

`import_command` prints how many plans, nodes and relationships the files of an import hold, which plans they do not hold, and the
commands that follow.

Left to others: records and files (`loaders.mapping`), the options (`api.cli.main`).
"""

import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from api.answers.chinese.messages import in_both
from api.cli.parse import command_limits, command_readers
from api.cli.text import one_line
from graph.errors import EmptyPlan, NoText, ParameterError, ZerenError
from graph.stamps import utc_now
from loaders.children.job import Job
from loaders.mapping.folder import Mapped, Read, Shard, files_to_map, map_files, read_here, shard_of
from loaders.mapping.outputs import FailureList, NdjsonOutput, RecordOutput

_NOTHING = "没有事项，也没有职责"
_WORDLESS = "文件里没有文字"
_SHOWN = 200  # skipped files that the account names


@dataclass(slots=True)
class _MapAccount:
    files: int
    read: int = 0
    known: int = 0
    failed: int = 0
    skipped: list[str] = field(default_factory=list)
    empty: int = 0

    @property
    def not_reached(self) -> int:
        return self.files - self.read - self.known - self.failed - self.empty


def map_command(top: str, out: str, record_format: str, shard: str | None, how: Job, ray: int | None) -> bool:
    """Read ``top`` into records under ``out``, on ``ray`` workers if that is told; whether no file failed."""
    part = shard_of(shard) if shard else None
    if Path(top).is_dir() and Path(out).absolute().resolve().is_relative_to(Path(top).resolve()):
        raise ParameterError(f"--out {out!r} lies in {top!r}, which is read; expected a place outside of it.")
    files, left, others = files_to_map(top, part)
    account = _MapAccount(len(files))
    with ExitStack() as stack:
        read = stack.enter_context(
            _reader(len(files), ray)
        )  # before the output is open: a forked child would keep its lock
        output = stack.enter_context(_output(out, record_format, part))
        failures = stack.enter_context(FailureList(output.place))
        stack.callback(_print_map_account, account, output, failures, others, part)
        if output.mended:
            print(f"zeren: {output.mended}", file=sys.stderr)
        for one in left:
            account.skipped.append(f"{one.path}: {one.reason}")
            failures.add({"file": one.path, "skipped": one.reason})
        _tell_gone(output, [file.name for file in files], part)
        for mapped in map_files(files, how, output, read):
            _note(mapped, account, failures)
    return not (account.failed or account.not_reached)


@contextmanager
def _reader(count: int, ray: int | None) -> Iterator[Read]:
    """Who reads ``count`` files: children of this process, or workers of Ray."""
    if ray is None:
        with command_readers() as readers:
            readers.start(count)
            yield read_here(readers)
        return
    from loaders.mapping.ray_workers import read_on_ray

    with read_on_ray(ray, command_limits()) as read:
        yield read


def _output(out: str, record_format: str, shard: Shard | None) -> RecordOutput:
    """What ``--out`` names: a file of lines, or in a folder a file of lines for each shard."""
    name = f"plans-{shard.number}-of-{shard.count}" if shard else "plans"
    is_folder = out.endswith("/") or Path(out).is_dir()
    return NdjsonOutput(Path(out, f"{name}.ndjson") if is_folder else Path(out))


def _note(mapped: Mapped, account: _MapAccount, failures: FailureList) -> None:
    if mapped.error is None:
        account.read += mapped.record is not None
        account.known += mapped.known
    elif isinstance(mapped.error, EmptyPlan):
        why = _WORDLESS if isinstance(mapped.error, NoText) else _NOTHING
        account.empty += 1
        account.skipped.append(f"{mapped.name}: {why}")
        failures.add({"file": mapped.name, "skipped": str(mapped.error)})
    else:
        account.failed += 1
        _complain(mapped.name, mapped.error, failures)


def _complain(name: str, error: ZerenError, failures: FailureList) -> None:
    failures.add({"file": name, "error": str(error), "kind": type(error).__name__})
    print(f"zeren: {name}: {in_both(error)}", file=sys.stderr)


def _tell_gone(output: RecordOutput, names: Sequence[str], shard: Shard | None) -> None:
    gone = len(output.files.difference(names))
    if gone:
        where = "这一份里" if shard else "文件夹里"
        print(f"zeren: 输出中有 {gone} 个文件的记录，{where}已没有这些文件；记录保留未动", file=sys.stderr)


def _print_map_account(
    account: _MapAccount, output: RecordOutput, failures: FailureList, others: int, shard: Shard | None
) -> None:
    print(
        f"共 {account.files} 个文件：读出 {account.read}，已有 {account.known}，失败 {account.failed}，"
        f"略过 {len(account.skipped)}" + (f"，未及 {account.not_reached}" if account.not_reached else "")
    )
    if shard:
        print(f"第 {shard.number} 份，共 {shard.count} 份；其余各份另有 {others} 个文件")
    print(f"记录在 {output.place}")
    for line in account.skipped[:_SHOWN]:
        print(one_line(f"略过 {line}"))
    if len(account.skipped) > _SHOWN:
        print(f"略过 …，其余 {len(account.skipped) - _SHOWN} 个")
    if account.failed or account.skipped:
        print(f"失败和略过的文件列在 {failures.place}")


def import_command(out: str, sources: Sequence[str]) -> bool:
    """Make the files of an import from records; whether every plan is in them."""
    from loaders.mapping.neo4j_files import make_import

    report = make_import(sources, Path(out), now=utc_now())
    print(f"导入文件在 {out}：文件 {report.plans}，节点 {report.nodes}，关系 {report.relationships}")
    if report.older:
        print(f"其中 {report.older} 份由另一版本的解析器或词表读出；zeren migrate 会重读")
    print("接下来（服务器停止时，在这个文件夹里）：neo4j-admin database import full neo4j @import.args")
    print("再启动服务器：zeren migrate，zeren check")
    for one in report.left_out[:_SHOWN]:
        why = f"编号、原文或条文与前面的文件相同（{one.document}）"
        print(one_line(f"未放入 {one.file}: {why}；导入后用 zeren load 载入"))
    if len(report.left_out) > _SHOWN:
        print(f"未放入 …，其余 {len(report.left_out) - _SHOWN} 个")
    return not report.left_out
