"""Files that only an office program opens: .doc, .wps and .rtf become .docx, .xls and .et become .xlsx, by LibreOffice.

LibreOffice is not part of Zeren: it is looked for when such a file comes (``soffice`` on the path).  Each run has its
own profile, because two runs on one profile disturb each other.  It has a process group of its own and limits of time and
memory (`loaders.files.steps`): beyond one of them it ends with all that it started.

Example: ``convert(data, "docx")`` gives the bytes of a .docx.

Left to others: reading the result (`loaders.files.word.docx`, `loaders.files.excel.xlsx`).
"""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from graph.errors import ReadingStopped, UnreadableSource
from loaders.files.steps import BOUNDS, long_step

_WAIT = 10.0  # seconds that a killed process may need to end


def convert(data: bytes, to: str, kind: str) -> bytes:
    """The file as ``docx`` or ``xlsx``; ``kind`` names its format. Raises UnreadableSource that says what to do."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    way_out = f"Open it and save it as .{to}."
    if program is None:
        raise UnreadableSource(
            f"the file is {kind}, which only an office program opens, and LibreOffice (soffice) is not installed; "
            f"expected a .{to}. {way_out}"
        )
    with tempfile.TemporaryDirectory(prefix="zeren-") as folder:
        place = Path(folder)
        given = place / "plan.in"
        given.write_bytes(data)
        profile = f"-env:UserInstallation={(place / 'profile').as_uri()}"
        command = [program, profile, "--headless", "--norestore", "--convert-to", to, "--outdir", folder, str(given)]
        with long_step("office"):
            finished = _run(command)
        if not finished:
            raise ReadingStopped(
                f"the file is {kind}, and LibreOffice did not finish within {BOUNDS.office_seconds:g} seconds "
                f"(ZEREN_OFFICE_SECONDS). {way_out}"
            )
        made = place / f"plan.{to}"
        if not made.is_file():
            raise UnreadableSource(
                f"the file is {kind}, and LibreOffice could not open it, or not with {BOUNDS.office_memory // 2**20} MB of "
                f"memory (ZEREN_OFFICE_MEMORY_MB). {way_out}"
            )
        return made.read_bytes()


def _run(command: Sequence[str]) -> bool:
    """Run a program within the limits; whether it ended by itself. Nothing that it started is left."""
    group = 0 if hasattr(os, "setpgid") else None
    running = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        process_group=group,
    )
    try:
        _bound_memory(running.pid)
        running.wait(BOUNDS.office_seconds)
    except subprocess.TimeoutExpired:
        return False
    finally:
        _end(running)
    return True


def _bound_memory(process: int) -> None:
    if sys.platform == "linux":
        import resource

        with contextlib.suppress(OSError, ValueError):  # it has ended already
            most = resource.prlimit(process, resource.RLIMIT_DATA)[1]
            resource.prlimit(process, resource.RLIMIT_DATA, (BOUNDS.office_memory, most))


def _end(running: "subprocess.Popen[bytes]") -> None:
    """Kill the process group of a program: what it started may go on when it has ended itself."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        if hasattr(os, "killpg"):
            os.killpg(running.pid, signal.SIGKILL)
        else:
            running.kill()
    with contextlib.suppress(subprocess.TimeoutExpired):
        running.wait(_WAIT)
