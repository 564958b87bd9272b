"""The arguments that several commands share, each checked before any work begins.

Example: ``zeren load plan.docx --region 娄底`` ends with ``region is '娄底', which is no place … Did you mean 娄底市 …``.

Left to others: the commands (`api.cli.main`), what a correction means (`loaders.structure.corrections`).
"""

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from graph.errors import ParameterError
from graph.names import fold


class OutputFormat(StrEnum):
    """How rows are printed."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


class RecordForm(StrEnum):
    """How the plans of a folder are written."""

    NDJSON = "ndjson"


class HitKindName(StrEnum):
    """What a search finds."""

    UNIT = "unit"
    DOCUMENT = "document"
    REGULATION = "regulation"
    ITEM = "item"
    TEXT = "text"


class DossierKind(StrEnum):
    """The kinds of objects that a dossier describes."""

    UNIT = "unit"
    DOCUMENT = "document"
    QUESTION = "question"


def _corrected(name: str) -> Callable[[str | None], str | None]:
    """The check of one property of a plan's head."""

    def check(value: str | None) -> str | None:
        if value is None:
            return None
        from loaders.structure.corrections import checked  # only now: --help stays quick

        try:
            return checked(name, value)
        except ParameterError as error:
            raise typer.BadParameter(str(error)) from None

    return check


def _of_head(flag: str, value: str, what: str) -> Any:
    """The option that corrects one property of a plan's head."""
    return typer.Option(
        flag,
        metavar=value,
        callback=_corrected(flag.removeprefix("--").replace("-", "_")),
        help=f"{what}, above what the text says.",
    )


def _folded(value: str | None) -> str | None:
    if value is not None and (not value or fold(value) != value):
        raise typer.BadParameter(
            f"{value!r} is not an id; expected {fold(value) or 'some characters'!r}: ids are folded."
        )
    return value


def refuse_for_several(files: Sequence[str], given: Mapping[str, str | None]) -> None:
    """Refuse options that say what one plan is, where there may be several."""
    named = [f"--{name}" for name, value in given.items() if value is not None]
    if named and (len(files) > 1 or any(Path(file).is_dir() for file in files)):
        says = f"{named[0]} says" if len(named) == 1 else f"{', '.join(named)} say"
        met = f"here are {len(files)} paths" if len(files) > 1 else f"{files[0]!r} is a folder"
        raise typer.BadParameter(f"{says} what one document is, and {met}; give one FILE with it.")


StoreOption = Annotated[
    str,
    typer.Option(
        "--store",
        envvar="ZEREN_STORE",
        metavar="URL",
        help="Where the graph is kept: embedded:, embedded:/path/to/folder, neo4j://host:7687, neo4j (see NEO4J_URI).",
    ),
]
Title = Annotated[str | None, _of_head("--title", "TEXT", "Title of the plan")]
ReferenceNumber = Annotated[
    str | None, _of_head("--reference-number", "文号", "Reference number, such as 娄发〔2017〕4号")
]
IssuedOn = Annotated[str | None, _of_head("--issued-on", "DATE|YEAR", "Day or year of issue")]
Region = Annotated[str | None, _of_head("--region", "NAME", "Place of the plan, such as 娄底市")]
DocumentId = Annotated[
    str | None,
    typer.Option("--id", metavar="ID", callback=_folded, help="The document's id, instead of one made from its head."),
]
Encoding = Annotated[
    str | None,
    typer.Option(
        "--encoding", metavar="NAME", help="Encoding of the file (gb18030, big5, …), instead of detecting it."
    ),
]
RecordPlace = Annotated[
    str | None,
    typer.Option(
        "--out", metavar="FILE|FOLDER", help="Write what was read as records, for other programs and machines."
    ),
]
ShardOption = Annotated[
    str | None, typer.Option("--shard", metavar="i/n", help="Only this part of the files, the same on every machine.")
]
RayWorkers = Annotated[
    int | None,
    typer.Option(
        "--ray", metavar="N", min=1, help="Read on so many workers of Ray instead of children of this process."
    ),
]
RecordFormat = Annotated[RecordForm, typer.Option("--format", help="How the records are written.")]
