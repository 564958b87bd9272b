"""What to ask instead of a text that is not understood: a unit's nearest name put for one that nothing has, or the text
without the words that nobody knows.

Each proposal is a text that is understood; it is offered, never answered as if it had been asked.

Example: 市数据局牵头的、2018年底前到期的 proposes 市大数据局, if a loaded plan names that unit.

Left to others: reading a proposal (`api.asking.understand`), its address (`api.asking.answer`).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from api.answers.references import NAMES_COMPARED, nearest
from api.asking.recognise import Recognition
from graph.store.contract import ReadTransaction

NEAR = 60.0  # per cent of a name that must be alike
PROPOSED = 3  # names for one word
_LONGEST = 12
_BODY = re.compile(rf"[\u4e00-\u9fff()]{{1,{_LONGEST - 1}}}?(?:局|委|办|院|厅|署|中心|集团|公司|政府|银行|学校)")
_GAP = 4  # characters of filler between two unknown words that go with them: 花钱|超过一|百万元


@dataclass(frozen=True, slots=True)
class Instead:
    """A text to ask instead, and what it changes, in Chinese."""

    text: str
    why: str


def proposals(
    reading: ReadTransaction, recognition: Recognition, unused: Sequence[tuple[int, int]]
) -> Iterator[Instead]:
    """Texts to try, the likeliest first; ``unused`` are the stretches that nothing explains."""
    text, stretches = recognition.text, _joined(unused)
    unknown = recognition.uncovered[:2]
    bodies = [place for start, end in unknown if (place := body_at(recognition, start, end)) is not None]
    for start, end in bodies:
        words = text[start:end]
        near = nearest(words, reading.rows("read/unit-names", {"limit": NAMES_COMPARED}), NEAR)
        for name in list(dict.fromkeys(row["name"] for row, _ in near))[:PROPOSED]:
            yield Instead(text[:start] + name + text[end:], f"把“{words}”改为“{name}”")
    names = any(span.wrong is not None or len(span.refs) > 1 for span in recognition.spans)
    if stretches and not bodies and not names:
        kept, at = "", 0
        for start, end in stretches:
            kept, at = kept + text[at:start], end
        words = "”“".join(text[start:end] for start, end in stretches)
        yield Instead(kept + text[at:], f"不考虑“{words}”")


def body_at(recognition: Recognition, start: int, end: int) -> tuple[int, int] | None:
    """The place of what looks like the name of a body and begins with an unknown stretch: 市数据局 at 市."""
    met = _BODY.match(recognition.normalised, start)
    named = any(start <= span.start < start + _LONGEST and span.refs for span in recognition.spans)
    return (start, max(met.end(), end)) if met is not None and not named else None


def _joined(places: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in sorted(places):
        if joined and start - joined[-1][1] < _GAP:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined
