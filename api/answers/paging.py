"""Lists, one page at a time: the envelope, and cursors that name the last row by its keys.

Every list is in document order: (document id, start of the item, start of the fact, id), where a missing start counts
as -1.  A cursor has the four keys of the last row and a mark of its question, so that it cannot be used for another
list. The next page begins after these keys, even if something was loaded in between.

Example: ``PageRequest(limit=2)`` of 市政府法制办's 29 duties gives two items, ``total`` 29 and ``next`` for the third.

Left to others: the address of the next page (`api.http.responses`), the keyset condition (``cypher/``).
"""

import base64
import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from graph.errors import ParameterError
from graph.store.contract import ReadTransaction, Row

MAX_LIMIT = 500
DEFAULT_LIMIT = 50
_FARTHEST = 2**60  # a store has integers of 64 bits

Envelope: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True)
class PageRequest:
    """The page that is asked for: ``limit`` rows after the cursor ``after``; with ``whole`` all rows, whatever
    ``limit``.
    """

    limit: int = DEFAULT_LIMIT
    after: str | None = None
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """A list as its queries give it: the rows of a page (one more than asked), the total, what was left out, the day it
    holds for.

    ``least``: the total is a lower bound. ``resume``: the keys after which the next page begins if this page is not
    full. ``last``: the keys of a row, if its own do not say where it stands.
    """

    rows: Sequence[Row]
    total: int
    left_out: Sequence[Mapping[str, Any]] = ()
    as_of: str | None = None
    least: bool = False
    resume: Row | None = None
    last: Callable[[Row], Row] | None = None


def envelope(
    reading: ReadTransaction,
    page: PageRequest,
    question: tuple[str, Mapping[str, Any]],
    fetch: Callable[[dict[str, Any]], Listing],
    shape: Callable[[Sequence[Row]], list[dict[str, Any]]],
) -> Envelope:
    """The list envelope of docs/api.md. ``question`` is the name and filters of the list; ``fetch`` gets ``after`` and
    ``limit``.

    Raises ParameterError for a cursor that is invalid or belongs to another question.
    """
    mark = _mark(*question)
    after = decode_cursor(page.after, mark) if page.after is not None else None
    listing = fetch({"after": after, "limit": page.limit + 1})
    rows = list(listing.rows[: page.limit])
    last = listing.resume
    if len(listing.rows) > page.limit:
        last = rows[-1] if listing.last is None else listing.last(rows[-1])
    body = one_page(
        shape(rows), str(reading.data_version), listing.total, least=listing.least, left_out=listing.left_out
    )
    return body | {"next": encode_cursor(last, mark) if last is not None else None, "as_of": listing.as_of}


def one_page(
    rows: Sequence[Mapping[str, Any]],
    data_version: str,
    total: int | None = None,
    *,
    least: bool = False,
    left_out: Sequence[Mapping[str, Any]] = (),
) -> Envelope:
    """The list envelope of ``rows``, behind which there is no page; without ``total`` they are all there are."""
    return {
        "items": list(rows),
        "total": {"value": len(rows) if total is None else total, "relation": "gte" if least else "eq"},
        "next": None,
        "next_url": None,
        "data_version": data_version,
        "as_of": None,
        "left_out": list(left_out),
    }


def encode_cursor(row: Row, mark: str) -> str:
    """The cursor after ``row``, opaque to the caller."""
    # a row that a step made may be of no document: its id alone says where it stands
    keys = [mark, row.get("document_id") or "", row.get("item_start", -1), row.get("fact_start", -1), row["id"]]
    data = json.dumps(keys, ensure_ascii=False, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def decode_cursor(cursor: str, mark: str) -> dict[str, Any]:
    """The keys in a cursor, as the queries take them (``$after``)."""
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        met, document, item, fact, key = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
    except (ValueError, TypeError, RecursionError):  # any JSON may be in it: null, a number, brackets without end
        met = document = item = fact = key = None
    places = [place for place in (item, fact) if type(place) is int and abs(place) <= _FARTHEST]
    if len(places) < 2 or not all(isinstance(word, str) and word.isprintable() for word in (document, key)):
        raise ParameterError("parameter 'after' is not a cursor; expected the 'next' of a page of this list.")
    if met != mark:
        raise ParameterError(
            "parameter 'after' is a cursor of another list or other filters; ask with the same filters, or without it."
        )
    return {"document": document, "item": item, "fact": fact, "id": key}


def _mark(name: str, filters: Mapping[str, Any]) -> str:
    stated = json.dumps([name, sorted((k, v) for k, v in filters.items() if v is not None)], ensure_ascii=False)
    return hashlib.sha256(stated.encode("utf-8", "replace")).hexdigest()[:8]
