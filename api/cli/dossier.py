"""The command ``zeren dossier``: a unit, a plan or the answer to a question as a workbook or a written report.

Order of steps: take the kind of file from its name; make the dossier (through the server that holds the store, if there
is one); write the file under a temporary name beside the target and rename it when it is complete.

Example: ``zeren dossier unit 市政府法制办 -o 法制办.xlsx``.

Left to others: the content (`api.export.dossier_requests`).
"""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from api.cli.backend import backend, patience
from graph.errors import ParameterError

Kind = Literal["unit", "document", "question"]


def dossier_command(kind: Kind, reference: str, parameters: Mapping[str, str], url: str, target: Path) -> None:
    """Write the dossier to ``target``. Raises ParameterError if the file name gives no kind of file."""
    suffix = target.suffix.lower().removeprefix(".")
    if suffix not in ("xlsx", "docx"):
        raise ParameterError(
            f"{str(target)!r} does not name a kind of file; expected a name that ends in .xlsx or .docx."
        )
    with backend(url) as store, patience("编制底稿 …"):
        data = store.dossier(kind, reference, parameters, suffix)
    beside = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        beside.write_bytes(data)
        beside.replace(target)
    except OSError as error:
        raise ParameterError(
            f"{str(target)!r} cannot be written ({error.strerror}); expected a place that this user may write to."
        ) from None
    finally:
        beside.unlink(missing_ok=True)
    print(f"已写入 {target}（{len(data)} 字节）")
