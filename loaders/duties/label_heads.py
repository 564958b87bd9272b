"""Which labels assign, each by the first form in which it can be read (`FORMS`): 责任单位：…, 【责任单位】…, 责任单位为….

In prose (作为牵头单位的部门) a label is only a word.  Words of role before a label belong to it (协同推进部门).

>>> from loaders.lexicon.scan import scan
>>> text = "牵头单位:市编办，责任单位为市财政局。"
>>> [(head.role, head.form) for head in heads_in(text, scan(text), [], BREAK)]
[('lead', 'colon'), ('responsible', 'verb')]

Left to others: where what they say ends (`loaders.duties.label_ends`), their clauses and rules (`loaders.duties.labels`).
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from graph.model import Role
from loaders.duties.label_ends import BREAK, LONGEST_LINE, OF_BODIES, bracket_end, field_end, line_end
from loaders.lexicon.bodies import ends_as_body, is_known_name, looks_like_body
from loaders.lexicon.marks import trim
from loaders.lexicon.page_head import without_foot
from loaders.lexicon.places import LEVEL
from loaders.lexicon.roles import ROLE_OF_WORD
from loaders.lexicon.scan import Token, Tokens
from loaders.lexicon.vocabulary import any_of, load_yaml, role_labels
from loaders.phrases.bearers import only_bearers, split
from loaders.phrases.persons import only_persons
from loaders.phrases.sentences import CLOSING, OPENING, REACH, SENTENCE_END, closing
from loaders.phrases.unlisted_labels import ASKED, unlisted_labels
from loaders.times.places import begins_with_time, is_time

_PERSONS = any_of(word for word, role in role_labels().items() if role == Role.LEADER)
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
# 责任单位——市财政局 · 责任单位/市财政局
DASH = re.compile(r"[ \t]*(?:[—–－]{1,2}|-{1,2}>?|[/／→＞])[ \t]*(?=[\u4e00-\u9fff])")
# （责任单位 市财政局） · （责任单位；市财政局） · （责任单位市财政局）: in a bracket the colon may be lost
LOST_COLON = re.compile(r"[ \t]*[；;]?[ \t]*")
# 市级责任单位：… : what belongs to the label behind it
_UNKNOWN_QUALIFIER = re.compile(r"(?<=[；;])[\u4e00-\u9fff]{2,6}$")
QUALIFIER = re.compile(rf"(?:{'|'.join(load_yaml('roles')['qualifiers'])})$")
_LONGEST_QUALIFIER, _LONGEST_LABEL = 3, 8
_OF_OFFICES, _OFFICES = ("科室", "处室", "股室"), ("科", "室", "处", "股", "办", "中心")
# 协同|推进部门：… · 牵头|协调单位：…: words of role before a label belong to it
WORDS_BEFORE = re.compile(rf"(?:{any_of(ROLE_OF_WORD)})+$")
_WORD, _LONGEST_WORDS = re.compile(any_of(ROLE_OF_WORD)), 6
# of a label around a word of role: what stands before it, and what behind it ; not 支持对象：, 参加会议单位：
_LONGEST_AHEAD = 4
_AHEAD = re.compile(rf"(?:^|[{re.escape(OPENING)}；;，,。\n ·•|｜])(?P<words>[\u4e00-\u9fff]{{1,4}})$")
_NOT_WHO = any_of(load_yaml("roles")["no_bearers"])
_COLON_NEAR = frozenset(":：∶﹕︰｜丨】］]」』〗（(〔［[【「『〖")  # in the five signs behind the word
_REST = re.compile(rf"(?=[\u4e00-\u9fff]{{1,4}}[:：】」］\]])(?![\u4e00-\u9fff]{{0,2}}(?:{_NOT_WHO}))[\u4e00-\u9fff]+")
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
_NAMES_END = re.compile(rf"{VERB_END.pattern}|[【〖]")
# 牵头单位 市委政法委 · 牵头单位⏎市委政法委
BLANK = re.compile(r"[ \t]*\n\s*(?=\S)|[ \t]+(?=\S)")
_BEFORE_BLANK = frozenset(("", "\n", " ", "\t", "。", "；", ";", "，", ","))
# 【责任单位】市财政局: the box stands for the colon
CLOSED = re.compile(r"[】］\]」』〗][ \t]*[:：]?[ \t]*")
# ; not 市教育局[牵头]、市财政局: the mark of a name
MARKED = re.compile(rf"{CLOSED.pattern}(?![ \t、，,；;。\n]|$)")
_BOXES = ("【", "［", "[", "「", "『", "〖")
# 责任科室〖综治办〗: a bracket around the names stands for the colon
FILLED = re.compile(r"[ \t]*[（(〔［\[【「『〖]")
_BEHIND_FILLED = re.compile(r"[ \t]*(?:[，,；;。\n）)]|$)")
_FIRST_NAME = re.compile(r"[^、，,；;。（(]*")
# 成员单位 of a group that works, and what leads others and has a roster
_MEMBERS = frozenset(load_yaml("roles")["members"])
# 主管部门 supervises where others bear
_IN_CHARGE, _BEARS = frozenset(load_yaml("roles")["in_charge"]), (Role.LEAD.value, Role.RESPONSIBLE.value)
_LEADS_OTHERS, _LONGEST_GROUP = re.compile(r"领导小?组|指挥部|联席会|委员会"), 60
AND_LEADER = "+leader"
_COMMAS = ("，", ",")
# what a bare word of role stands behind when it is a label
_OPENS = frozenset(("", *OPENING, *"；;，,。\n ·•|｜"))
_NUMBER_ENDS, _LONGEST_NUMBER = frozenset(".．、)）"), 8
_NUMBER = re.compile(r"(?:^|\n)[ \t]*[(（]?[\d一二三四五六七八九十]{1,3}[)）.．、]{1,2}$")


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


def heads_in(text: str, tokens: Tokens, markers: Sequence[int], gap: re.Pattern[str]) -> list[LabelHead]:
    """The labels that assign, each by the first form in which it can be read."""
    heads: list[LabelHead] = []
    told = [_with_words_before(text, token) for token in tokens.labels]
    begun = {token[0] for token in told}  # 牵头领导：… is no 牵头 with a word behind it
    bare = (token for token in _bare(text, tokens) if token[0] not in begun)
    labels = without_foot(text, sorted([*told, *bare, *_unlisted(text, tokens, told, markers)]), markers)
    around = Around(text, labels, heads, markers, gap)
    behind = 0
    for n, (start, _, _) in enumerate(labels):
        if start < behind:
            continue  # 责任单位及|责任人：
        before = text[start - 1 : start]
        if labels[n][2] == "other" and _names_members(around, n):
            labels[n] = *labels[n][:2], Role.COOPERATING.value
        if (
            labels[n][2] == Role.SUPERVISING
            and text[start : labels[n][1]] in _IN_CHARGE
            and not _others_bear(around, n)
        ):
            labels[n] = *labels[n][:2], Role.RESPONSIBLE.value
        for form in FORMS:
            head = form(around, n, before)
            if head is not None:
                heads.append(head)
                behind = head.content
                break
    return heads


def _unlisted(text: str, tokens: Tokens, told: list[Token], markers: Sequence[int]) -> Iterator[Token]:
    """The labels that no list has, behind the first number and before bodies; one that says no role is alone in its item."""
    listed = {end for _, end, _ in (*told, *tokens.bare)}
    begin = markers[0] if markers else len(text)
    further = (token for token in unlisted_labels(text) if token[0] > begin and token[1] not in listed)
    found = [
        token
        for token in further
        if (mark := COLON.match(text, token[1]))
        and (_lists_bodies(text, mark.end()) or _lists_offices(text, token[1], mark.end()))
    ]
    others = sorted([start for start, _, role in (*told, *found) if role in (*OF_BODIES, ASKED)]) if found else []
    for token in found:
        node = bisect_left(markers, token[0])
        end = markers[node] if node < len(markers) else len(text)
        if token[2] != ASKED or bisect_left(others, end) - bisect_left(others, markers[node - 1]) == 1:
            yield token


def _names_members(around: Around, n: int) -> bool:
    """Whether a label names the members of a group that works: its lead stands before it in the same item."""
    text, (start, end, _) = around.text, around.labels[n]
    lead = around.heads[-1] if around.heads else None
    if lead is None or lead.role != Role.LEAD or text[start:end] not in _MEMBERS:
        return False
    node = bisect_left(around.markers, start)
    low = max(around.markers[node - 1] if node else 0, lead.start - _LONGEST_GROUP)
    return low <= lead.start and _LEADS_OTHERS.search(text, low, lead.start) is None


def _others_bear(around: Around, n: int) -> bool:
    """Whether another label of the same item, not far away, names who bears: 责任单位 beside 主管部门."""
    start = around.labels[n][0]
    node = bisect_left(around.markers, start + 1)
    low = max(around.markers[node - 1] if node else 0, start - LONGEST_LINE)
    high = min(around.markers[node] if node < len(around.markers) else len(around.text), start + LONGEST_LINE)
    first, last = bisect_left(around.labels, (low,)), bisect_left(around.labels, (high,))
    return any(role in _BEARS for _, _, role in around.labels[first:last])


def _bare(text: str, tokens: Tokens) -> Iterator[Token]:
    """The words of role that are labels because they open a clause: （牵头：市科技局；配合：市财政局）."""
    # 牵头 is a token of its own; the others are looked for with their colon
    words = (*tokens.roles, *((start, end - 1, role) for start, end, role in tokens.bare), *_doing(text, tokens))
    for token in (_whole(text, token) for token in words if not _COLON_NEAR.isdisjoint(text[token[1] : token[1] + 5])):
        before = text[token[0] - 1 : token[0]]
        if before in _NUMBER_ENDS and _NUMBER.search(text, max(0, token[0] - _LONGEST_NUMBER), token[0]):
            before = ""  # 3.责任分工：…
        behind = COLON.match(text, token[1]) if before in _OPENS else None
        if behind is None and before in _BOXES:
            behind = MARKED.match(text, token[1])  # 【牵头】市科技局
        elif behind is None and before in _OPENS and token[2] == "deadline":
            behind = FILLED.match(text, token[1])  # 节点〖9月底〗
        if behind and (token[2] == "deadline" or _bears(text, behind.end())):
            yield token


def _doing(text: str, tokens: Tokens) -> Iterator[Token]:
    """The words of role in the midst of a text behind which a label may end: 配合|报送："""
    for start, end, word in tokens.doings:
        role = ROLE_OF_WORD.get(word, "responsible")
        if role != "responsible" and not _COLON_NEAR.isdisjoint(text[end : end + 5]) and _REST.match(text, end):
            yield start, end, role


def _whole(text: str, token: Token) -> Token:
    """A label around a word of role or time that no list has: 整改|牵头：, 配合|报送：, 督导|频次："""
    start, end, role = token
    before = text[start - 1 : start]
    first = (
        None if before in _OPENS or before in _BOXES else _AHEAD.search(text, max(0, start - _LONGEST_AHEAD - 1), start)
    )
    rest = _REST.match(text, end) if role != "deadline" else None
    return (first.start("words") if first else start), (rest.end() if rest else end), role


def _bears(text: str, start: int) -> bool:
    """Whether bearers stand behind a word that is a label only then: 支持：市财政局; not 支持：符合条件的企业."""
    return _lists_bodies(text, start) or is_known_name(_FIRST_NAME.match(_field(text, start))[0])  # type: ignore[index]


def _lists_bodies(text: str, start: int) -> bool:
    """Whether nothing but bodies stands behind a label."""
    words = _field(text, start)
    return only_bearers(words) and all(looks_like_body(name.name) for name in split(words).names)


def _lists_offices(text: str, end: int, start: int) -> bool:
    """Whether nothing but offices stands behind a label that asks for them and ends at ``end``: 科室：法规科."""
    if not text.endswith(_OF_OFFICES, 0, end):
        return False
    names = split(_field(text, start)).names
    return bool(names) and all(name.name.endswith(_OFFICES) and looks_like_body(name.name) for name in names)


def _field(text: str, start: int) -> str:
    stop = _NAMES_END.search(text, start, start + LONGEST_LINE)
    return text[slice(*trim(text, start, field_end(text, start, stop.start() if stop else start + LONGEST_LINE)))]


def _with_words_before(text: str, token: Token) -> Token:
    """A label with the words of role before it, which say what it is: 协同|推进部门 cooperates."""
    start, end, role = token
    if text[start - 1 : start] not in _LAST_SIGNS or role not in OF_BODIES:
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
        more = more or _unknown_qualifier(around.text, start)
        if more is None and role == Role.SUPERVISING and not _bears(around.text, match.end()):
            return None  # 市场监管部门：加强检查: who it is, and what it does
        start = more.start() if more else start
    return LabelHead(start, match.end(), role + AND_LEADER if match["persons"] and role in OF_BODIES else role, "colon")


def unlisted(around: Around, n: int, before: str) -> LabelHead | None:
    """兑现单位：市财政局: a label of no list that names who bears, and not how."""
    start, end, role = around.labels[n]
    match = COLON.match(around.text, end) if role == ASKED else None
    return LabelHead(start, match.end(), Role.RESPONSIBLE.value, "unlisted") if match else None


def _unknown_qualifier(text: str, start: int) -> re.Match[str] | None:
    """The word between a semicolon and a label that belongs to it, though no list has it: ；|技术责任人："""
    word = _UNKNOWN_QUALIFIER.search(text, max(0, start - _LONGEST_LABEL), start)
    return word if word and not ends_as_body(word[0]) else None


def box(around: Around, n: int, before: str) -> LabelHead | None:
    """【责任单位】市司法局: the box replaces the colon; inside a sentence bearers must follow (见【责任单位】一栏)."""
    start, end, role = around.labels[n]
    match = CLOSED.match(around.text, end) if before in _BOXES else None
    if match is None:
        return None
    told = role not in OF_BODIES or around.text[start - 2 : start - 1] in _OPENS or start < 2
    return LabelHead(start - 1, match.end(), role, "box") if told or _bears(around.text, match.end()) else None


def filled(around: Around, n: int, before: str) -> LabelHead | None:
    """责任科室〖综治办〗，时限〖9月底〗: the bracket holds what a colon would; not 责任单位（市财政局）要报告."""
    text, (start, end, role) = around.text, around.labels[n]
    match = FILLED.match(text, end) if before in _OPENS else None
    stop = closing(text, match.end() - 1) if match else None
    if match is None or stop is None or not _BEHIND_FILLED.match(text, stop):
        return None
    words = text[match.end() : stop - 1].strip()
    holds = is_time(words) or begins_with_time(words) if role == "deadline" else role in OF_BODIES and _names(words)
    return LabelHead(start, match.end(), role, "filled") if holds else None


def _names(words: str) -> bool:
    """Whether words are nothing but names behind a label that asks for them: 法规科、办公室."""
    names = split(words).all_said
    return bool(names) and all(is_known_name(name.name) for name in names)


def verb(around: Around, n: int, before: str) -> LabelHead | None:
    """牵头单位为市发改委，配合单位为市财政局; not 明确牵头单位为财务处，责任单位为各学院。"""
    text, (start, end, role) = around.text, around.labels[n]
    match = VERB.match(text, end) if before in _OPENS else None
    if match is None or _told_of(text, before, start, around.heads):
        return None
    following = around.labels[n + 1][0] if n + 1 < len(around.labels) else len(text)
    stop = VERB_END.search(text, match.end(), max(match.end(), min(following, end + LONGEST_LINE)))
    bears = stop is not None and only_bearers(text[match.end() : stop.start()])
    return LabelHead(start, match.end(), role, "verb") if bears else None


def changed(around: Around, n: int, before: str) -> LabelHead | None:
    """责任单位由市水利局调整为市住建局: the new one bears, the old one is told."""
    text, (start, end, role) = around.text, around.labels[n]
    match = CHANGED.match(text, end) if role in OF_BODIES else None
    return LabelHead(start, match.end(), role, "changed") if match and _bears(text, match.end()) else None


def dash(around: Around, n: int, before: str) -> LabelHead | None:
    """责任单位——市司法局 · 协办科室/法规科: another sign replaces the colon, and bearers stand behind it."""
    text, (_, end, role) = around.text, around.labels[n]
    match = DASH.match(text, end) if before in _OPENS and role in OF_BODIES else None
    return LabelHead(around.labels[n][0], match.end(), role, "dash") if match and _bears(text, match.end()) else None


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
    says = _says(text, role, match.end(), min(limit, match.end() + LONGEST_LINE), around.gap)
    return LabelHead(start, match.end(), role, "blank") if says else None


# the forms of a label, in the order in which they are tried
FORMS: tuple[Callable[[Around, int, str], LabelHead | None], ...] = (
    unlisted,
    colon,
    box,
    filled,
    changed,
    verb,
    dash,
    lost_colon,
    blank,
)


def _told_of(text: str, before: str, start: int, heads: list[LabelHead]) -> bool:
    """Whether a label behind a comma goes on in a sentence that no label opens: 明确牵头单位为财务处，责任单位为各学院。"""
    if before not in _COMMAS:
        return False
    opened = heads[-1].content if heads else -REACH
    return start - opened > REACH or SENTENCE_END.search(text, opened, start) is not None


def _says(text: str, role: str, start: int, limit: int, gap: re.Pattern[str]) -> bool:
    """Whether a label that lost its colon (牵头单位 市委政法委 完成时限 2019年底) has behind it what it asks for."""
    line = BREAK.search(text, start, limit)
    if role == "deadline":
        return begins_with_time(text[start : line.start() if line else limit])
    if role == Role.LEADER:
        return only_persons(text, *trim(text, start, line.start() if line else limit))
    if role not in OF_BODIES:
        return False
    end = line_end(text, start, limit, role, gap)
    return only_bearers(text[slice(*trim(text, start, bracket_end(text, start, end)))])


def _in_bracket(text: str, labels: list[Token], n: int) -> bool:
    """Whether a label without a colon opens a bracket, and only bearers stand behind it: （责任单位；市财政局）."""
    start, end, role = labels[n]
    stop = closing(text, start - 1)
    if role not in OF_BODIES or stop is None:
        return False
    following = labels[n + 1][0] if n + 1 < len(labels) else stop
    return only_bearers(text[slice(*trim(text, _content_at(text, end), min(stop - 1, following)))])


def _content_at(text: str, label_end: int) -> int:
    """Where what a label without a colon says begins."""
    lost = LOST_COLON.match(text, label_end)
    return lost.end() if lost else label_end
