"""Labels that assign an item or set its time: 牵头单位：市编办, （责任单位：市财政局）, 【责任单位】市司法局.

1. Each label of the lexicon is tried in the forms of `loaders.duties.label_heads`, in order; in prose (作为牵头单位的部门) it is only a word.
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

from bisect import bisect_left
from collections.abc import Iterator

from graph.model import Role, Span
from loaders.duties.brackets import who_and_when
from loaders.duties.clause import Clause, unremarked
from loaders.duties.label_ends import BLANK_ENDS, BRACKET_REACH, BREAK, OF_BODIES, field_end, line_end
from loaders.duties.label_heads import (
    AND_LEADER,
    FORMS,
    blank,
    box,
    changed,
    colon,
    dash,
    filled,
    heads_in,
    lost_colon,
    unlisted,
    verb,
)
from loaders.duties.reading import Reading
from loaders.lexicon.marks import trim
from loaders.phrases.bearers import only_bearers
from loaders.phrases.persons import persons, split_persons
from loaders.phrases.sentences import BRACKET, CLOSING, closing
from loaders.rule import Rule, gives
from loaders.times.places import TIME, TIME_SIGN, bracketed_time, split_time


def clauses(reading: Reading) -> Iterator[Clause]:
    """The clauses of labels in text order; none reaches into the next node of the outline."""
    text, markers = reading.text, [node.start for node in reading.nodes]
    gap = BLANK_ENDS if reading.flat else BREAK
    heads = heads_in(text, reading.tokens, markers, gap)
    last_bracket = (0, 0)
    opened = [token[0] for token in reading.tokens.brackets]
    for n, (start, content, role, form) in enumerate(heads):
        following = heads[n + 1].start if n + 1 < len(heads) else len(text)
        node = bisect_left(markers, content)
        if node < len(markers):
            following = min(following, markers[node])
        if form == "filled":
            following = min(following, (closing(text, content - 1) or following + 1) - 1)
        bracket: Span | None = last_bracket
        if not last_bracket[0] < start < last_bracket[1]:
            # most labels have no bracket before them
            behind = bisect_left(opened, start)
            bracket = _bracket(text, start) if behind and opened[behind - 1] >= start - BRACKET_REACH else None
        if not bracket:
            end = line_end(text, content, following, role, gap)
            span = start, end + (form == "filled")  # with the bracket that closes behind it
            yield from _told(text, Clause(role, span, unremarked(text, content, end), ON_LINE[form]))
            continue
        if bracket != last_bracket:
            yield from _before_label(text, bracket, start)
        last_bracket = bracket
        inside = unremarked(text, content, field_end(text, content, min(bracket[1] - 1, following)))
        behind = text.find("；", *inside) if role == Role.LEADER else -1
        if behind >= 0:  # （分管领导：林志远；市财政局、各镇街；年底前）
            yield from _without_label(text, bracket, (behind + 1, inside[1]))
            inside = inside[0], behind
        yield from _told(text, Clause(role, bracket, inside, IN_BRACKET[form]))


def _before_label(text: str, bracket: Span, label: int) -> Iterator[Clause]:
    """What stands in a bracket before its first label: a time (6月底完成，牵头单位：…) or bearers (市统计局牵头；完成时间：…)."""
    content = trim(text, bracket[0] + 1, label)
    if only_bearers(text[slice(*content)]):
        yield Clause("responsible", bracket, content, BEFORE_LABEL)
    elif TIME.search(text, *content):
        yield Clause("deadline", bracket, content, BEFORE_LABEL)


def _without_label(text: str, bracket: Span, span: Span) -> Iterator[Clause]:
    """What stands in a bracket behind the persons of a label and has none: bearers, and a time."""
    yield from who_and_when(text, bracket, trim(text, *span), BEHIND_PERSONS, BEHIND_PERSONS)


def _told(text: str, found: Clause) -> Iterator[Clause]:
    """A labelled clause, a time among its bearers apart; where its label asks for persons, one for each that it names."""
    if found.role == Role.LEADER:
        yield from (found._replace(content=name) for name in persons(text, *found.content))
    elif found.role.endswith(AND_LEADER):
        yield from with_persons(text, found._replace(role=found.role.removesuffix(AND_LEADER)))
    elif found.role == "deadline" or (found.role in OF_BODIES and not TIME_SIGN.search(text, *found.content)):
        yield found
    elif found.role in OF_BODIES:
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


def _bracket(text: str, label: int) -> Span | None:
    """The bracket in which a label stands, if it opens before it and closes behind it."""
    depth = 0
    for match in reversed(list(BRACKET.finditer(text, max(0, label - BRACKET_REACH), label))):
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
    "unlisted": Rule(
        _LINE, "unlisted", "duty", "词表以外的标签（某某单位、某某科室），一项之内只有它列出单位：按责任单位计入", unlisted,
        (
            gives("1.清理文件。\n扛责科室：法规科、办公室\n", "responsible 法规科、办公室"),
            gives("1.清理文件。扛责单位：市司法局。\n", "responsible 市司法局"),
            gives("任务一：清理文件。科室：法规科、信息科。\n任务二：公开清单。科室：法规科。\n", "responsible 法规科、信息科", "responsible 法规科"),
        ),
        ("1.清理文件。\n扛责单位：市司法局\n责任单位：市财政局\n", "1.清理文件。\n参会单位：市司法局\n", "1.清理文件。\n扛责单位：按月报送\n", "1.清理文件。\n科室：全体人员\n", "1.清理文件。\n教育部门：指导学校\n"),
    ),
    "box": Rule(
        _LINE, "box", "duty", "方框里的标签，方框代替冒号", box,
        (
            gives("1.清理文件。\n【责任单位】市司法局、市财政局\n", "responsible 市司法局、市财政局"),
            gives("1.清理文件。\n［牵头部门］：市编办\n", "lead 市编办"),
        ),
        ("1.清理文件。\n【责任单位要按月报送进展】\n", "1.清理文件。\n【政策依据】行政许可法\n"),
    ),
    "filled": Rule(
        _LINE, "filled", "duty", "标签后的括号里写单位或时限，括号代替冒号", filled,
        (
            gives("1.清理文件。牵头单位〔市司法局〕，配合单位〔市财政局、市编办〕\n", "lead 市司法局", "cooperating 市财政局、市编办"),
            gives("1.清理文件。责任科室〖法规科〗，节点〖9月底〗\n", "responsible 法规科", "deadline 9月底"),
        ),
        ("1.清理文件。责任单位（市财政局）要按月报送进展。\n", "1.清理文件。牵头单位（见附件）。\n"),
    ),
    "verb": Rule(
        _LINE, "verb", "duty", "标签后用「为」「是」，或直接写单位", verb,
        (
            gives("1.清理文件。牵头单位为市发改委，配合单位为市财政局。\n", "lead 市发改委", "cooperating 市财政局"),
            gives("1.清理文件。\n责任单位是市司法局。\n", "responsible 市司法局"),
        ),
        ("1.清理文件，明确牵头单位为财务处，责任单位为各学院。\n", "1.清理文件。责任单位为做好工作要建立台账。\n"),
    ),
    "dash": Rule(
        _LINE, "dash", "duty", "标签后用破折号、斜线或箭头代替冒号，后面只列单位", dash,
        (
            gives("1.清理文件。责任站所——镇水利站；协助站所——镇财政所\n", "responsible 镇水利站", "cooperating 镇财政所"),
            gives("1.清理文件。\n牵头单位→市编办、市司法局\n", "lead 市编办、市司法局"),
        ),
        ("1.清理文件。\n责任单位——要按月报送进展\n", "1.明确牵头单位/责任单位的职责。\n"),
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
    "unlisted": Rule(
        _PARENTHESIS, "unlisted", "duty", "括号内词表以外的标签，一项之内只有它列出单位：按责任单位计入", unlisted,
        (
            gives("1.清理文件。（扛责单位：市司法局；电话：12345）\n", "responsible 市司法局"),
            gives("1.清理文件。（6月底前，扛责部门：市司法局、市财政局）\n", "responsible 市司法局、市财政局"),
        ),
        ("1.清理文件。（扛责单位：市司法局；配合单位：市财政局）\n", "1.清理文件。（设计单位：市规划院）\n"),
    ),
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
    "dash": Rule(
        _PARENTHESIS, "dash", "duty", "括号内的标签后用破折号、斜线或箭头代替冒号", dash,
        (
            gives("1.清理文件（主办科室/法规科，协办科室/办公室）。\n", "lead 法规科", "cooperating 办公室"),
            gives("1.清理文件。（责任单位——市司法局）\n", "responsible 市司法局"),
        ),
        ("1.清理文件。（责任单位——要按月报送）\n", "1.清理文件（牵头单位/责任单位另行通知）。\n"),
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
IN_BRACKET["filled"] = ON_LINE["filled"]
ON_LINE["lost-colon"] = IN_BRACKET["lost-colon"]  # it stands in a bracket by its nature
BEFORE_LABEL = Rule(
    "narrative-parenthesis", "before-label", "duty", "括号内第一个标签之前的单位或时限", _before_label,
    (
        gives("1.清理文件。（市统计局牵头；完成时间：2018年底前）\n", "responsible 市统计局牵头"),
        gives("1.清理文件。（6月底完成，牵头单位：市编办）\n", "deadline 6月底完成"),
    ),
    ("1.清理文件。（详见附件，牵头单位：市编办）\n", "1.清理文件。（牵头单位：市编办）\n"),
)  # fmt: skip
BEHIND_PERSONS = Rule(
    "narrative-parenthesis", "behind-persons", "duty", "括号内标签所列人员之后、分号隔开的单位或时限", _without_label,
    (
        gives("1.清理文件。（分管领导：林志远；市司法局、各镇街；年底前）\n", "responsible 市司法局、各镇街", "deadline 年底前"),
        gives("1.清理文件。（牵头领导：张伟；市财政局）\n", "responsible 市财政局"),
    ),
    ("1.清理文件。（分管领导：林志远；另行通知）\n", "1.清理文件。（分管领导：林志远、张伟）\n"),
)  # fmt: skip
_OF_FORMS = dict.fromkeys([*ON_LINE.values(), *IN_BRACKET.values()])
RULES = (*sorted(_OF_FORMS, key=lambda rule: FORMS.index(rule.read)), BEFORE_LABEL, BEHIND_PERSONS)  # as they are tried
