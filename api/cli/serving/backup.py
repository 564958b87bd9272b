"""``zeren backup`` and ``zeren restore``: a store as one file, and a store made again from it, also while it is served.

Example: ``zeren backup plans.zip`` and, on another machine, ``zeren restore plans.zip --store neo4j://host:7687``.

Left to others: what is in the file (`loaders.storing.archive`), comparing (`loaders.storing.restore`).
"""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from api.cli.arguments import StoreOption

_SHOWN = 20
_File = Annotated[Path, typer.Argument(metavar="FILE", help="The backup, a zip file.")]


def backup(file: _File, store: StoreOption = "embedded:") -> None:
    """Write everything from which the store can be made again into one file, while it is served, too.

    Texts, tables, options, judgements, notes, baskets, versions, counts and hashes; no keys and no audit log. An older FILE is replaced when the
    new one is whole.
    """
    from api.cli.backend import backend, patience
    from graph.errors import StoreUnavailable

    part = file.with_name(f"{file.name}.part")
    try:
        part.touch(mode=0o600)
        part.chmod(0o600)
        with patience("备份 …"), backend(store, brief=False) as opened:
            made = opened.backup(part)
        part.replace(file)
    except OSError as error:
        raise StoreUnavailable(
            f"the backup cannot be written to {file} ({error.strerror}); expected a folder that can be written, on a disk with "
            f"room."
        ) from error
    finally:
        part.unlink(missing_ok=True)
    size = file.stat().st_size
    typer.echo(
        f"已备份 {made['documents']} 个文件、{made['judgements']} 条判断{_desk(made)}到 {file}（数据版本 {made['data_version']}，"
        f"{size / 1024:.0f} KB）；密钥、审计日志、任务和没有存入的读取结果不在其中"
    )


def restore(file: _File, store: StoreOption = "embedded:") -> None:
    """Make a store again from a backup, on any engine, and compare it with what the backup says.

    The store must be empty, or one that this backup was being restored into. Exit code 1 if anything differs.
    """
    from api.cli.backend import backend, patience
    from api.cli.load import FOLDER_HEAP
    from api.cli.text import one_line
    from graph.errors import UnreadableSource
    from graph.store.embedded.engine import HEAP_VARIABLE

    if not file.is_file():
        raise UnreadableSource(f"there is no file {file}; expected one of zeren backup.")
    os.environ.setdefault(HEAP_VARIABLE, FOLDER_HEAP)  # as for the folder that it was loaded from
    with patience("恢复并核对 …"), backend(store, create=True, brief=False) as opened:
        made = opened.restore(file)
    typer.echo(
        f"已恢复 {made['documents']} 个文件、{made['judgements']} 条判断{_desk(made)}（数据版本 {made['data_version']}）"
    )
    for key in made["read_anew"][:_SHOWN]:
        typer.echo(one_line(f"由本版本重新读出，与备份时不同：{key}"))
    for fault in made["faults"][:_SHOWN]:
        typer.echo(one_line(f"不符：{fault}"))
    if made["faults"]:
        raise typer.Exit(1)
    typer.echo(
        "与备份逐一核对：数量和内容全部相符" if not made["read_anew"] else "备份由另一版本写成，内容已由本版本重新读出"
    )


def _desk(made: Mapping[str, Any]) -> str:
    """What people keep beside the plans, where there is any."""
    words = (("notes", "条批注"), ("entries", "条底稿条目"))
    return "".join(f"、{made[name]} {word}" for name, word in words if made.get(name))
