"""A cache of answers, valid as long as the data does not change.

The key of an answer is its ETag, which covers the data version, the address with every default, the format and the day.
Whatever could change the answer changes the tag, so no entry ever has to be invalidated.  Only answers of a single data
version are stored here.  If the cache is full, the entries that were used least recently are dropped.

Beside the bodies it remembers which tag the answer to an address has (`AnsweredAddress`), so that the same address is answered before
it is routed (`api.http.kept_answers`) as long as data version and day are the same.

No library is used: it would save eight lines (docs/decisions/020-libraries.md).

Left to others: the content of the tag (`api.http.responses`).
"""

import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

from starlette.types import Scope

MOST_ADDRESSES = 4096
LONGEST_ADDRESS = 2000  # bytes of a query that is remembered

Address: TypeAlias = tuple[str, bytes, str]


@dataclass(frozen=True, slots=True)
class CachedBody:
    """A body with its headers, ready to be sent again."""

    body: bytes
    headers: dict[str, str]
    media: str = ""


@dataclass(frozen=True, slots=True)
class AnsweredAddress:
    """What an address was answered: its tag, which holds for a data version and a day; the route that it belongs to, and the
    parameters of its path.
    """

    tag: str
    version: str
    day: date
    route: Any
    path_params: Mapping[str, Any]


def address_of(scope: Scope, accept: str) -> Address | None:
    """What an answer depends on beside data, day and settings; None for what is too long to be remembered."""
    query = scope["query_string"]
    if len(query) + len(scope["path"]) + len(accept) > LONGEST_ADDRESS:
        return None
    return scope["path"], query, accept


class AnswerCache:
    """At most ``room`` bytes of bodies; one body takes at most a sixteenth of it."""

    def __init__(self, room: int) -> None:
        self._room = room
        self._taken = 0
        self._kept: OrderedDict[str, CachedBody] = OrderedDict()
        self._addresses: OrderedDict[Address, AnsweredAddress] = OrderedDict()
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

    def remember(self, address: Address | None, made: AnsweredAddress) -> None:
        """Remember what an address was answered."""
        if address is None or not self._room:
            return
        with self._lock:
            self._addresses[address] = made
            self._addresses.move_to_end(address)
            while len(self._addresses) > MOST_ADDRESSES:
                self._addresses.popitem(last=False)

    def remembered(self, address: Address, version: str) -> AnsweredAddress | None:
        """What an address was answered from this data version today."""
        with self._lock:
            made = self._addresses.get(address)
            if made is None or made.version != version or made.day != date.today():
                return None
            self._addresses.move_to_end(address)
            return made
