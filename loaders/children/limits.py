"""The limits of reading: seconds, bytes of memory, children at once, jobs that wait.

Recognising pages and LibreOffice have limits of their own: both take more than any reader of ours, and are bounded apart.

Example: ``ReadLimits(seconds=600)`` for a PDF of a thousand tables; a user says ``ZEREN_READ_SECONDS=600``.

Left to others: where they come from (`api.settings`), holding them (`loaders.children.child`).
"""

import os
from dataclasses import dataclass

MB = 2**20


@dataclass(frozen=True, slots=True)
class ReadLimits:
    """How much reading one file may take, and how many are read at once."""

    seconds: float = 180.0
    memory: int = 900 * MB
    children: int = 0
    waiting: int = 8
    patience: float = 30.0
    recognise_seconds: float = 60.0
    recognise_memory: int = 2048 * MB
    office_seconds: float = 90.0
    office_memory: int = 2048 * MB

    @property
    def at_once(self) -> int:
        """How many children read at the same time; 0 means one for each core that this process may use."""
        return self.children or _cores()


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
