"""The overview strip of a source: the whole text from top to bottom, every mark where it stands, what was not taken hatched.

Left to others: what is marked (`api.answers.source_text`), what was left out (`api.answers.objects`).

Example: on the strip of the sample the first characters, before the first heading, are hatched.
"""

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

HEIGHT, WIDTH = 600.0, 26.0
MOST = 1500  # marks that are drawn; of more every second, third … is
_COLUMN = {
    "lead": 1,
    "responsible": 9,
    "cooperating": 9,
    "supervising": 9,
    "deadline": 15,
    "citation": 20,
    "not-read": 0,
}


def strip_picture(text: Mapping[str, Any], reading: Mapping[str, Any], document: str) -> Markup:
    """The strip; each mark leads nowhere, for the outline beside it does."""
    whole = max(1, text["characters"])
    made = [Markup('<rect class="strip-paper" width="{:.0f}" height="{:.0f}"/>').format(WIDTH, HEIGHT)]
    for stretch in reading.get("left_out", ()):
        made.append(_stripe("left", 0, WIDTH, stretch["span"], whole))
    marks = [(mark["word"] if mark["kind"] == "duty" else mark["kind"], mark["span"]) for mark in text["marks"]]
    drawn = [(kind, span) for kind, span in marks if kind in _COLUMN]
    for kind, span in drawn[:: 1 + len(drawn) // MOST]:
        wide = WIDTH if kind == "not-read" else 5 if kind != "lead" else 8
        made.append(_stripe(kind, _COLUMN[kind], wide, span, whole))
    return Markup('<svg viewBox="0 0 {:.0f} {:.0f}" width="{:.0f}" height="{:.0f}" aria-hidden="true">{}</svg>').format(
        WIDTH, HEIGHT, WIDTH, HEIGHT, Markup("").join(made)
    )


def _stripe(kind: str, x: float, wide: float, span: list[int], whole: int) -> Markup:
    y = HEIGHT * span[0] / whole
    high = max(1.5, HEIGHT * (span[1] - span[0]) / whole)
    return Markup('<rect class="strip-{}" x="{:.0f}" y="{:.1f}" width="{:.0f}" height="{:.1f}"/>').format(
        kind, x, y, wide, high
    )
