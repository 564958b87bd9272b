"""Files that only an office program opens: .doc, .wps and .rtf become .docx, .xls and .et become .xlsx, by LibreOffice.

LibreOffice is not part of Zeren: it is looked for when such a file comes (``soffice`` on the path).  Each run has its
own profile, because two runs on one profile disturb each other, and ends after `SECONDS` at the latest.

Example: ``convert(data, "docx")`` gives the bytes of a .docx.

Left to others: reading the result (`loaders.files.word.docx`, `loaders.files.excel.xlsx`).
"""

import shutil
import subprocess
import tempfile
from pathlib import Path

from graph.errors import UnreadableSource

SECONDS = 90.0


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
        try:
            subprocess.run(command, capture_output=True, timeout=SECONDS, check=False, stdin=subprocess.DEVNULL)
        except subprocess.TimeoutExpired:
            raise UnreadableSource(
                f"the file is {kind}, and LibreOffice did not finish within {SECONDS:g} seconds. {way_out}"
            ) from None
        made = place / f"plan.{to}"
        if not made.is_file():
            raise UnreadableSource(f"the file is {kind}, and LibreOffice could not open it. {way_out}")
        return made.read_bytes()
