"""Labels that assign an item or set its time: 牵头单位：市编办, （责任单位：市财政局）, 【责任单位】市司法局.

1. Each label of the lexicon is tried in the forms of `FORMS`, in that order; in prose (作为牵头单位的部门) it is only a word.
2. ``label-line``: the clause runs to the end of its line, its full stop, the next label or the next numbered node.
3. ``label-in-parenthesis``: inside a bracket the clause is that bracket; a time or bearers before its first label
   (（6月底完成，牵头单位：…）) are a separate clause.
4. Remarks (列首位的为牵头单位，下同; 以下均涉及各县区) are no bearers: the content ends before them; `loaders.duties.conventions`
   reads them.

>>> from loaders.duties.reading import read
>>> text = "牵头单位:市编办、市政府法制办。\\n完成时限:2018年年底前完成。"
>>> [(c.role, text[slice(*c.content)], c.rule.form) for c in clauses(read(text))]
[('lead', '市编办、市政府法制办', 'colon'), ('deadline', '2018年年底前完成', 'colon')]

Left to others: the bearers in a clause and their roles (`loaders.phrases.bearers`), dates in it (`loaders.facts.deadlines`).
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from graph.model import Role, Span
from loaders.duties.clause import Clause, unremarked
from loaders.duties.reading import Reading
from loaders.lexicon.bodies import BODY, is_certain_body, is_collective, is_known_name, looks_like_body
from loaders.lexicon.places import LEVEL
from loaders.lexicon.roles import ROLE_OF_WORD, ends_with_role_word, one_of
from loaders.lexicon.scan import Token, Tokens
from loaders.lexicon.vocabulary import load_yaml, role_labels
from loaders.phrases.bearers import only_bearers, split
from loaders.phrases.persons import persons, split_persons
from loaders.phrases.sentences import BRACKET, CLOSING, OPENING, REACH, SENTENCE_END, closing, trim
from loaders.rule import Rule, gives
from loaders.times.places import TIME, TIME_SIGN, begins_with_time, bracketed_time, split_time

_PERSONS = one_of(word for word, role in role_labels().items() if role == Role.LEADER)
# 责任单位：… · 责任单位（列首位的为牵头单位）：… · 责任单位及责任人：…
COLON = re.compile(
    rf"""
    [ \t]*
    (?P<persons> (?: [及和与、/] | [(（] ) (?: {_PERSONS} ) [)）]? )?  # 及责任人 · （负责人）
    (?: [(（] [^()（）:：\n]{{2,30}} [)）] [ \t]* )?                              # （列首位的为牵头单位）
    (?: [:：∶﹕︰]{{1,2}} | [｜丨] (?! [^\n]* [｜丨] ) )                                    # ｜市财政局 ; not ｜市财政局｜, a row
    [ \t]* (?! 是?指 )                                                          # not 责任单位：指…
    """,
    re.VERBOSE,
)
# （责任单位 市财政局） · （责任单位；市财政局） · （责任单位市财政局）: in a bracket the colon may be lost
LOST_COLON = re.compile(r"[ \t]*[；;]?[ \t]*")
# 市级责任单位：… : what belongs to the label behind it
QUALIFIER = re.compile(rf"(?:{'|'.join(load_yaml('roles')['qualifiers'])})$")
_LONGEST_QUALIFIER = 3
# 协同|推进部门：… · 牵头|协调单位：…: words of role before a label belong to it
WORDS_BEFORE = re.compile(rf"(?:{one_of(ROLE_OF_WORD)})+$")
_WORD, _LONGEST_WORDS = re.compile(one_of(ROLE_OF_WORD)), 6
_LAST_SIGNS = frozenset(word[-1] for word in ROLE_OF_WORD)
# 责任单位由市水利局调整为市住建局: the new one bears
CHANGED = re.compile(
    r"""
    [ \t]* (?: (?:由|从) (?P<old> [^。；;：:\n]{2,80}? ) )?                        # 由市水利局
    (?: 调整 | 变更 | 更改 | 更换 | 更新 | 改 | 变 | 转 | 移交 | 划转 | 调 ) (?: 为 | 给 | 到 | 至 )  # 调整为
    [ \t]*
    """,
    re.VERBOSE,
)
# （牵头单位为市发改委，配合单位为市财政局） ; 牵头单位市发改委，配合单位市财政局。
VERB = re.compile(rf"[为是][ \t]*|(?={LEVEL.pattern})")
VERB_END = re.compile(rf"[，,。；;\n{re.escape(CLOSING)}]|$")
# 牵头单位 市委政法委 · 牵头单位⏎市委政法委
BLANK = re.compile(r"[ \t]*\n\s*(?=\S)|[ \t]+(?=\S)")
_BEFORE_BLANK = frozenset(("", "\n", " ", "\t", "。", "；", ";", "，", ","))
# the foot of a web page names who runs the site
_HOSTS = tuple(load_yaml("roles")["hosts"])
FOOT = re.compile(r"ICP备|网站标识码|公网安备|版权所有|网站地图|技术支持")
_FOOT_REACH = 200
# 【责任单位】市财政局: the box stands for the colon
CLOSED = re.compile(r"[】］\]」』〗][ \t]*[:：]?[ \t]*")
_BOXES = ("【", "［", "[", "「", "『", "〖")
# a bracket with a label in it opens at most this far before the label, and reaches at most so far
_BRACKET_REACH, _LONGEST_LINE, _LONGEST_NAMES = 80, 300, 24

_FIRST_NAME = re.compile(r"[^、，,；;。]*")
# what ends a line; in a text that has lost its line breaks white space does, but not behind a mark of enumeration
_BREAK = re.compile(r"\n")
_BLANK = re.compile(r"(?<![、，,:：\s])\s")
_AND_LEADER = "+leader"
_OF_BODIES = ("lead", "responsible", "cooperating")
# the last name of a line and the first of the next one
_PIECE_BACK, _PIECE = (
    re.compile(r"[^、，,；;。：:\s]{2,16}$"),
    re.compile(r"[^、，,；;。：:\s（(]{1,16}(?=[、，,；;。\s（(]|$)"),
)
_BLANKS_ALL = re.compile(r"\s*")
# what a blank parts from the bodies before it
_PART = re.compile(r"\s(?P<words>[^\s。；;：:]+)(?=[\s。；;]|$)")
INDENT = re.compile(r"\n[ \t]{4,}(?=\S)")
TAIL = re.compile(r"(?:人民)?政府|党委|管委会|办事处")
_COMMAS = ("，", ",")
_ENUMERATES, _LONGEST_CUT = ("、", "，", ","), 40
# what a bare word of role stands behind when it is a label
_OPENS = frozenset(("", *OPENING, "；", ";", "，", ",", "。", "\n", " "))


class LabelHead(NamedTuple):
    """A label that assigns: its beginning, the beginning of its content, its role, and its form."""

    start: int
    content: int
    role: str
    form: str


class Around(NamedTuple):
    """The context of the labels of a text; ``heads`` are the labels opened so far, ``gap`` ends a line."""

    text: str
    labels: list[Token]
    heads: list[LabelHead]
    markers: Sequence[int]
    gap: re.Pattern[str]


def clauses(reading: Reading) -> Iterator[Clause]:
    """The clauses of labels in text order; none reaches into the next node of the outline."""
    text, markers = reading.text, [node.start for node in reading.nodes]
    gap = _BLANK if reading.flat else _BREAK
    heads = _heads(text, reading.tokens, markers, gap)
    last_bracket = (0, 0)
    opened = [token[0] for token in reading.tokens.brackets]
    for n, (start, content, role, form) in enumerate(heads):
        following = heads[n + 1].start if n + 1 < len(heads) else len(text)
        node = bisect_left(markers, content)
        if node < len(markers):
            following = min(following, markers[node])
        bracket: Span | None = last_bracket
        if not last_bracket[0] < start < last_bracket[1]:
            # most labels have no bracket before them
            behind = bisect_left(opened, start)
            bracket = _bracket(text, start) if behind and opened[behind - 1] >= start - _BRACKET_REACH else None
        if not bracket:
            end = _line_end(text, content, following, role, gap)
            yield from _told(text, Clause(role, (start, end), unremarked(text, content, end), ON_LINE[form]))
            continue
        if bracket != last_bracket:
            yield from _before_label(text, bracket, start)
        last_bracket = bracket
        inside = unremarked(text, content, min(bracket[1] - 1, following))
        yield from _told(text, Clause(role, bracket, inside, IN_BRACKET[form]))


def _heads(text: str, tokens: Tokens, markers: Sequence[int], gap: re.Pattern[str]) -> list[LabelHead]:
    """The labels that assign, each by the first form in which it can be read."""
    heads: list[LabelHead] = []
    told = [_with_words_before(text, token) for token in tokens.labels]
    labels = _without_foot(text, sorted([*told, *_bare(text, tokens)]), markers)
    around = Around(text, labels, heads, markers, gap)
    behind = 0
    for n, (start, _, _) in enumerate(labels):
        if start < behind:
            continue  # 责任单位及|责任人：
        before = text[start - 1 : start]
        for form in FORMS:
            head = form(around, n, before)
            if head is not None:
                heads.append(head)
                behind = head.content
                break
    return heads


def _bare(text: str, tokens: Tokens) -> Iterator[Token]:
    """The words of role that are labels because they open a clause: （牵头：市科技局；配合：市财政局）."""
    # 牵头 is a token of its own; the others are looked for with their colon
    for token in (*tokens.roles, *((start, end - 1, role) for start, end, role in tokens.bare)):
        colon = COLON.match(text, token[1]) if text[token[0] - 1 : token[0]] in _OPENS else None
        if colon and (token[2] == "deadline" or _bears(text, colon.end())):
            yield token


def _bears(text: str, start: int) -> bool:
    """Whether bearers stand behind a word that is a label only then: 支持：市财政局; not 支持：符合条件的企业."""
    stop = VERB_END.search(text, start)
    words = text[start : stop.start() if stop else None].strip()
    return only_bearers(words) or is_known_name(_FIRST_NAME.match(words)[0])  # type: ignore[index]


def _with_words_before(text: str, token: Token) -> Token:
    """A label with the words of role before it, which say what it is: 协同|推进部门 cooperates."""
    start, end, role = token
    if text[start - 1 : start] not in _LAST_SIGNS or role not in _OF_BODIES:
        return token
    words = WORDS_BEFORE.search(text, max(0, start - _LONGEST_WORDS), start)
    if words is None:
        return token
    roles = [*(ROLE_OF_WORD[word[0]] for word in _WORD.finditer(words[0])), role]
    return words.start(), end, next((given for given in roles if given != Role.RESPONSIBLE.value), role)


def colon(around: Around, n: int, before: str) -> LabelHead | None:
    """责任单位：市司法局; not 各责任单位：…, which speaks to them and assigns nothing."""
    start, end, role = around.labels[n]
    match = COLON.match(around.text, end)
    if match is None or before == "各":
        return None
    if before not in _OPENS:
        more = QUALIFIER.search(around.text, max(0, start - _LONGEST_QUALIFIER), start)
        start = more.start() if more else start
    return LabelHead(
        start, match.end(), role + _AND_LEADER if match["persons"] and role in _OF_BODIES else role, "colon"
    )


def box(around: Around, n: int, before: str) -> LabelHead | None:
    """【责任单位】市司法局: the box replaces the colon; inside a sentence bearers must follow (见【责任单位】一栏)."""
    start, end, role = around.labels[n]
    match = CLOSED.match(around.text, end) if before in _BOXES else None
    if match is None:
        return None
    told = role not in _OF_BODIES or around.text[start - 2 : start - 1] in _OPENS or start < 2
    return LabelHead(start - 1, match.end(), role, "box") if told or _bears(around.text, match.end()) else None


def verb(around: Around, n: int, before: str) -> LabelHead | None:
    """牵头单位为市发改委，配合单位为市财政局; not 明确牵头单位为财务处，责任单位为各学院。"""
    text, (start, end, role) = around.text, around.labels[n]
    match = VERB.match(text, end) if before in _OPENS else None
    if match is None or _told_of(text, before, start, around.heads):
        return None
    following = around.labels[n + 1][0] if n + 1 < len(around.labels) else len(text)
    stop = VERB_END.search(text, match.end(), max(match.end(), min(following, end + _LONGEST_LINE)))
    bears = stop is not None and only_bearers(text[match.end() : stop.start()])
    return LabelHead(start, match.end(), role, "verb") if bears else None


def changed(around: Around, n: int, before: str) -> LabelHead | None:
    """责任单位由市水利局调整为市住建局: the new one bears, the old one is told."""
    text, (start, end, role) = around.text, around.labels[n]
    match = CHANGED.match(text, end) if role in _OF_BODIES else None
    return LabelHead(start, match.end(), role, "changed") if match and _bears(text, match.end()) else None


def lost_colon(around: Around, n: int, before: str) -> LabelHead | None:
    """（责任单位 市财政局）: the colon may be lost inside a bracket."""
    start, end, role = around.labels[n]
    if not start or before not in OPENING or not _in_bracket(around.text, around.labels, n):
        return None
    return LabelHead(start, _content_at(around.text, end), role, "lost-colon")


def blank(around: Around, n: int, before: str) -> LabelHead | None:
    """牵头单位 市委政法委 · 完成时限⏎2019年底: a blank or a line end replaces the colon."""
    text, (start, end, role) = around.text, around.labels[n]
    match = BLANK.match(text, end) if before in _BEFORE_BLANK else None
    if match is None:
        return None
    node = bisect_left(around.markers, start)
    following = [token[0] for token in around.labels[n + 1 : n + 2]]
    limit = min([*following, *around.markers[node : node + 1], len(text)])
    says = _says(text, role, match.end(), min(limit, match.end() + _LONGEST_LINE), around.gap)
    return LabelHead(start, match.end(), role, "blank") if says else None


# the forms of a label, in the order in which they are tried
FORMS: tuple[Callable[[Around, int, str], LabelHead | None], ...] = (colon, box, changed, verb, lost_colon, blank)


def _without_foot(text: str, labels: list[Token], markers: Sequence[int]) -> list[Token]:
    """The labels, those at the foot of a web page without a role: 主办单位：… 承办单位：… 备案号：青ICP备…"""
    hosts = {token for token in labels if text.startswith(_HOSTS, token[0])}
    feet = [foot.start() for foot in FOOT.finditer(text)] if hosts else []
    if not feet:
        return labels

    def at_foot(start: int) -> bool:
        near = feet[bisect_left(feet, start - _FOOT_REACH) : bisect_left(feet, start + _FOOT_REACH)]
        return any(bisect_left(markers, start) == bisect_left(markers, foot) for foot in near)

    return [(token[0], token[1], "other") if token in hosts and at_foot(token[0]) else token for token in labels]


def _told_of(text: str, before: str, start: int, heads: list[LabelHead]) -> bool:
    """Whether a label behind a comma goes on in a sentence that no label opens: 明确牵头单位为财务处，责任单位为各学院。"""
    if before not in _COMMAS:
        return False
    opened = heads[-1].content if heads else -REACH
    return start - opened > REACH or SENTENCE_END.search(text, opened, start) is not None


def _says(text: str, role: str, start: int, limit: int, gap: re.Pattern[str]) -> bool:
    """Whether a label that lost its colon (牵头单位 市委政法委 完成时限 2019年底) has behind it what it asks for."""
    if role == "deadline":
        line = _BREAK.search(text, start, limit)
        return begins_with_time(text[start : line.start() if line else limit])
    if role not in _OF_BODIES:
        return False
    end = _line_end(text, start, limit, role, gap)
    return only_bearers(text[slice(*trim(text, start, _bracket_end(text, start, end)))])


def _bracket_end(text: str, start: int, end: int) -> int:
    """Where the bracket closes in which a stretch stands; its end when it stands in none."""
    depth = 0
    for match in BRACKET.finditer(text, start, end):
        depth += 1 if match[0] in OPENING else -1
        if depth < 0:
            return match.start()
    return end


def _in_bracket(text: str, labels: list[Token], n: int) -> bool:
    """Whether a label without a colon opens a bracket, and only bearers stand behind it: （责任单位；市财政局）."""
    start, end, role = labels[n]
    stop = closing(text, start - 1)
    if role not in _OF_BODIES or stop is None:
        return False
    following = labels[n + 1][0] if n + 1 < len(labels) else stop
    return only_bearers(text[slice(*trim(text, _content_at(text, end), min(stop - 1, following)))])


def _content_at(text: str, label_end: int) -> int:
    """Where what a label without a colon says begins."""
    lost = LOST_COLON.match(text, label_end)
    return lost.end() if lost else label_end


def _before_label(text: str, bracket: Span, label: int) -> Iterator[Clause]:
    """What stands in a bracket before its first label: a time (6月底完成，牵头单位：…) or bearers (市统计局牵头；完成时间：…)."""
    content = trim(text, bracket[0] + 1, label)
    if only_bearers(text[slice(*content)]):
        yield Clause("responsible", bracket, content, BEFORE_LABEL)
    elif TIME.search(text, *content):
        yield Clause("deadline", bracket, content, BEFORE_LABEL)


def _told(text: str, found: Clause) -> Iterator[Clause]:
    """A labelled clause, a time among its bearers apart; where its label asks for persons, one for each that it names."""
    if found.role == Role.LEADER:
        yield from (found._replace(content=name) for name in persons(text, *found.content))
    elif found.role.endswith(_AND_LEADER):
        yield from with_persons(text, found._replace(role=found.role.removesuffix(_AND_LEADER)))
    elif found.role == "deadline" or (found.role in _OF_BODIES and not TIME_SIGN.search(text, *found.content)):
        yield found
    elif found.role in _OF_BODIES:
        bearers, time = split_time(text, found.content)
        bracket = bracketed_time(text, bearers)
        yield found._replace(content=bearers)
        if time or bracket:
            yield found._replace(role="deadline", content=time or bracket or bearers)


def with_persons(text: str, found: Clause) -> Iterator[Clause]:
    """A clause of bodies and persons: each stretch of bodies up to one with a person, then the persons."""
    start: int | None = None
    for body, names in (pieces := split_persons(text, found.content)):
        start = body[0] if start is None else start
        if names or body == pieces[-1][0]:
            yield found._replace(content=(start, body[1]))
            yield from (found._replace(role=Role.LEADER, content=name) for name in names)
            start = None


def _line_end(text: str, content: int, following: int, role: str, gap: re.Pattern[str]) -> int:
    """Where a label's line ends: its line break, the next label, or (units only) its first full stop."""
    written = content + len(text[content : content + 40]) - len(text[content : content + 40].lstrip())
    if role == Role.LEADER and gap is _BLANK:  # 副市长 孙立平: a blank within what names persons ends nothing
        gap, following = _BREAK, min(following, written + _LONGEST_NAMES)
    line = gap.search(text, written, following)  # the content may stand on the next line
    end = line.start() if line else following
    while role in _OF_BODIES and gap is _BREAK and end < following and _goes_on(text, content, end, following):
        line = gap.search(text, _BLANKS_ALL.match(text, end, following).end(), following)  # type: ignore[union-attr]
        end = line.start() if line else following
    while role in _OF_BODIES and gap is _BLANK and end < following and _further_body(text, end, following):
        line = gap.search(text, _BLANKS_ALL.match(text, end, following).end(), following)  # type: ignore[union-attr]
        end = line.start() if line else following
    if role != "deadline":
        stop = text.find("。", content, end)
        end = stop + 1 if stop >= 0 else end
    return content + len(text[content:end].rstrip())


def _further_body(text: str, end: int, following: int) -> bool:
    """Whether a blank that would end a line stands for a lost mark: only bodies stand behind it (市财政局 市教育局)."""
    if text[end - 1] in "。；;":
        return False
    piece = _PART.match(text, end, min(following, end + _LONGEST_CUT))
    names = split(piece["words"]).names if piece and not ends_with_role_word(piece["words"]) else ()
    return bool(names) and all(is_certain_body(n.name) and BODY.search(n.name) for n in names)


def _goes_on(text: str, content: int, end: int, following: int) -> bool:
    """Whether a list is cut by the end of its line: behind a mark, or inside a name (市人力资源⏎和社会保障局)."""
    words = text[max(content, end - _LONGEST_CUT) : end].rstrip()
    rest = text[end : min(following, end + _LONGEST_CUT)].lstrip()
    if not words or not rest or words.endswith("。"):
        return False
    if words.endswith(_ENUMERATES) or rest[0] in "、，,":
        return True
    if INDENT.match(text, end) and not ends_with_role_word(words):
        # a second column of bodies: ⏎            市药监局 市城管执法局
        row = text.find("\n", text.index(rest[0], end), following)
        return only_bearers(text[slice(*trim(text, end, row if row >= 0 else following))])
    last = _PIECE_BACK.search(words)
    first = _PIECE.match(rest)
    if not last or not first or ends_with_role_word(words):
        return False
    if TAIL.match(rest) and is_collective(last[0]):
        return True
    return not looks_like_body(last[0]) and BODY.search(last[0] + first[0]) is not None


def _bracket(text: str, label: int) -> Span | None:
    """The bracket in which a label stands, if it opens before it and closes behind it."""
    depth = 0
    for match in reversed(list(BRACKET.finditer(text, max(0, label - _BRACKET_REACH), label))):
        if match[0] in CLOSING:
            depth += 1
        elif depth:
            depth -= 1
        else:
            end = closing(text, match.start())
            return (match.start(), end) if end else None
    return None


_LINE, _PARENTHESIS = "label-line", "label-in-parenthesis"
ON_LINE = {
    "colon": Rule(
        _LINE, "colon", "duty", "标签加冒号，到行末或下一标签为止", colon,
        (
            gives("1.清理文件。\n责任单位：市司法局、市财政局。\n", "responsible 市司法局、市财政局"),
            gives("1.清理文件。\n市级牵头单位:市编办，完成时限:2018年底前。\n", "lead 市编办", "deadline 2018年底前"),
            gives("1.清理文件。\n责任单位及责任人：市财政局 张三\n", "responsible 市财政局", "leader 张三"),
        ),
        ("1.作为牵头单位的部门要加强协调。\n", "1.清理文件。\n各责任单位：要按月报送进展。\n"),
    ),
    "box": Rule(
        _LINE, "box", "duty", "方框里的标签，方框代替冒号", box,
        (
            gives("1.清理文件。\n【责任单位】市司法局、市财政局\n", "responsible 市司法局、市财政局"),
            gives("1.清理文件。\n［牵头部门］：市编办\n", "lead 市编办"),
        ),
        ("1.清理文件。\n【责任单位要按月报送进展】\n", "1.清理文件。\n【政策依据】行政许可法\n"),
    ),
    "verb": Rule(
        _LINE, "verb", "duty", "标签后用「为」「是」，或直接写单位", verb,
        (
            gives("1.清理文件。牵头单位为市发改委，配合单位为市财政局。\n", "lead 市发改委", "cooperating 市财政局"),
            gives("1.清理文件。\n责任单位是市司法局。\n", "responsible 市司法局"),
        ),
        ("1.清理文件，明确牵头单位为财务处，责任单位为各学院。\n", "1.清理文件。责任单位为做好工作要建立台账。\n"),
    ),
    "changed": Rule(
        _LINE, "changed", "duty", "单位由甲调整为乙：乙承担，甲另行提示", changed,
        (
            gives("1.清理文件。责任单位由市司法局调整为市财政局。\n", "responsible 市财政局"),
            gives("1.清理文件。牵头单位由市编办、市司法局变更为市编办，责任单位为市司法局。\n", "lead 市编办"),
        ),
        ("1.清理文件。责任单位由专人转为日常管理。\n", "1.清理文件。牵头单位由市司法局调整，另行通知。\n"),
    ),
    "blank": Rule(
        _LINE, "blank", "duty", "标签后用空格或换行代替冒号", blank,
        (
            gives("1.清理文件。\n牵头单位 市委政法委\n", "lead 市委政法委"),
            gives("1.清理文件。\n责任单位 市司法局\n完成时限 2019年底前\n", "responsible 市司法局", "deadline 2019年底前"),
        ),
        ("1.清理文件。\n责任单位 要按月报送进展\n", "1.清理文件。\n完成时限 视情况而定\n"),
    ),
}  # fmt: skip
IN_BRACKET = {
    "colon": Rule(
        _PARENTHESIS, "colon", "duty", "括号内的标签加冒号", colon,
        (
            gives("1.清理文件。（责任单位：市司法局）\n", "responsible 市司法局"),
            gives("1.清理文件。（牵头：市科技局；配合：市财政局）\n", "lead 市科技局", "cooperating 市财政局"),
        ),
        ("1.清理文件（含责任单位意见）。\n", "1.清理文件。（各责任单位：按月报送进展）\n"),
    ),
    "box": Rule(
        _PARENTHESIS, "box", "duty", "括号内方框里的标签", box,
        (
            gives("1.清理文件。（【责任单位】市司法局）\n", "responsible 市司法局"),
            gives("1.清理文件。（[牵头单位]市编办；[责任单位]市司法局）\n", "lead 市编办", "responsible 市司法局"),
        ),
        ("1.清理文件。（【政策依据】行政许可法）\n", "1.清理文件。（【责任单位要报送】）\n"),
    ),
    "verb": Rule(
        _PARENTHESIS, "verb", "duty", "括号内标签后用「为」「是」，或直接写单位", verb,
        (
            gives("1.清理文件。（牵头单位为市发改委，配合单位为市财政局）\n", "lead 市发改委", "cooperating 市财政局"),
            gives("1.清理文件。（责任单位市司法局）\n", "responsible 市司法局"),
        ),
        ("1.清理文件。（责任单位为做好工作要建立台账）\n", "1.清理文件。（牵头单位是谁尚未明确，另行通知）\n"),
    ),
    "changed": Rule(
        _PARENTHESIS, "changed", "duty", "括号内单位由甲调整为乙：乙承担，甲另行提示", changed,
        (
            gives("1.清理文件。（责任单位由市司法局调整为市财政局）\n", "responsible 市财政局"),
            gives("1.清理文件。（牵头单位改为市编办；责任单位：市司法局）\n", "lead 市编办"),
        ),
        ("1.清理文件。（责任单位由专人转为日常管理）\n", "1.清理文件。（牵头单位由市司法局调整，另行通知）\n"),
    ),
    "lost-colon": Rule(
        _PARENTHESIS, "lost-colon", "duty", "括号内的标签丢了冒号", lost_colon,
        (
            gives("1.清理文件。（责任单位 司法局）\n", "responsible 司法局"),
            gives("1.清理文件。（责任单位；市财政局）\n", "responsible 市财政局"),
        ),
        ("1.清理文件。（责任单位 要按月报送进展）\n", "1.清理文件（牵头单位意见不一）。\n"),
    ),
    "blank": Rule(
        _PARENTHESIS, "blank", "duty", "括号内的标签后用空格代替冒号", blank,
        (
            gives("1.清理文件。（牵头单位：市编办；责任单位 各县区）\n", "responsible 各县区"),
            gives("1.清理文件。（责任单位：市司法局；完成时限 2019年底前）\n", "deadline 2019年底前"),
        ),
        ("1.清理文件。（牵头单位：市编办；责任单位 另行通知）\n", "1.清理文件。（责任单位：市司法局；完成时限 视情况而定）\n"),
    ),
}  # fmt: skip
ON_LINE["lost-colon"] = IN_BRACKET["lost-colon"]  # it stands in a bracket by its nature
BEFORE_LABEL = Rule(
    "narrative-parenthesis", "before-label", "duty", "括号内第一个标签之前的单位或时限", _before_label,
    (
        gives("1.清理文件。（市统计局牵头；完成时间：2018年底前）\n", "responsible 市统计局牵头"),
        gives("1.清理文件。（6月底完成，牵头单位：市编办）\n", "deadline 6月底完成"),
    ),
    ("1.清理文件。（详见附件，牵头单位：市编办）\n", "1.清理文件。（牵头单位：市编办）\n"),
)  # fmt: skip
RULES = (*dict.fromkeys([*ON_LINE.values(), *IN_BRACKET.values()]), BEFORE_LABEL)
