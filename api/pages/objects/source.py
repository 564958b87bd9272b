"""The source of a plan (原文): its text with every stated fact marked, beside the outline and the card of a chosen place.

The server cuts the text into pieces (`api.answers.source_text`), so no page counts characters.  A long text is shown in
stretches of `STRETCH` characters; the one with the chosen place is the one that opens.

Example: ``/documents/娄底市-娄发2017-4/text?at=12292-12295#p12292`` chooses 市编办 in item 20.

Left to others: the strip of the whole text (`api.pages.pictures.strip`), the pieces (`api.answers.source_text`).
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from fastapi import Query
from starlette.responses import Response

from api.answers.nesting import Evidence
from api.answers.objects import document_answer, reading_answer
from api.answers.source_text import text_answer
from api.desk.note_rows import notes_of_plan
from api.http.dependencies import ServiceDep
from api.pages.frame import FrameDep
from api.pages.objects.plans import of_plan
from api.pages.pictures.strip import strip_picture
from api.pages.router import Ref, pages
from api.pages.templates import page

STRETCH = 60_000
LABEL = 8  # characters of a printed number, at most
router = pages()


@router.get("/documents/{ref}/text")
def source_page(
    service: ServiceDep,
    frame: FrameDep,
    ref: Ref,
    at: Annotated[str | None, Query(pattern=r"^\d{1,9}-\d{1,9}$")] = None,
    start: Annotated[int, Query(ge=0, alias="from")] = 0,
) -> Response:
    """The text with its marks; ``at=12292-12308`` chooses a place, also one at which no mark begins."""
    place = [int(word) for word in at.split("-")] if at else []
    card = document_answer(service.store, ref, Evidence.NONE).body
    text = text_answer(service.store, card["id"], pieces=True, at=place).body
    reading = reading_answer(service.store, card["id"]).body
    begin = (place[0] if place else start) // STRETCH * STRETCH
    shown = [piece for piece in text["pieces"] if begin <= piece["span"][0] < begin + STRETCH]
    repairs = reading["repairs"]
    return page(
        "text.html",
        of_plan(frame, card),
        document=card,
        text=text,
        pieces=shown,
        stretch=(begin, min(begin + STRETCH, text["characters"])),
        stretch_length=STRETCH,
        stretches=list(range(0, max(1, text["characters"]), STRETCH)),
        place=place,
        line_ends=_line_ends(shown),
        chosen=_chosen(text, place),
        repairs=repairs,
        mended=_covered(shown, [one["span"] for one in repairs]),
        left=_covered(shown, [one["span"] for one in reading.get("left_out", ())], whole=True),
        reading=reading,
        counts=Counter(mark["word"] if mark["kind"] == "duty" else mark["kind"] for mark in text["marks"]),
        outline=_outline(text),
        strip=strip_picture(text, reading, card["id"]),
        notes=notes_of_plan(service.store, service.notes, card["id"]),
    )


def _line_ends(pieces: Sequence[Mapping[str, Any]]) -> int:
    """How many signs a line end has; 0 where some have one and some two, so that a script could not count them."""
    text = "".join(piece["text"] for piece in pieces)
    both, all_ = text.count("\r\n"), text.count("\n")
    return 1 if not both else 2 if both == all_ else 0


def _chosen(text: Mapping[str, Any], place: Sequence[int]) -> list[Mapping[str, Any]]:
    """What the chosen place states: the marks that have its first character, the narrowest first, without whole parts."""
    if not place:
        return []
    over = [m for m in text["marks"] if m["span"][0] <= place[0] < m["span"][1] and m["kind"] != "section"]
    return sorted(over, key=lambda mark: mark["span"][1] - mark["span"][0])


def _outline(text: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Sections and items with the number printed before them, which is what stands before their names."""
    heads = {piece["span"][0]: piece["text"] for piece in text["pieces"] if piece["begins"]}
    found = []
    for mark in text["marks"]:
        if mark["kind"] in ("section", "item"):
            before, met, _ = heads.get(mark["span"][0], "").partition(mark["name"] or "\0")
            found.append({**mark, "label": before.strip() if met and len(before.strip()) < LABEL else ""})
    return found


def _covered(pieces: Sequence[Mapping[str, Any]], spans: Sequence[Sequence[int]], *, whole: bool = False) -> set[int]:
    """The starts of the pieces that one of ``spans`` (in order) touches; with ``whole`` those that it covers."""
    found, number = set(), 0
    ordered = sorted((span[0], span[1]) for span in spans)
    for piece in pieces:
        start, end = piece["span"]
        while number < len(ordered) and ordered[number][1] <= start:
            number += 1
        if number < len(ordered) and (
            ordered[number][0] <= start and end <= ordered[number][1] if whole else ordered[number][0] < end
        ):
            found.add(start)
    return found
