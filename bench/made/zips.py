"""Zip files, the form of many documents: made of parts, and taken apart.

Example: ``zipped(unzipped(data) | {"word/comments.xml": "<comments/>"})`` is a document with one more part.
"""

import io
import zipfile
from collections.abc import Mapping

QUICK = 1
"""The level at which a large part is packed without a wait."""


def zipped(parts: Mapping[str, str | bytes], level: int | None = None) -> bytes:
    """A zip of parts by their names."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as made:
        for name, words in parts.items():
            made.writestr(name, words)
    return target.getvalue()


def unzipped(data: bytes) -> dict[str, bytes]:
    """The parts of a zip by their names."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
