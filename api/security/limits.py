"""How often somebody may ask: a bucket of permits for each key and each address, filled again as time goes by.

A bucket holds as many permits as its kind gives a minute; each request takes one. An empty bucket says in how many seconds
the next permit is there. The buckets that were used last are kept, at most `MOST`: who floods the service from many
addresses costs no more memory than that.

Written by hand: the packages for this bring stores and decorators of their own, and this is one dictionary
(docs/decisions/032-who-may-use-the-service.md).

Example: of 12 requests at once with 10 permits a minute, ten pass, and the others wait 6 seconds each.

Left to others: which requests are counted (`api.http.access`).
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable

MOST = 10_000


class RateLimits:
    """The buckets of one service. Its methods may be called from several threads."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._turn = threading.Lock()
        self._buckets: OrderedDict[Hashable, tuple[float, float]] = OrderedDict()  # permits left, at which time

    def wait(self, who: Hashable, a_minute: int) -> float:
        """Take a permit from the bucket of ``who``: 0, or in how many seconds there is one. With 0 a minute all may pass."""
        if not a_minute:
            return 0.0
        with self._turn:
            now = self._clock()
            left, since = self._buckets.pop(who, (float(a_minute), now))
            left = min(float(a_minute), left + (now - since) * a_minute / 60)
            enough = left >= 1
            self._buckets[who] = (left - 1 if enough else left, now)
            if len(self._buckets) > MOST:
                self._buckets.popitem(last=False)
            return 0.0 if enough else (1 - left) * 60 / a_minute
