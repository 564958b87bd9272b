"""Steps that take longer, or more memory, than reading does: recognising a page, and LibreOffice.

A reader says when such a step begins and ends; who bounds the reading (a child process) counts its time and memory apart.
Where nobody does, nothing happens.

Example: ``with long_step("recognise"): …``

Left to others: the limits, and holding them (`loaders.children`).
"""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field


@dataclass(slots=True)
class _Bounds:
    around: Callable[[str], AbstractContextManager[object]] = field(default=lambda _: nullcontext())
    office_seconds: float = 90.0
    office_memory: int = 2 * 2**30


BOUNDS = _Bounds()
"""Of this process; a child sets them once, when it starts."""


def long_step(kind: str) -> AbstractContextManager[object]:
    """Surrounds a step of the kind ``recognise`` (one page) or ``office`` (one file)."""
    return BOUNDS.around(kind)
