"""Which of the forms that a route offers the header ``Accept`` prefers (RFC 9110, section 12.5.1).

>>> offered = {"json": "application/json", "csv": "text/csv; charset=utf-8"}
>>> [preferred(accept, offered) for accept in ("*/*", "text/*", "application/json;q=0.5, text/csv", "image/png")]
['json', 'csv', 'csv', 'json']
>>> preferred("application/json;q=0, */*;q=0.1", offered)
'csv'

Left to others: writing the forms (`api.http.reply`, `api.http.responses`).
"""

from collections.abc import Mapping
from typing import NamedTuple


class _Range(NamedTuple):
    """``text/*;q=0.5``; ``at`` is its place in the header."""

    media: str
    quality: float
    at: int


def preferred(accept: str, offered: Mapping[str, str]) -> str:
    """The name of the form in ``offered`` (name → media type) that ``accept`` prefers; the first, if it takes none of them.

    Of a form the most exact range counts; of forms that are wanted alike, the one that is named more exactly, then first.
    """
    ranges = [_range(part, at) for at, part in enumerate(accept.split(","))]
    best, most = next(iter(offered)), (0.0, 0, 0)
    for name, media in offered.items():
        kind = media.partition(";")[0]
        for exactness, wanted in enumerate((kind, f"{kind.partition('/')[0]}/*", "*/*")):
            met = next((one for one in ranges if one.media == wanted), None)
            if met is not None:
                rank = (met.quality, -exactness, -met.at)
                if met.quality > 0 and (most[0] == 0 or rank > most):
                    best, most = name, rank
                break
    return best


def _range(part: str, at: int) -> _Range:
    media, *parameters = (word.strip().lower() for word in part.split(";"))
    weight = next((word[2:] for word in parameters if word.startswith("q=")), "1")
    try:
        quality = float(weight)
    except ValueError:
        quality = 0.0
    return _Range(media, quality if 0 <= quality <= 1 else 0.0, at)
