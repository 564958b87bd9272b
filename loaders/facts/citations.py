"""Citations: instruments named in 《》, and the relation of the plan to each.

1. A title runs from 《 to its own 》, nested 《》 and 〈〉 kept inside; white space and line breaks stay in ``as_written``.
2. The relation comes from the nearest governing word: 制定, 出台 (produces), 修订, 完善 (revises), 废止 (repeals), 落实, 贯彻, 执行
   (implements), 依据, 按照 (basis); words after the title can give it, too (《…》出台).  《甲》和《乙》 share the word of the first.
3. The instrument is the vocabulary's record of that title, else national by its name, else of the place in its name; a
   generic title (《意见》) stays the document's own, unresolved.

>>> text = "严格执行《湖南省行政程序规定》,完善《娄底市听证目录》。"
>>> [(c.title, str(c.relation)) for c in citations(text, [(4, 5, "《"), (18, 19, "《")])]
[('湖南省行政程序规定', 'implements'), ('娄底市听证目录', 'revises')]

Left to others: titles without 《》.
"""

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from graph.model import Regulation, RegulationRef, Relation, Span
from graph.names import fold
from loaders.lexicon.places import place_at_start
from loaders.lexicon.scan import Token
from loaders.lexicon.vocabulary import load_yaml
from loaders.phrases.sentences import clause, sentence_start
from loaders.rule import Rule, gives


class CitationMatch(NamedTuple):
    """One citation; ``span`` includes 《》, ``clause`` is the comma clause that gives the relation."""

    title: str
    span: Span
    relation: Relation
    clause: Span
    rule: Rule


# the words that govern a title, nearest one wins; 制定实施 and 制定并公布 are read as 制定
GOVERNING = re.compile(
    r"""
    (?P<repeals> 不再(?:执行|实施|适用) | 废止 | 取消 | 停止执行 )
  | (?P<produces> 制定 | 制订 | 出台 | 编制 | 起草 | 拟定 | 研究提出 )
    (?: 并? (?: 实施 | 公布 | 公开 | 印发 | 发布 | 完善 ) )?
  | (?P<revises> (?<!新)(?:修订|修改)(?![后的]) | 完善 | 健全 | 调整 )  # 修订 ; not 新修订, 修改后, 修订的
  | (?P<implements> 落实 | 贯彻 | 执行 | 实施 | 遵守 | 完成 | 推进 )
  | (?P<basis> 依据 | 根据 | 按照 | 依照 | 遵照 | 参照 | 按 )
    """,
    re.VERBOSE,
)
# what follows a title: 《…》出台 ; 《…》赋予的 ; 《…》确定的任务 ; 《…》规定 after 按照 needs nothing
BEHIND_TITLE = re.compile(
    r"""
    (?P<produces> (?:的)? (?: 制定 | 出台 | 起草 | 编制 ) ) (?!的)   # 《…》的起草 ; not 《…》制定的
  | (?P<revises> (?:的)? (?: 修订 | 修改 ) ) (?!的)
  | (?P<basis>
        赋予
      | 规定的
      | (?:等)? (?:有关|相关)? (?:规定|要求|精神) (?:和要求)? [，,]  # 《…》等有关规定和要求，
    )
  | (?P<implements>
        (?: 确定 | 明确 | 提出 | 部署 ) 的
      | (?:的)? (?:宣传)? (?: 贯彻 | 落实 | 执行 | 实施 )            # 《…》的宣传贯彻
    )
    """,
    re.VERBOSE,
)
# between two titles of one enumeration: 《甲》《乙》和《丙》, with an issuer: 《甲》、湖南省委省政府《乙》
CHAIN = re.compile(r"(?:[(（][^()（）]{0,30}[)）])?[、，,和及与以\s]{0,3}[\u4e00-\u9fff]{0,12}")
# 关于印发《…》的通知, 现将《…》 ; a bare 印发 only where no verb of making stands before it (制定印发《…》)
ANNOUNCES = re.compile(r"(?:印发|转发|发布|公布|解读|通过了?|现将|将)(?:了)?$|^[》]?(?:的?(?:通知|政策解读)|已经|印发)")
UNLIKE = re.compile(r"(?:规定)?(?:不一致|不符|相抵触|不相适应|冲突)")
NEWSPAPER = re.compile(r"(?<![通公简汇呈申填年月周季快预])报$")
# a title that says the kind alone, and no more of its subject than two characters: 实施意见 · 考核办法 ; not 行政程序规定
GENERIC_TITLE = re.compile(
    r"""
    ^ (?:实施)?
    (?: 意见 | 办法 | 方案 | 纲要 | 规定 | 规则 | 细则 | 条例 | 通知 | 规划 | 计划 | 决定 | 措施 | 目录 | 标准
      | [\u4e00-\u9fff]{2} (?: 规则 | 纲要 | 办法 | 意见 | 方案 | 规划 | 计划 | 决定 )
    ) $
    """,
    re.VERBOSE,
)
NATIONAL = re.compile(
    r"^[^省市县区]{2,20}(?<!办)法$|^(?:中华人民共和国|国务院|中共中央|全国|中国共产党|国家|最高人民(?:法院|检察院))"
)


def citations(text: str, titles: list[Token]) -> Iterator[CitationMatch]:
    """Every title in 《》, in text order, except newspapers."""
    end = 0
    previous: CitationMatch | None = None
    for start, opened, _ in titles:
        close = _close(text, opened) if start >= end else None
        if close is None:
            continue
        chained = previous is not None and CHAIN.fullmatch(text, end, start) is not None
        end = close
        title = _BLANK.sub(" " if text[opened:close].isascii() else "", text[opened : close - 1])
        if not title or NEWSPAPER.search(title):
            continue
        relation, rule = _relation(text, start, close, previous if chained else None)
        previous = CitationMatch(title, (start, close), relation, clause(text, start, close), rule)
        yield previous


_DEEPEST = 3
_BLANK = re.compile(r"\s+")


def _close(text: str, opened: int) -> int | None:
    depth, limit = 1, min(len(text), opened + 200)
    first = text.find("》", opened, limit)
    if first < 0 or text.find("《", opened, first) < 0:
        return first + 1 if first >= 0 else None  # most titles hold no other
    for at in range(opened, limit):
        if text[at] == "《":
            depth += 1
            if depth > _DEEPEST:
                return None
        elif text[at] == "》":
            depth -= 1
            if not depth:
                return at + 1
    return None


def _relation(text: str, start: int, close: int, previous: CitationMatch | None) -> tuple[Relation, Rule]:
    low = sentence_start(text, start)
    reach = previous.span[1] if previous else max(low, start - 40)
    words = list(GOVERNING.finditer(text, reach, start))
    if text.startswith("与", start - 1) and UNLIKE.match(text, close):
        return Relation.MENTIONS, NO_GOVERNING_WORD  # 废止与《甲条例》不一致的文件
    made = bool(words) and words[-1].lastgroup == "produces" and words[-1].end() == start
    if not made and ANNOUNCES.search(text[max(low, start - 4) : start]):
        return Relation.MENTIONS, TITLE_ANNOUNCED
    if previous and not words:
        return previous.relation, SHARED_WORD
    after = BEHIND_TITLE.match(text, close)
    if words and words[-1].lastgroup == "basis":
        return Relation.BASIS, GOVERNING_WORD
    if after and after.lastgroup in ("produces", "revises"):
        return Relation(after.lastgroup), WORD_BEHIND_TITLE
    if words:
        # 制定贯彻《…》的实施意见: what is made is the opinion, the title is what it carries out
        word = words[-1] if text.startswith("的", close) else _first_of_run(text, words)
        return Relation(word.lastgroup or ""), GOVERNING_WORD
    if after:
        return Relation(after.lastgroup or ""), WORD_BEHIND_TITLE
    return Relation.MENTIONS, NO_GOVERNING_WORD


def _first_of_run(text: str, words: list[re.Match[str]]) -> re.Match[str]:
    """Of 修订完善《…》 or 制定实施《…》 the first verb governs: verbs that touch are one run."""
    n = len(words) - 1
    while n and not text[words[n - 1].end() : words[n].start()].strip("和并、及"):
        n -= 1
    return words[n]


# 《甲规划纲要》（青发〔2017〕1号，以下简称《纲要》): what stands between a title and its short one
SHORT = re.compile(
    r"\s*(?:[（(][^（）()《》]{0,40}[)）]\s*)?[（(](?:[^（）()《》，,]{0,40}[，,])?\s*以下(?:统|简)?称(?:为)?\s*"
)


# 《甲办法》（国发〔2016〕51号）, 《乙条例》（国务院令第722号）: the number behind a title, and whose it is
DOCUMENT_NUMBER = re.compile(
    r"""
    \s* [（(] \s*
    (?P<number>
        [\u4e00-\u9fff]{1,12} [〔\[（(［] 20\d\d [〕\]）)］] \s* 第? \d{1,4} \s* 号  # 国发〔2016〕51号
      | (?:中华人民共和国)? (?:国务院|主席)令 \s* 第? \s* \d{1,4} \s* 号  # 国务院令第722号
    )
    """,
    re.VERBOSE,
)
OF_THE_STATE = re.compile(r"国发|国办|国函|中发|中办|国务院令|主席令|中华人民共和国")


def short_titles(text: str, titles: list[CitationMatch]) -> dict[str, str]:
    """Short title -> the title it stands for, as the text itself says (以下简称《实施纲要》)."""
    return {
        short.title: full.title
        for full, short in pairwise(titles)
        if SHORT.fullmatch(text, full.span[1], short.span[0])
    }


class Regulations:
    """The instruments of one document; every title is resolved once, a short title as the title it stands for."""

    def __init__(self, document: str, region: str | None) -> None:
        self._document = document
        self._region = region
        self._regulations: dict[str, Regulation] = {}
        self._by_title: dict[str, RegulationRef] = {}
        self._short: dict[str, str] = {}
        self._numbers: dict[str, str] = {}

    def learn(self, text: str, titles: list[CitationMatch]) -> None:
        """Learn from the text which title a short one stands for, and the document number after a title."""
        self._short = short_titles(text, titles)
        behind = ((found.title, DOCUMENT_NUMBER.match(text, found.span[1])) for found in titles)
        self._numbers = {title: re.sub(r"\s", "", match["number"]) for title, match in behind if match}

    def resolve(self, title: str) -> RegulationRef:
        """The instrument of a title as cited."""
        found = self._by_title.get(title)
        if not found:
            regulation = self._make(self._short.get(title, title))
            self._regulations.setdefault(regulation.id, regulation)
            found = self._by_title[title] = RegulationRef(regulation.id, self._regulations[regulation.id].title)
        return found

    def all(self) -> tuple[Regulation, ...]:
        return tuple(self._regulations.values())

    def _make(self, title: str) -> Regulation:
        folded = fold(title)
        known = _vocabulary().get(folded)
        if known:
            return known
        if GENERIC_TITLE.match(folded):
            return Regulation(f"{self._document}:{folded}", title, None, None, None, True, None)
        number = self._numbers.get(title)
        national = (
            NATIONAL.match(folded) is not None
            or self._region == "全国"
            or (number is not None and OF_THE_STATE.match(number) is not None)
        )
        return Regulation(_id(folded, self._region, national), title, number, None, None, False, None)


def _id(folded: str, issuer: str | None, national: bool) -> str:
    """The title alone when it is national or names its place; else the place of its issuer stands before it."""
    if national or NATIONAL.match(folded) or place_at_start(folded) or not issuer:
        return folded
    return f"{fold(issuer)}:{folded}"


@cache
def _vocabulary() -> dict[str, Regulation]:
    """folded title or alias -> instrument."""
    table: dict[str, Regulation] = {}
    for record in load_yaml("regulations")["regulations"]:
        regulation = Regulation(
            id=_id(fold(record["title"]), record["issuer"], record["national"]),
            title=record["title"],
            reference_number=record["reference_number"],
            issuer=record["issuer"],
            kind=record["kind"],
            unresolved=False,
            source=record["source"],
        )
        table |= {fold(form): regulation for form in (record["title"], *record["aliases"])}
    return table


GOVERNING_WORD = Rule(
    "governing-word", "", "citation", "书名号前最近的动词定关系", citations,
    (
        gives("1.落实《青川省行政程序规定》。\n责任单位：市司法局\n", "implements 青川省行政程序规定"),
        gives("1.制定《青川市听证办法》。\n责任单位：市司法局\n", "produces 青川市听证办法"),
    ),
    ("1.宣传《青川省行政程序规定》。\n责任单位：市司法局\n", "1.落实行政程序规定。\n责任单位：市司法局\n"),
)  # fmt: skip
NO_GOVERNING_WORD = Rule(
    "no-governing-word", "", "citation", "没有动词的只算提到", citations,
    (
        gives("1.宣传《青川省行政程序规定》。\n责任单位：市司法局\n", "mentions 青川省行政程序规定"),
        gives("1.废止与《青川省立法规定》不一致的文件。\n责任单位：市司法局\n", "mentions 青川省立法规定"),
    ),
    ("1.落实《青川省行政程序规定》。\n责任单位：市司法局\n", "1.宣传《青川日报》报道的做法。\n责任单位：市司法局\n"),
)  # fmt: skip
WORD_BEHIND_TITLE = Rule(
    "word-behind-title", "", "citation", "书名号后的词定关系", citations,
    (
        gives("1.加快《青川市听证办法》出台。\n责任单位：市司法局\n", "produces 青川市听证办法"),
        gives("1.做好《青川市立法规定》修订工作。\n责任单位：市司法局\n", "revises 青川市立法规定"),
    ),
    ("1.宣传《青川市听证办法》内容。\n责任单位：市司法局\n", "1.制定《青川市听证办法》。\n责任单位：市司法局\n"),
)  # fmt: skip
SHARED_WORD = Rule(
    "shared-word-of-enumeration", "", "citation", "并列的书名号同用第一个的动词", citations,
    (
        gives("1.落实《青川省行政程序规定》和《青川省立法规定》。\n责任单位：市司法局\n", "implements 青川省立法规定"),
        gives("1.依据《甲条例》、《乙条例》开展检查。\n责任单位：市司法局\n", "basis 乙条例"),
    ),
    ("1.落实《青川省行政程序规定》，修订《青川省立法规定》。\n责任单位：市司法局\n", "1.落实《青川省行政程序规定》。\n责任单位：市司法局\n"),
)  # fmt: skip
TITLE_ANNOUNCED = Rule(
    "title-announced", "", "citation", "印发、公布的标题只算提到", citations,
    (
        gives("1.现将《青川市听证办法》印发给你们。\n责任单位：市司法局\n", "mentions 青川市听证办法"),
        gives("1.学习关于印发《青川市听证办法》的通知。\n责任单位：市司法局\n", "mentions 青川市听证办法"),
    ),
    ("1.制定《青川市听证办法》。\n责任单位：市司法局\n", "1.落实《青川市听证办法》。\n责任单位：市司法局\n"),
)  # fmt: skip
CITATION_RULES = (GOVERNING_WORD, NO_GOVERNING_WORD, WORD_BEHIND_TITLE, SHARED_WORD, TITLE_ANNOUNCED)
