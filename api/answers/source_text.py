"""The source text of a document: plain, or cut into pieces with the facts that each piece belongs to.

Pages never count characters themselves (a browser counts UTF-16 units): the server cuts the text at every border of a
mark, so that a page only joins pieces.  The joined pieces are exactly the text.

Example: ``牵头单位:`` | ``市编办`` | ``、`` | ``市政府法制办`` | ``。``, the two names with the mark of their duty.

Left to others: rendering the pieces (`api.pages`).
"""

import json
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from api.answers.nesting import TEXTS, Json
from api.answers.questions import Answer
from api.answers.references import resolve
from graph.errors import ParameterError
from graph.model import LOSS_CODES
from graph.store.contract import ReadTransaction, Row, Store

# sections and items cover whole stretches; they mark where their text begins
STRETCHES = frozenset({"section", "item"})


def text_answer(store: Store, reference: str, *, pieces: bool, at: Sequence[int] = ()) -> Answer:
    """The text of a document; ``body["text"]`` whole, or ``body["pieces"]`` and ``body["marks"]``.

    ``at`` are places where it is cut as well, so that each can be gone to."""

    def work(reading: ReadTransaction) -> Answer:
        found = resolve(reading, "document", reference)
        row = reading.rows("read/document", {"document": found.id})[0]
        text = TEXTS.get(reading, row["text_sha256"])
        body: dict[str, Any] = {
            "document_id": found.id,
            "title": row["title"],
            "text_sha256": row["text_sha256"],
            "characters": len(text),
            "data_version": str(reading.data_version),
        }
        if pieces:
            marks = [
                *reading.rows("read/document-marks", {"document": found.id}),
                *_not_read(found.id, row["warnings"]),
            ]
            marks.sort(key=lambda m: (m["start"], -m["end"], m["id"]))
            body["marks"] = [_mark(mark) for mark in marks]
            body["pieces"] = cut_into_pieces(text, marks, at)
        else:
            body["text"] = text
        return Answer(body, "document", found)

    return store.read(work)


def place_answer(store: Store, reference: str, start: int, end: int, around: int) -> Answer:
    """The words of a document's text at ``[start, end)`` (code points), and up to ``around`` before and behind them.

    Raises ParameterError for a place that the text has not.
    """

    def work(reading: ReadTransaction) -> Answer:
        found = resolve(reading, "document", reference)
        row = reading.rows("read/document", {"document": found.id})[0]
        text = TEXTS.get(reading, row["text_sha256"])
        if not 0 <= start < end <= len(text):
            raise ParameterError(
                f"[{start}, {end}) is no place in a text of {len(text)} characters; expected 0 <= start < end <= {len(text)}."
            )
        body = {
            "document_id": found.id,
            "title": row["title"],
            "text_sha256": row["text_sha256"],
            "characters": len(text),
            "span": [start, end],
            "quote": text[start:end],
            "before": text[max(0, start - around) : start],
            "behind": text[end : end + around],
            "data_version": str(reading.data_version),
        }
        return Answer(body, "document", found)

    return store.read(work)


def _not_read(document: str, warnings: str | None) -> list[Row]:
    """A mark for each place that looks like an assignment or a time and was not read."""
    names: Row = {"owner": document, "target": document}
    return [
        {**names, "id": f"not-read-{n}", "kind": "not-read", "word": note["code"], "name": note["message"]}
        | {"start": note["span"][0], "end": note["span"][1]}
        for n, note in enumerate(json.loads(warnings or "[]"))
        if note["code"] in LOSS_CODES and note["span"]
    ]


def cut_into_pieces(text: str, marks: list[Row], at: Sequence[int] = ()) -> list[Json]:
    """``text`` in pieces, each with the numbers of the marks that cover it; joined they are ``text``.

    A section or item only cuts where it begins, and its number stands on the piece that begins there.
    """
    opening: dict[int, list[int]] = {}
    closing: dict[int, list[int]] = {}
    borders = {0, len(text), *(place for place in at if place < len(text))}
    begins: dict[int, list[int]] = {}
    for number, mark in enumerate(marks):
        start, end = mark["start"], mark["end"]
        borders.add(start)
        if mark["kind"] in STRETCHES:
            begins.setdefault(start, []).append(number)
            continue
        borders.add(end)
        opening.setdefault(start, []).append(number)
        closing.setdefault(end, []).append(number)
    ordered = sorted(borders)
    covering: set[int] = set()
    pieces: list[Json] = []
    for start, end in pairwise(ordered):
        covering.difference_update(closing.get(start, ()))
        covering.update(opening.get(start, ()))
        pieces.append(
            {
                "span": [start, end],
                "text": text[start:end],
                "marks": sorted(covering),
                "begins": begins.get(start, []),
            }
        )
    return pieces


def _mark(mark: Row) -> Json:
    keys = ("id", "kind", "word", "owner", "target", "name")
    return {**{key: mark[key] or None for key in keys}, "span": [mark["start"], mark["end"]]}
