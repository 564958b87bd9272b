"""A cache of answers, valid as long as the data does not change.

The key of an answer is its ETag, which covers the data version, the address with every default, the format and the day.
Whatever could change the answer changes the tag, so no entry ever has to be invalidated.  Only answers of a single data
version are stored here.  If the cache is full, the entries that were used least recently are dropped.

No library is used: it would save eight lines (docs/decisions/020-libraries.md).

Left to others: the content of the tag (`api.http.responses`).
"""

import threading
from collections import OrderedDict
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CachedBody:
    """A body with its headers, ready to be sent again."""

    body: bytes
    headers: dict[str, str]


class AnswerCache:
    """At most ``room`` bytes of bodies; one body takes at most a sixteenth of it."""

    def __init__(self, room: int) -> None:
        self._room = room
        self._taken = 0
        self._kept: OrderedDict[str, CachedBody] = OrderedDict()
        self._lock = threading.Lock()

    @property
    def taken(self) -> int:
        """The bytes of what is kept now."""
        return self._taken

    def get(self, tag: str) -> CachedBody | None:
        with self._lock:
            kept = self._kept.get(tag)
            if kept is not None:
                self._kept.move_to_end(tag)
            return kept

    def put(self, tag: str, kept: CachedBody) -> None:
        if len(kept.body) * 16 > self._room:
            return
        with self._lock:
            before = self._kept.pop(tag, None)
            self._taken += len(kept.body) - (len(before.body) if before else 0)
            self._kept[tag] = kept
            while self._taken > self._room:
                _, gone = self._kept.popitem(last=False)
                self._taken -= len(gone.body)
