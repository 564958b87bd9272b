"""Folders: which files under the given paths are read, and why others are skipped.

1. A named file is always taken; a folder is walked from top to bottom, in the order of names.
2. Links to folders are not followed, so a loop of links cannot trap the walk; a file that is found twice is read once.
3. Skipped, each with its reason: hidden files, what programs put into folders (``~$…``, ``Thumbs.db``), broken links,
   pipes and devices, and folders that this user may not open.
4. A name may have any bytes; `writable_name` is the text that is stored and shown for it.

Example: ``files_of(["plans"])`` gives every plan under ``plans``, and skips, say, ``plans/.DS_Store`` as a hidden file.

Left to others: the format of a file (`loaders.files.read`), reading many files at once (`loaders.bulk`).
"""

import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

_LOCKS = ("~$", ".~lock.", "~WRL")
_BY_SYSTEMS = frozenset(("thumbs.db", "ehthumbs.db", "desktop.ini", "icon\r"))


class SkippedFile(NamedTuple):
    path: str
    reason: str


def files_of(paths: Iterable[str]) -> tuple[list[str], list[SkippedFile]]:
    """The files to read, in order, and the skipped files.

    A named path that does not exist counts as a file to read: the reader then says what is wrong with it.
    """
    files: list[str] = []
    left: list[SkippedFile] = []
    seen: set[tuple[int, int]] = set()
    for path in paths:
        for found in _walk(path, left) if Path(path).is_dir() else iter((path,)):
            try:
                state = Path(found).stat()
            except (OSError, ValueError):
                files.append(found)
                continue
            key = state.st_dev, state.st_ino
            if key in seen:
                left.append(SkippedFile(found, "the same file was met before"))
                continue
            seen.add(key)
            files.append(found)
    return files, left


def writable_name(name: str) -> str:
    """A name or path as text that can be stored and shown: bytes that are no UTF-8 are read as GBK, else escaped.

    >>> writable_name(os.fsdecode("方案.txt".encode("gbk")))
    '方案.txt'
    """
    if name.isascii():
        return name
    try:
        data = os.fsencode(name)
    except UnicodeEncodeError:  # half a surrogate that no file name gave
        data = name.encode("utf-8", "backslashreplace")
    for encoding in ("utf-8", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("utf-8", "backslashreplace")


def _walk(top: str, left: list[SkippedFile]) -> Iterator[str]:
    def closed(error: OSError) -> None:
        left.append(SkippedFile(str(error.filename), f"the folder cannot be opened ({error.strerror})"))

    for folder, folders, names in os.walk(top, onerror=closed, followlinks=False):
        folders.sort()
        for name in list(folders):
            place = Path(folder, name)
            if name.startswith("."):
                folders.remove(name)
                left.append(SkippedFile(str(place), "a hidden folder"))
            elif place.is_symlink():
                folders.remove(name)
                left.append(SkippedFile(str(place), "a link to a folder"))
        for name in sorted(names):
            place = Path(folder, name)
            reason = _reason(name, place)
            if reason is None:
                yield str(place)
            else:
                left.append(SkippedFile(str(place), reason))


def _reason(name: str, place: Path) -> str | None:
    if name.startswith(_LOCKS):
        return "the lock file of an office program"
    if name.startswith("."):
        return "a hidden file"
    if name.lower() in _BY_SYSTEMS:
        return "a file that the system puts into folders"
    try:
        mode = place.stat().st_mode
    except OSError as error:
        return f"a link that leads nowhere ({error.strerror})" if place.is_symlink() else None
    return None if stat.S_ISREG(mode) else "no file (a pipe, a socket or a device)"
