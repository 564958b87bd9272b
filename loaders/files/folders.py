"""Folders: which files under the paths given are read, and why the others are left out.

1. A file named is taken as it is; a folder is walked from top to bottom, in the order of names.
2. Links to folders are not followed, so a loop of links ends the walk nowhere; a file met twice is read once.
3. Left out, each with its reason: hidden files, the lock files of office programs (``~$…``), links that lead nowhere, what is
   no file (pipes, devices), folders that this user may not open.

Example: ``files_of(["plans"])`` gives every plan under ``plans`` and, say, ``plans/.DS_Store``: a hidden file.

Left to others: what a file is (`loaders.files.read` tells by its bytes), reading many at once (`loaders.bulk`).
"""

import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

_LOCKS = ("~$", ".~lock.", "~WRL")


class SkippedFile(NamedTuple):
    path: str
    reason: str


def files_of(paths: Iterable[str]) -> tuple[list[str], list[SkippedFile]]:
    """The files to read, in order, and what is left out. A path named that does not exist is to be read: the reader
    says what is wrong with it."""
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
    try:
        mode = place.stat().st_mode
    except OSError as error:
        return f"a link that leads nowhere ({error.strerror})" if place.is_symlink() else None
    return None if stat.S_ISREG(mode) else "no file (a pipe, a socket or a device)"
