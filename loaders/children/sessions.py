"""Ending a process with all that it started, however deep: the members of its session.

A program that a child starts (LibreOffice, which starts others) has a process group of its own, so that the child can end
it, and the session of the child, so that whoever ends the child ends it, too.

Example: ``end_session(child.pid)`` for a child that called ``os.setsid()``.
"""

import contextlib
import os
import signal
import sys
from pathlib import Path

_ROUNDS = 5  # a member may start another while the others are ended


def end_session(leader: int) -> None:
    """Kill every process of the session of ``leader``, itself last; whoever started it still has to wait for it."""
    for _ in range(_ROUNDS):
        members = _members(leader)
        for member in members:
            _kill(member)
        if not members:
            break
    _kill(leader)


def _kill(process: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.kill(process, signal.SIGKILL)


def _members(leader: int) -> list[int]:
    """The processes of a session beside its leader, that have not ended."""
    if sys.platform != "linux":
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(leader, signal.SIGKILL)
        return []
    found = []
    for place in Path("/proc").iterdir():
        if place.name.isdigit() and int(place.name) != leader:
            with contextlib.suppress(OSError, ValueError, IndexError):
                # "12 (name of any kind) S parent group session …"
                state, _, _, session = (place / "stat").read_text(errors="replace").rpartition(")")[2].split()[:4]
                if int(session) == leader and state not in "ZX":
                    found.append(int(place.name))
    return found
