"""Sentences without a label that say only who does what: 由省商务厅牵头，合肥海关配合。 (rule ``narrative-sentence``)

A sentence of prose (市教育局牵头制定方案) assigns nothing.

>>> from loaders.duties.reading import read
>>> text = "清理文件。由市司法局牵头，市财政局配合。"
>>> [text[slice(*c.content)] for c in clauses(read(text), Taken())]
['由市司法局牵头，市财政局配合']

Left to others: brackets (`loaders.duties.brackets`), labels (`loaders.duties.labels`), the roles that the words give
(`loaders.phrases.bearers`).
"""

import re
from bisect import bisect_left
from collections.abc import Iterator

from graph.model import Span
from loaders.duties.clause import Clause
from loaders.duties.reading import Reading, Taken
from loaders.lexicon.bodies import ends_as_body, is_certain_body, looks_like_body
from loaders.lexicon.marks import trim
from loaders.lexicon.roles import COOPERATING_WORD, DOES, HOW, IN_PROSE, ROLE_OF_WORD, ends_with_role_word
from loaders.lexicon.vocabulary import any_of, by_last_sign, load_yaml
from loaders.phrases.bearers import only_bearers, split
from loaders.phrases.sentences import OPENING, PARAGRAPH_END, sentence
from loaders.rule import Rule, gives
from loaders.times.places import MARKS, is_time, split_time

# 此项工作由市教育局牵头: what the sentence is about
ABOUT = re.compile(
    r"""
    [—\-–•●◆■·]* \s*  # a bullet
    (?:
        (?: 此 | 该 | 本 | (?P<all> 以上 | 上述 ) [各所有]{0,2} ) (?: 项 | 类 | 条 | 款 | 部分 | 章 | 节 | 方面 | 阶段 )?
            (?: 重点 | 整改 )? (?: 工作 | 任务 | 事项 | 措施 | 问题 | 内容 )? [均都]? (?= 由 )  # 此项工作|由 ; not 此项工作要
      | (?: 以上 | 上述 ) (?P<count> [\d一二两三四五六七八九十]{1,2} ) [项条] (?: 工作 | 任务 | 事项 | 措施 )? [，,] \s*  # 上述3项，
      | 具体 (?= 由 )                                                     # 具体|由
      | (?: 会议 (?: 明确 | 决定 | 议定 | 要求 )? | 经研究 (?: 决定 | 明确 )? ) [，,：:] \s*  # 会议明确，
      | (?: 责任 | 任务 | 工作 | 职责 )? (?: 分工 | 落实 ) [:：] \s* 由?  # 责任分工：由
      | [^，,。；;：:]{1,24} [:：] \s*                                    # 清理文件：
    )?
    """,
    re.VERBOSE,
)


# ，由 · ，此项工作由
_BY = re.compile(r"，(?P<about>(?:此|该|本|以上|上述)[项类条]?(?:工作|任务|事项|措施|问题|整改)?)?由")
# 整改措施：…: what is to be done, in a field of its own
_FIELD = re.compile(rf"[ \t]*(?:{any_of(load_yaml('columns')['columns']['content'])})[:：]")

# 由市农业局承办，市卫生局协办。治理目标：… : who does what, before what is to be done
OPENING_BY = re.compile(rf"由(?<=[\n。 ]由)(?=[^。；;\n]{{2,160}}(?:{COOPERATING_WORD})。)")

# 市教育局牵头，市财政局配合。2020年12月底前完成。
_BEHIND = re.compile(r"[。；;，,]\s*(?P<words>[^，,。；;\n]{2,30})(?=[。；;\s]|$)")

_SAYS = re.compile(f"由|{IN_PROSE}|(?<=[局委办厅部院府会心司队所站])为")  # no name of a body says so

# 市公安局负责… · （一）市公安局：… : a line of a list that tells body by body what each does
BEGINS = re.compile(
    rf"""
    [ \t—–•●◆■▪·*-]* (?: [(（]? [\d一二三四五六七八九十]{{1,3}} [)）、.．]{{0,2}} )?  # （一）
    (?P<body> [^，,。；;：:\s]{{2,30}}? ) (?: [:：] | {DOES} )                       # 市公安局|负责
    """,
    re.VERBOSE,
)
_HOW_BY_LAST_SIGN = by_last_sign(HOW)
_BULLETS = " \t—–•●◆■▪·*-"
_STRONG = ("；", ";")
_BEHIND_WORD = frozenset(("", *"，,。；; \n"))
_LONGEST_SENTENCE, _LONGEST_TAIL, _LONGEST_NUMBER, _LONGEST_BY = 300, 12, 8, 80


def clauses(reading: Reading, taken: Taken) -> Iterator[Clause]:
    """Sentences that say only who does what: 由市教育局牵头，市财政局配合。

    Without 牵头 they must close their paragraph, or begin with 由 and say who helps.
    """
    text, tokens = reading.text, reading.tokens
    done, told = 0, -1
    points = [node.text for node in reading.nodes]
    words = list(tokens.roles)
    leading = {at for at, _, _ in words}
    words += [
        (at, end, "lead" if ROLE_OF_WORD.get(word) == "lead" else "")
        for at, end, word in tokens.doings
        if at not in leading
        and text[end : end + 1] in _BEHIND_WORD
        and _stands_behind_body(text, at)
        and (
            ROLE_OF_WORD.get(word) == "lead"
            or text[end : end + 1] in _STRONG
            or text.rfind("，由", max(0, at - _LONGEST_BY), at) >= 0
            or _ends_paragraph(text, end)
        )
    ]
    words += [  # 市司法局为|牵头单位
        (at, end, "lead" if role == "lead" else "")
        for at, end, role in tokens.labels
        if text[at - 1 : at] == "为" and ends_as_body(text[max(0, at - 1 - _LONGEST_TAIL) : at - 1])
    ]
    words += [(match.start(), match.end(), "by") for match in OPENING_BY.finditer(text)]
    for at, behind, role in sorted(words):
        if at < done:
            continue
        span = sentence(text, at, behind)
        done = span[1]
        if span[1] - span[0] > _LONGEST_SENTENCE:
            continue
        content = trim(text, *span)
        content = ABOUT.match(text, *content).end(), content[1]  # type: ignore[union-attr]
        field = _FIELD.match(text, text.rfind("\n", 0, span[0]) + 1, content[0])
        by = _closing_by(text, content, span[1], alone=field is not None or _opens_point(span[0], points))
        content, time = split_time(text, (by, content[1]) if by else content)
        said = text[slice(*content)]
        if said[:1] in OPENING or not ends_with_role_word(said):
            continue
        time_behind = _time_behind(text, span[1])
        end = time_behind.end() if time_behind else span[1]
        goes_on = told == span[0] - 1 and text[told] in _STRONG  # 市教育局牵头；|市财政局配合。
        if not role and not goes_on and (text[span[0] - 1 : span[0]] in _STRONG or not PARAGRAPH_END.match(text, end)):
            continue
        if role != "lead" and not _each_names(said):
            continue
        if taken.reaches_into(span) or not only_bearers(said):
            continue
        if any(_SAYS.search(n.name) or not looks_like_body(n.name) for n in split(said).all_said):
            continue  # 市教育局牵头制定方案，市财政局配合: prose
        if not role and _in_list(text, span):
            continue
        rule = ENDS if by else OPENS if role == "by" else LEADS if role else CLOSES
        told = span[1]
        yield Clause("responsible", content, content, rule)
        if time := time or (time_behind.span("words") if time_behind else None):
            yield Clause("deadline", time, time, rule)


def _opens_point(start: int, points: list[int]) -> bool:
    """Whether a sentence begins with a number; ``points`` are the places behind the numbers."""
    at = bisect_left(points, start)
    return at < len(points) and points[at] - start <= _LONGEST_NUMBER


def _closing_by(text: str, content: Span, end: int, *, alone: bool) -> int | None:
    """Where the clause begins that closes a paragraph and says who does what it asks: 追缴资金|，由市社保中心负责，8月底前完成。

    Where a sentence is not ``alone`` it has to say that it speaks of its item: ，此项工作|由.
    """
    by = _BY.search(text, *content) if PARAGRAPH_END.match(text, end) else None
    if by is None or (not alone and not by["about"]):
        return None
    start = by.end() - 1
    who = text[slice(*split_time(text, (start, content[1]))[0])]
    names = split(who).names if ends_with_role_word(who) and only_bearers(who) and _each_names(who) else ()
    return start if names and all(looks_like_body(name.name) for name in names) else None


def _in_list(text: str, span: Span) -> bool:
    """Whether a sentence is a line of a list that tells body by body what each does: two lines around it begin with bodies."""
    start, end = text.rfind("\n", 0, span[0]) + 1, text.find("\n", span[1] - 1)
    if text[start : span[0]].strip(_BULLETS):
        return False
    before = text[max(0, start - 2 * _LONGEST_SENTENCE) : max(0, start - 1)].split("\n")[-2:]
    behind = text[end + 1 : end + 2 * _LONGEST_SENTENCE].split("\n")[:2] if end >= 0 else []
    begun = (BEGINS.match(line) for line in (*before, *behind))
    return sum(match is not None and is_certain_body(match["body"]) for match in begun) > 1


def _stands_behind_body(text: str, at: int) -> bool:
    """Whether a word of role may stand behind a body, with what says how it bears between them; most close prose."""
    before = text[max(0, at - _LONGEST_TAIL) : at]
    return ends_as_body(before) or before.endswith(_HOW_BY_LAST_SIGN.get(before[-1:], ()))


def _time_behind(text: str, at: int) -> re.Match[str] | None:
    """The sentence behind ``at`` where it says nothing but when; not 。2020年底完成的任务."""
    match = _BEHIND.match(text, at)
    return match if match and is_time(match["words"]) else None


def _ends_paragraph(text: str, at: int) -> bool:
    """Whether a paragraph ends at ``at``, or behind a time that follows: ，2020年12月底前完成。⏎"""
    if PARAGRAPH_END.match(text, at):
        return True
    time = _time_behind(text, at)
    return time is not None and PARAGRAPH_END.match(text, time.end()) is not None


def _each_names(said: str) -> bool:
    """Whether each part of a sentence names who bears; 各负其责，密切配合 only exhorts."""
    return all(split(part).in_order for part in MARKS.split(said))


SENTENCE = "narrative-sentence"
LEADS = Rule(
    SENTENCE, "leads", "duty", "一句话只说谁牵头、谁配合", clauses,
    (
        gives("1.清理文件。市司法局牵头，市财政局配合。\n", "responsible 市司法局牵头，市财政局配合"),
        gives("1.清理文件。市司法局牵头。2020年12月底前完成。\n", "responsible 市司法局牵头", "deadline 2020年12月底前完成"),
    ),
    ("1.清理文件。市教育局牵头制定方案，市财政局配合。\n", "1.由市司法局牵头负责解释有关条款的适用。\n"),
)  # fmt: skip
CLOSES = Rule(
    SENTENCE, "closes", "duty", "段末一句话只说谁负责、谁配合", clauses,
    (
        gives("1.清理文件。市人社局负责，市残联配合。\n", "responsible 市人社局负责，市残联配合"),
        gives("1.清理文件。市水利局、市财政局负责。\n", "responsible 市水利局、市财政局负责"),
        gives("1.清理。会议明确，市司法局为牵头单位，市财政局为配合单位。\n", "responsible 市司法局为牵头单位，市财政局为配合单位"),
    ),
    ("1.各负其责，密切配合。\n", "1.由市人社局负责的事项要公开。\n"),
)  # fmt: skip
OPENS = Rule(
    SENTENCE, "by", "duty", "一句话以「由」开头，说由谁做、谁配合", clauses,
    (
        gives("1.清理文件。由市农业局承办，市卫生局协办。治理目标：达标。\n", "responsible 由市农业局承办，市卫生局协办"),
        gives("1.清理。\n由市教育局实施，市财政局配合。内容：清理文件。\n", "responsible 由市教育局实施，市财政局配合"),
    ),
    ("1.由市农业局承办。治理目标：达标。\n", "1.由市农业局起草的文件，市卫生局要参与。目标：达标。\n"),
)  # fmt: skip
ENDS = Rule(
    SENTENCE, "ends", "duty", "段末以「，由」引出的分句，说所述事项由谁做、谁配合", clauses,
    (
        gives("1.追缴资金，由市财政局负责，8月底前完成。\n", "responsible 由市财政局负责", "deadline 8月底前完成"),
        gives("1.建立机制，由市人社局牵头，市民政局配合。\n", "responsible 由市人社局牵头，市民政局配合"),
    ),
    ("1.健全机制，由市司法局负责解释。\n", "1.健全机制，由有关人员负责，每月报告。\n"),
)  # fmt: skip
RULES = (LEADS, CLOSES, OPENS, ENDS)
