"""Bodies behind a dash at the end of a paragraph: 严查分解住院。——市医保局、市卫健委 (rule ``dash-end``)

A dash before a sentence that goes on (——市医保局要加强监管) opens a point, so nothing but bearers may stand behind it.

>>> from loaders.duties.reading import read
>>> text = "1.清理文件。——市司法局、市财政局"
>>> [text[slice(*c.content)] for c in clauses(read(text), Taken())]
['市司法局、市财政局']

Left to others: dashes that begin a line (`loaders.duties.closing_sentences`), names (`loaders.phrases.bearers`).
"""

from collections.abc import Iterator

from loaders.duties.clause import Clause, unremarked
from loaders.duties.reading import Reading, Taken
from loaders.lexicon.bodies import is_certain_body
from loaders.phrases.bearers import only_bearers, split
from loaders.rule import Rule, gives

DASHES, _LONGEST = "——", 200
# what may stand before the dash: the end of a sentence, not a name or a label (督导单位——市水利局)
_ENDS = "。；;！？”’）)〕」』》"


def clauses(reading: Reading, taken: Taken) -> Iterator[Clause]:
    """The bearers between a dash and the end of its paragraph, in text order."""
    text, at = reading.text, reading.text.find(DASHES)
    while at >= 0:
        start = at + len(DASHES)
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        at = text.find(DASHES, start)
        before = text[max(0, start - 6) : start - len(DASHES)].rstrip(" \t")[-1:]
        if not before or before not in _ENDS or end - start > _LONGEST or taken.holds(start):
            continue
        content = unremarked(text, start, end)
        words = text[slice(*content)]
        if only_bearers(words) and is_certain_body(split(words).all_said[0].name):
            yield Clause("responsible", (start - len(DASHES), content[1]), content, DASH_END)


DASH_END = Rule(
    "dash-end", "bearers", "duty", "段末破折号后只列单位", clauses,
    (
        gives("1.清理文件。——市司法局、市财政局\n", "responsible 市司法局、市财政局"),
        gives("1.清理文件。——市司法局、各县区\n2.公开清单。——市财政局\n", "responsible 市司法局、各县区", "responsible 市财政局"),
    ),
    ("1.清理文件。——市司法局要按月报送进展。\n", "1.督导单位——市司法局\n"),
)  # fmt: skip
RULES = (DASH_END,)
