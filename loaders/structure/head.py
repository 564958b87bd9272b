"""The head of a document: title, reference number, issuers, region, date, kind.

1. The title is the first 关于印发《…》的通知, else the first line that ends with a word for a plan (方案, 意见, 台账 …), else the
   line of a notice (关于做好…的通知), else the single cell above the head of the first table, else the name of the file: that
   is told.
2. The reference number counts only in the head of the document, never after a cited 《…》.
3. Issuers are whole lines with the name of an organ, else the organ before 关于 in the title (not in a cited 《…》), else
   the organ that signs, on the line above the date.  The region is the place in their names, else in the title.  The date
   is a separate line in the head or at the foot.
4. What the caller gives counts above what the text says; both are kept (`loaders.structure.corrections`).

>>> h = read_head("娄底市人民政府\\n关于印发《娄底市依法行政工作要点》的通知\\n娄政发〔2017〕4号\\n2017年3月16日\\n一、", 52, ParseOptions())
>>> h.title, h.reference_number, h.issuers, h.region, h.issued_on
('娄底市依法行政工作要点', '娄政发〔2017〕4号', ('娄底市人民政府',), '娄底市', '2017-03-16')

Left to others: the document's deadlines, duties and citations (`loaders.plan`).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from graph.model import Correction, ParseOptions, Span
from loaders.lexicon.bodies import is_certain_body
from loaders.lexicon.places import below_province, place_at_start, places_of
from loaders.structure.corrections import corrections

KIND = (
    r"(?:实施方案|工作方案|行动方案|行动计划|实施意见|若干意见|指导意见|实施细则|若干措施"
    r"|重点任务分工表?|责任分工方案|任务分解表?|工作要点|工作安排|折子工程"
    r"|(?:分工|任务|责任|分解|一览|明细|安排|计划|进度|推进|汇总|清单)表|台账"
    r"|方案|意见|措施|计划|规划|细则|办法|要点|安排|规定|预案|清单|制度|工程|政策|分工)"
)
ANNOUNCED = re.compile(r"印发\s*《(?P<title>[^》]{4,120})》\s*的?\s*通知")
ANNOUNCED_BARE = re.compile(rf"(?:^|(?<=\s))[^\s《》，。]{{0,40}}?关于印发(?P<title>[^《》\s]{{4,80}}?{KIND})的通知")
# 一、按照…安排 and 1.… are no titles: a title opens with neither a number that is no year nor a preposition
TITLE_LINE = re.compile(
    rf"""
    [ \t]*
    (?P<title>
        (?! [按根为依在对经] | (?!20\d\d年) [\d(（⒈-⒛] | [一二三四五六七八九十]+、 )
        [^\n\t。；;,，:：]{{2,80}}? {KIND}
        (?: [(（] [^()（）\n]{{1,12}} [)）] )?  # （试行）
    )
    [ \t]* (?= \n | $ )
    """,
    re.VERBOSE,
)
# 青川县关于做好节水工作的通知 : what it is about stands between 关于 and its kind
NOTICE_LINE = re.compile(
    r"""
    [ \t]*
    (?P<title>
        (?! [\d(（⒈-⒛] | [一二三四五六七八九十]+、 )
        [^\n\t。；;:：《》]{0,30}? 关于 [^\n\t。；;:：]{4,80} (?: 通知 | 通报 | 通告 | 公告 | 决定 | 批复 | 函 )
    )
    [ \t]* (?= \n | $ )
    """,
    re.VERBOSE,
)
YEAR = re.compile(r"^20\d\d年度?")  # 2024年青川县…
TITLE_ANYWHERE = re.compile(
    rf"(?:^|(?<=\s))(?P<title>(?![按根为依在对经]|[一二三四五六七八九十]+、)[\u4e00-\u9fff][^\s。；;,，:：]{{3,60}}?{KIND})(?=的通知|\s|$)"
)
KIND_END = re.compile(rf"{KIND}(?=(?:[(（][^()（）]*[)）])?(?:的通知)?$)")
# 娄发〔2017〕4号 on a line of its own or between blanks ; not 为贯彻国办发〔2017〕1号文件, not （川委发〔2017〕1号）
REFERENCE = re.compile(
    r"""
    (?: ^ | (?<=\s) ) [(（]?
    (?P<number>
        (?![为按根依]) [\u4e00-\u9fff]{1,10}                   # 娄发
        [〔\[［(（] 20\d\d [〕\]］)）] \s* 第? \d{1,4} \s* 号  # 〔2017〕4号
    )
    [)）]? (?= \s | $ )
    """,
    re.VERBOSE,
)

ORGAN = re.compile(
    r"""
    (?P<national> 中共中央 | 国务院 ) (?:办公厅)?
  | (?: 中共 | 中国共产党 ) (?P<party> [\u4e00-\u9fff]{2,24}? ) 委 (?:员会)? (?: 办公厅 | 办公室 )?  # 中共娄底市委
  | (?P<government> (?!各) [\u4e00-\u9fff]{2,24}? ) 人民政府 (?: 办公厅 | 办公室 )?  # 娄底市人民政府 ; not 各县人民政府
    """,
    re.VERBOSE,
)
ORGAN_LINE = re.compile(rf"[ \t]*(?P<organ>{ORGAN.pattern})(?:文件)?[ \t]*(?=\n|$)", re.VERBOSE)
ORGAN_ANNOUNCING = re.compile(rf"(?:^|(?<=\s))(?P<organ>{ORGAN.pattern})\s*(?:关于|印发)", re.VERBOSE)
_ANY_ORGAN = re.compile("中共|中国共产党|国务院|人民政府")  # one of them stands in every organ's name; found fast
NATIONAL = re.compile(
    r"(?:中共中央|国务院|国家[\u4e00-\u9fff]{2,8}|[\u4e00-\u9fff]{2,10}(?:部|总局|总署))(?:关于|印发|办公厅|\s)"
)
# a date of its own: nothing but a blank or a bracket before it. Looked for by its year, which is found faster than a blank
DATE = re.compile(r"(?P<year>20\d\d)年(?P<month>\d{1,2})月(?P<day>\d{1,2})日[)）]?[ \t]*(?=\s|$)")
BEFORE_DATE = re.compile(r"(?:^|[^\S\t])[(（]?$")  # behind a tab stands a cell
NO_SIGNATURE = re.compile(r"[^\u4e00-\u9fff（）()]|^各")  # 责任单位：市教育局, 各县市区人民政府
# the date below the signature, on a line of its own: ⏎2017年6月9日 · ⏎（2017年6月9日）
FOOT_DATE = re.compile(
    r"""
    \n [ \t]* [(（]?
    (?P<year> 20\d\d ) 年 (?P<month> \d{1,2} ) 月 (?P<day> \d{1,2} ) 日
    [)）]? [ \t]* (?= \n | $ )
    """,
    re.VERBOSE,
)
# alone above a table: 云岭市河湖管护重点工作 ; not 单位：万元, not 附件1
TITLE_CELL = re.compile(r"(?!附[件表]|[(（]?[单共第]|[一二三四五六七八九十\d]+[、.．])[^。；;:：\n]{5,60}")
_ENDING = re.compile(r"\.[A-Za-z0-9]{1,5}$")
_BEFORE_NAME = re.compile(r"^(?:附[件表]|\d{1,3}(?!\d)|[^\w《]|_)+")  # 01-… · 附件2：… ; not 2024年…
_BEHIND_NAME = re.compile(
    r"(?:[\W_]|定稿|终稿|副本|印发稿|最终版?|修改稿?|(?<![年第])\d+)+$", re.IGNORECASE
)  # （定稿） · (1)
_CHINESE = re.compile("[\u4e00-\u9fff]")
_LEAST_IN_NAME = 6  # Chinese characters: 方案.docx names nothing
_NO_TITLE = re.compile("新建|未命名|无标题|文档|微信图片|截图|扫描")
_LONGEST_FOOT = 600
_LINE = re.compile(r"\n")
_YEAR_IN_BRACKETS = re.compile(r"20\d\d[〕\]］)）]")  # every reference number has one
# a head is at most this long; a title without a line of its own stands at the very beginning
_LONGEST_HEAD, _TITLE_REACH = 4000, 400


@dataclass(frozen=True, slots=True)
class Head:
    title: str | None
    kind: str
    reference_number: str | None
    issuers: tuple[str, ...]
    region: str | None
    issued_on: str | None
    places: tuple[Span, ...]
    dated: tuple[Span, ...]  # the place of the date of issue, if the text has it and nobody corrected it
    titled: tuple[Span, ...]  # the place of the title, if the text has it and nobody corrected it
    by_name: bool = False  # the title is the name of the file
    corrections: tuple[Correction, ...] = ()


def read_head(
    text: str, end: int, options: ParseOptions, *, above: tuple[str, Span] | None = None, name: str | None = None
) -> Head:
    """The head of a document whose body begins at ``end``. What the caller says counts above what the text says;
    ``above`` is what stands alone above the head of its first table, ``name`` the name of its file.
    """
    end = min(len(text), max(end, 200), _LONGEST_HEAD)
    lines = [0, *(mark.end() for mark in _LINE.finditer(text, 0, end))]
    titled = _title(text, lines, end, above)
    reference = REFERENCE.search(text, 0, end) if _YEAR_IN_BRACKETS.search(text, 0, end) else None
    date = _date(text, end)
    dated = (date.start("year"), date.end("day") + 1) if date else None
    issuers = _issuers(text, lines, end, date.start() if date else None)
    head = text[:end]
    own = {
        "title": (titled and titled[0], titled and titled[1]),
        "reference_number": (
            re.sub(r"\s+", "", reference["number"]) if reference else None,
            reference.span("number") if reference else None,
        ),
        "issued_on": (_day(date) if date else None, dated),
        "region": (_region(tuple(issuers), titled[0] if titled else None, head), None),
    }
    given = corrections(options, own)
    said = {key: value for key, (value, _) in own.items()} | {fix.name: fix.given for fix in given}
    by_name = said["title"] is None and (of_file := title_of_file(name)) is not None
    title = of_file if by_name else said["title"]
    region = said["region"] if options.region else _region(tuple(issuers), title, head)
    kind = KIND_END.search(title) if title else None
    places = (span for key in ("title", "reference_number") if (span := own[key][1]))
    return Head(
        title,
        kind[0] if kind else "",
        said["reference_number"],
        tuple(issuers),
        _of_several(text, end, region) if region else None,
        said["issued_on"],
        (*places, *issuers.values(), *((dated,) if dated else ())),
        (dated,) if dated and said["issued_on"] == own["issued_on"][0] else (),
        (titled[1],) if titled and title == titled[0] else (),
        by_name,
        given,
    )


def _title(text: str, lines: list[int], end: int, above: tuple[str, Span] | None) -> tuple[str, Span] | None:
    match = (
        ANNOUNCED.search(text, 0, end)
        or (ANNOUNCED_BARE.search(text, 0, end) if text.find("关于印发", 0, end) >= 0 else None)
        or next(_at_lines(TITLE_LINE, text, lines, end), None)
        or TITLE_ANYWHERE.search(text, 0, min(end, _TITLE_REACH))
        or next(_at_lines(NOTICE_LINE, text, lines, end), None)
    )
    words, place = (match["title"], match.span("title")) if match else above or ("", (0, 0))
    if not match and not TITLE_CELL.fullmatch(words):
        return None
    return re.sub(r"\s+", "", words), place


def title_of_file(name: str | None) -> str | None:
    """The name of a file without its ending and what people put around a title; None if it says nothing.

    >>> title_of_file("附件2：云岭市河湖管护分工（定稿）.docx"), title_of_file("方案.docx")
    ('云岭市河湖管护分工', None)
    """
    words = _ENDING.sub("", re.sub(r"\s+", "", name or ""))
    words = _BEHIND_NAME.sub("", _BEFORE_NAME.sub("", words))
    return words if len(_CHINESE.findall(words)) >= _LEAST_IN_NAME and not _NO_TITLE.match(words) else None


def _at_lines(expression: re.Pattern[str], text: str, lines: list[int], end: int) -> Iterator[re.Match[str]]:
    """The matches at the beginnings of lines. An expression that looks for line breaks itself would try every place."""
    for start in lines:
        match = expression.match(text, start, end)
        if match:
            yield match


def _date(text: str, end: int) -> re.Match[str] | None:
    """The date of issue: a separate line in the head, else at the foot, where the last date belongs to the signature."""
    own = (m for m in DATE.finditer(text, 0, end) if BEFORE_DATE.search(text, max(0, m.start() - 2), m.start()))
    foot = reversed(list(FOOT_DATE.finditer(text, max(end, len(text) - _LONGEST_FOOT))))
    return next((match for match in (*own, *foot) if _day(match)), None)


def _issuers(text: str, lines: list[int], end: int, dated: int | None) -> dict[str, Span]:
    """The issuers and their places; ``dated`` is the place of the date of issue."""
    found: dict[str, Span] = {}
    for match in _at_lines(ORGAN_LINE, text, lines, end):
        found.setdefault(match["organ"], match.span("organ"))
    reach = min(end, _TITLE_REACH)
    if not found and _ANY_ORGAN.search(text, 0, reach):
        announcing = ORGAN_ANNOUNCING.search(text, 0, reach)
        if announcing and text.count("《", 0, announcing.start()) <= text.count("》", 0, announcing.start()):
            found[announcing["organ"]] = announcing.span("organ")
    if not found and dated is not None:
        last = len(text[:dated].rstrip())
        first = text.rfind("\n", 0, last) + 1
        signed = text[first:last].strip()
        if is_certain_body(signed) and not NO_SIGNATURE.search(signed):
            first = text.index(signed, first)
            found[signed] = first, first + len(signed)
    return found


def _day(match: re.Match[str]) -> str | None:
    """The date of a match of `DATE`; None if there is no such day."""
    try:
        return date(int(match["year"]), int(match["month"]), int(match["day"])).isoformat()
    except ValueError:
        return None


def _region(issuers: tuple[str, ...], title: str | None, head: str) -> str | None:
    for issuer in issuers:
        match = ORGAN.fullmatch(issuer)
        if match and match["national"]:
            return "全国"
        words = match and (match["party"] or match["government"])
        if words:
            # 中共娄底市委: 娄底市; of 湖南省娄底市 the prefecture names itself, a county keeps its city (南京市鼓楼区)
            return below_province(place_at_start(words if words[-1] in _SUFFIXES else f"{words}市"))
    words = YEAR.sub("", title or "")
    return below_province(place_at_start(words)) or ("全国" if NATIONAL.match(head.lstrip()) else None)


def _of_several(text: str, end: int, region: str) -> str:
    """The region with its prefecture, where several bear its name and head or foot name one of them: 石家庄市新华区."""
    said = [place for place in places_of(region) if place in text[:end] or place in text[-_LONGEST_FOOT:]]
    return said[0] if len(said) == 1 else region


_SUFFIXES = "省市县区旗州盟镇乡"
