"""Narrative: brackets that say, without a label, only who does what, or only when.

``narrative-parenthesis``: a bracket behind a sentence that only says who does what (（省商务厅牵头，合肥海关配合）), or only
   names bodies; ``time-parenthesis``: a bracket that only says when.

>>> text = "清理文件。（市司法局牵头，市财政局配合）"
>>> [text[slice(*c.content)] for c in narrative(text, scan(text).brackets, [])]
['市司法局牵头，市财政局配合']

Left to others: labels (`loaders.duties.labels`), the roles that the words give (`loaders.phrases.bearers`).
"""

import re
from bisect import bisect_left
from collections.abc import Iterator

from graph.model import Span
from loaders.duties.clause import Clause, unremarked
from loaders.lexicon.bodies import is_sure
from loaders.lexicon.places import LEVEL
from loaders.lexicon.roles import told
from loaders.lexicon.scan import Token
from loaders.phrases.bearers import only_bearers, split, stands_for_body
from loaders.phrases.sentences import CLOSING, NUMBER_AHEAD, PARAGRAPH_END, closing, sentence, trim
from loaders.phrases.times import TIME_ONLY, time_apart

_AFTER_SENTENCE = '。；;！？!?…”"’》）)〕'
# what follows a bracket that closes a sentence, though no sentence's end stands before it
CLOSES = re.compile(rf"[ \t\u3000\xa0]*(?:[。；;\n]|$|{NUMBER_AHEAD})")
# （市卫健委负责，列首位的为牵头单位，下同；各县区政府）: the list goes on behind the remark
BEHIND_REMARK = re.compile(r"下同[，,；;。]\s*")
_EXPLAINED = "门位关构局委者人业会(（〔［[【"  # 有关部门（…） explains who they are
COUNTED = re.compile(r"\d[万余多]?人\s*$")  # 培训200人（县妇联牵头）。
_COMMAS = ("，", ",")


def narrative(text: str, brackets: list[Token], taken: list[Span]) -> Iterator[Clause]:
    """The brackets of ``brackets`` that assign, outside the clauses of labels at ``taken``."""
    starts = [span[0] for span in taken]
    for start, inner, _ in brackets:
        before = text[max(0, start - 4) : start].rstrip()[-1:]
        if not before or (before in _EXPLAINED and not COUNTED.search(text, max(0, start - 4), start)):
            continue
        n = bisect_left(starts, start)
        if (n and start < taken[n - 1][1]) or (n < len(taken) and taken[n][0] == start):
            continue
        end = closing(text, start)
        behind_sentence = before in _AFTER_SENTENCE
        if end is None or not (behind_sentence or text[end : end + 1] in _COMMAS or CLOSES.match(text, end)):
            continue
        content = unremarked(text, inner, end - 1)
        if not behind_sentence and not _closes(text, end, content):
            continue
        if TIME_ONLY.fullmatch(text, *content):
            yield Clause("deadline", (start, end), content, "time-parenthesis")
            continue
        bearers, time = time_apart(text, content)
        if only_bearers(text[slice(*bearers)]):
            yield Clause("responsible", (start, end), bearers, "narrative-parenthesis")
            if time:
                yield Clause("deadline", (start, end), time, "narrative-parenthesis")
            further = BEHIND_REMARK.search(text, content[1], end - 1)
            if further and only_bearers(text[slice(*trim(text, further.end(), end - 1))]):
                yield Clause("responsible", (start, end), trim(text, further.end(), end - 1), "narrative-parenthesis")


def _closes(text: str, end: int, content: Span) -> bool:
    """Whether a bracket that no sentence's end precedes closes one: 做好编制工作（市发改委牵头）。 ; not 部门（市发改委牵头）应当.

    Behind a comma it does where the sentence ends with another one (修路（市交通局牵头），供水（市水利局牵头）。); one that only
    names bodies must end its paragraph, and begin with one of a level (免收通行费（市交通局、市公路中心）。).
    """
    comma = text[end : end + 1] in _COMMAS
    if comma and not (told(text[slice(*content)]) and _bracket_ends_sentence(text, end)):
        return False
    bearers = text[slice(*time_apart(text, content)[0])]
    says, names = told(bearers), split(bearers).names
    if not says and not (PARAGRAPH_END.match(text, end) and names and LEVEL.match(names[0].name)):
        return False
    return all(stands_for_body(n, says) for n in names) and (says or is_sure(names[0].name))


def _bracket_ends_sentence(text: str, at: int) -> bool:
    stop = sentence(text, at, at)[1]
    return text[stop - 1] in CLOSING and told(text[at : stop - 1])
