"""Narrative: brackets and sentences that say, without a label, only who does what, or only when.

1. ``narrative-parenthesis``: a bracket behind a sentence that only says who does what (（省商务厅牵头，合肥海关配合）), or only
   names bodies; ``time-parenthesis``: a bracket that only says when.
2. ``narrative-sentence``: a sentence that says nothing else (由省商务厅牵头，合肥海关配合。).  A sentence of prose (市教育局
   牵头制定方案) assigns nothing.

>>> text = "清理文件。（市司法局牵头，市财政局配合）"
>>> [text[slice(*c.content)] for c in narrative(text, scan(text).brackets, [])]
['市司法局牵头，市财政局配合']

Left to others: labels (`clauses`), the roles that the words give (`units`).
"""

import re
from bisect import bisect_left
from collections.abc import Iterator

from graph.model import Span
from loaders.body_words import is_body, is_sure
from loaders.clause import CLOSING, MARKS, OPENING, Clause, closing, time_apart, trim, unremarked
from loaders.places import LEVEL
from loaders.role_words import told
from loaders.sentence import sentence
from loaders.tokens import Token, Tokens, scan
from loaders.units import only_bearers, split, stands_for_body

__all__ = ["narrative", "scan", "sentences"]

_AFTER_SENTENCE = '。；;！？!?…”"’》）)〕'
# （2021年6月底前完成） · （长期坚持）: a bracket that says nothing but when
TIME_ONLY = re.compile(
    r"[^，,。；;、]{0,6}(?:20\d\d年|\d{1,2}月|年底|季度)[^，,。；;、]{0,12}(?:完成|前|底|到位|出台|建成|见效)|(?:(?:立即|长期|持续)(?:执行|坚持|推进|实施|开展|整改|落实)并?){1,2}"
    r"|(?:20\d\d年|\d{1,2}月)[^，,。；;、]{0,8}前[^，,。；;、]{2,8}"
)
# 此项工作由市教育局牵头: what the sentence is about
ABOUT = re.compile(
    r"[—\-–•●◆■·]*\s*(?:(?:此|该|本|以上|上述)(?:项|类|条|款)?(?:工作|任务|事项|措施)?(?=由)|具体(?=由)|(?:责任|任务|工作|职责)?(?:分工|落实)[:：]\s*由?"
    r"|[^，,。；;：:]{1,24}[:：]\s*)?"
)
_NUMBER_AHEAD = r"(?=[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十百]{1,5}[条章]|[(（][一二三四五六七八九十]|\d{1,2}[.．、])"
PARAGRAPH_END = re.compile(rf"[。；;]?[ \t\u3000\xa0]*(?:\n|$|{_NUMBER_AHEAD})")
# 由市人社局负责，市残联配合。⏎ : a word of role, and what stands behind it where it ends a paragraph
CLOSING_WORDS = frozenset(("负责", "配合", "参与", "参加", "协助", "协办", "落实", "实施", "指导", "监督"))
ENDS_PARAGRAPH = re.compile(
    rf"(?:[，,。；;]\s*(?:{TIME_ONLY.pattern}))?[。；;]?[ \t\u3000\xa0]*(?:\n|$|{_NUMBER_AHEAD})"
)
# 由市农业局承办，市卫生局协办。治理目标：… : who does what, before what is to be done
OPENING_BY = re.compile(r"由(?<=[\n。\u3000 ]由)(?=[^。；;\n]{2,160}(?:配合|参与|参加|协助|协办)。)")
# 市教育局牵头，市财政局配合。2020年12月底前完成。
TIME_BEHIND = re.compile(rf"[。；;，,]\s*(?P<time>(?:{TIME_ONLY.pattern}))(?=[。；;\s]|$)")
# what follows a bracket that closes a sentence, though no sentence's end stands before it
CLOSES = re.compile(rf"[ \t\u3000\xa0]*(?:[。；;\n]|$|{_NUMBER_AHEAD})")
# （市卫健委负责，列首位的为牵头单位，下同；各县区政府）: the list goes on behind the remark
BEHIND_REMARK = re.compile(r"下同[，,；;。]\s*")
_EXPLAINED = "门位关构局委者人业会(（〔［[【"  # 有关部门（…） explains who they are
COUNTED = re.compile(r"\d[万余多]?人\s*$")  # 培训200人（县妇联牵头）。
_SAYS = re.compile("由|负责")  # no name of a body says so
_COMMAS = ("，", ",")
_LONGEST_SENTENCE = 300


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


def sentences(text: str, tokens: Tokens, taken: list[Span]) -> Iterator[Clause]:
    """Sentences that say nothing but who does what: 由市教育局牵头，市财政局配合。 Without 牵头 they close their paragraph, or
    begin with 由 and say who helps."""
    starts = [span[0] for span in taken]
    done = 0
    words = list(tokens.roles)
    words += [
        (at, end, "") for at, end, word in tokens.doings if word in CLOSING_WORDS and ENDS_PARAGRAPH.match(text, end)
    ]
    words += [(match.start(), match.end(), "by") for match in OPENING_BY.finditer(text)]
    for at, behind, role in sorted(words):
        if at < done:
            continue
        span = sentence(text, at, behind)
        done = span[1]
        if span[1] - span[0] > _LONGEST_SENTENCE:
            continue
        n = bisect_left(starts, span[1])
        content = trim(text, *span)
        content = ABOUT.match(text, *content).end(), content[1]  # type: ignore[union-attr]
        content, time = time_apart(text, content)
        said = text[slice(*content)]
        if said[:1] in OPENING or not told(said):
            continue
        time_behind = TIME_BEHIND.match(text, span[1])
        end = time_behind.end() if time_behind else span[1]
        if not role and (text[span[0] - 1 : span[0]] in ("；", ";") or not PARAGRAPH_END.match(text, end)):
            continue
        if role != "lead" and not _each_names(said):
            continue
        if (n and span[0] < taken[n - 1][1]) or not only_bearers(said):
            continue
        if any(_SAYS.search(n.name) or not is_body(n.name) for n in split(said).names):
            continue  # 市教育局牵头制定方案，市财政局配合: prose
        yield Clause("responsible", content, content, "narrative-sentence")
        if time := time or (time_behind.span("time") if time_behind else None):
            yield Clause("deadline", time, time, "narrative-sentence")


def _each_names(said: str) -> bool:
    """Whether each part of a sentence names who bears; 各负其责，密切配合 only exhorts."""
    return all(split(part).names for part in MARKS.split(said))
