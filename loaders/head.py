"""Head: what a document says of itself: title, reference number, issuers, region, date, kind.

1. The title is the first 关于印发《…》的通知, else the first line that ends with a word for a plan (方案, 意见, 措施 …).
2. The reference number counts only in the document's own head, never behind a cited 《…》.
3. Issuers are whole lines that are an organ's name, else the organ before 关于 in the title; the region is the place in
   them, else in the title.  The date is a line of its own in the head, else the caller's.

>>> h = read_head("娄底市人民政府\\n关于印发《娄底市依法行政工作要点》的通知\\n娄政发〔2017〕4号\\n2017年3月16日\\n一、", 52, ParseOptions())
>>> h.title, h.reference_number, h.issuers, h.region, h.issued_on
('娄底市依法行政工作要点', '娄政发〔2017〕4号', ('娄底市人民政府',), '娄底市', '2017-03-16')

Left to others: the document's deadlines, duties and citations (`plan`).
"""

import re
from dataclasses import dataclass

from graph.model import ParseOptions, Span

KIND = r"(?:实施方案|工作方案|行动方案|行动计划|实施意见|若干意见|指导意见|实施细则|若干措施|重点任务分工表?|责任分工方案|任务分解表?|工作要点|工作安排|折子工程|方案|意见|措施|计划|规划|细则|办法|要点|安排|规定|预案|清单|制度|工程|政策|分工)"
ANNOUNCED = re.compile(r"(?:关于)?印发\s*《(?P<title>[^》]{4,120})》\s*的?\s*通知")
TITLE_LINE = re.compile(
    rf"(?:^|\n)[ \t\u3000\xa0]*(?P<title>[^\n。；;,，:：]{{4,80}}?{KIND}(?:[(（][^()（）\n]{{1,12}}[)）])?)[ \t\u3000\xa0]*(?=\n|$)"
)
TITLE_ANYWHERE = re.compile(rf"(?P<title>[\u4e00-\u9fff][^\s。；;,，:：]{{3,60}}?{KIND})(?=的通知|\s|$)")
KIND_END = re.compile(rf"{KIND}(?=(?:[(（][^()（）]*[)）])?(?:的通知)?$)")
REFERENCE = re.compile(r"(?P<number>[\u4e00-\u9fff]{1,10}[〔\[［(（]20\d\d[〕\]］)）]\s*第?\d{1,4}\s*号)")
CITED = re.compile(r"[》)）][ \t]*[(（]$")

PLACE = r"(?:[\u4e00-\u9fff]{2,7}?(?:省|自治区|自治州|地区|盟)|[\u4e00-\u9fff]{2,4}?[市州])?(?:[\u4e00-\u9fff]{1,6}?(?:市|县|区|旗|州|镇|乡|盟|省))?"
ORGAN = re.compile(
    rf"""
    (?P<national>中共中央|国务院)(?:办公厅)?
  | (?:中共|中国共产党)(?P<party>{PLACE})委(?:员会)?(?:办公厅|办公室)?
  | (?P<government>{PLACE})人民政府(?:办公厅|办公室)?
    """,
    re.VERBOSE,
)
ORGAN_LINE = re.compile(rf"(?:^|\n)[ \t\u3000\xa0]*(?P<organ>{ORGAN.pattern})[ \t\u3000\xa0]*(?=\n|$)", re.VERBOSE)
ORGAN_ANNOUNCING = re.compile(rf"(?P<organ>{ORGAN.pattern})\s*(?:关于|印发)", re.VERBOSE)
REGION = re.compile(
    r"(?P<place>[\u4e00-\u9fff]{2,8}?(?:省|自治区|自治州|市|盟|县|区|旗|镇)(?:[\u4e00-\u9fff]{1,4}?[县区市旗镇])?)"
)
NATIONAL = re.compile(
    r"^(?:中共中央|国务院|国家|中华人民共和国|[\u4e00-\u9fff]{2,8}(?:部|总局|总署)(?:关于|印发|办公厅|\s))"
)
# a head is at most this long; a title without a line of its own stands at the very beginning
_LONGEST_HEAD, _TITLE_REACH = 4000, 400
DATE_LINE = re.compile(
    r"(?:^|\n|\s)[ \t\u3000\xa0]*(?P<year>20\d\d)年(?P<month>\d{1,2})月(?P<day>\d{1,2})日[ \t\u3000\xa0]*(?=\n|\s|$)"
)


@dataclass(frozen=True, slots=True)
class Head:
    title: str | None
    kind: str
    reference_number: str | None
    issuers: tuple[str, ...]
    region: str | None
    issued_on: str | None
    places: tuple[Span, ...]
    dated: tuple[Span, ...]  # the place of the date of issue, if the text has it


def read_head(text: str, end: int, options: ParseOptions) -> Head:
    """The head of a document whose body begins at ``end``; what the caller said fills what the text does not say."""
    end = min(len(text), max(end, 200), _LONGEST_HEAD)
    places: list[Span] = []
    title = None
    for expression, reach in ((ANNOUNCED, end), (TITLE_LINE, end), (TITLE_ANYWHERE, _TITLE_REACH)):
        match = expression.search(text, 0, min(end, reach))
        if match:
            title = re.sub(r"\s+", "", match["title"])
            places.append(match.span("title"))
            break
    reference = next(
        (m for m in REFERENCE.finditer(text, 0, end) if not CITED.search(text, max(0, m.start() - 4), m.start())), None
    )
    if reference:
        places.append(reference.span())
    issuers = _issuers(text, end, places)
    region = options.region or _region(issuers, title, text[:end])
    date = DATE_LINE.search(text, 0, end)
    issued_on = options.issued_on
    dated: tuple[Span, ...] = ()
    if date and 1 <= int(date["month"]) <= 12 and 1 <= int(date["day"]) <= 31:
        issued_on = f"{date['year']}-{int(date['month']):02}-{int(date['day']):02}"
        dated = ((date.start("year"), date.end("day") + 1),)
    kind = KIND_END.search(title) if title else None
    return Head(
        title,
        kind[0] if kind else "",
        re.sub(r"\s+", "", reference["number"]) if reference else None,
        issuers,
        region,
        issued_on,
        (*places, *dated),
        dated,
    )


def _issuers(text: str, end: int, places: list[Span]) -> tuple[str, ...]:
    found: dict[str, Span] = {}
    for match in ORGAN_LINE.finditer(text, 0, end):
        found.setdefault(match["organ"], match.span("organ"))
    if not found:
        announcing = ORGAN_ANNOUNCING.search(text, 0, min(end, _TITLE_REACH))
        if announcing:
            found[announcing["organ"]] = announcing.span("organ")
    places.extend(found.values())
    return tuple(found)


def _region(issuers: tuple[str, ...], title: str | None, head: str) -> str | None:
    for issuer in issuers:
        match = ORGAN.fullmatch(issuer)
        if match and match["national"]:
            return "全国"
        place = match and (match["party"] or match["government"])
        if place:
            # 娄底市 of 中共娄底市委: the expression took 中共 and 委 away; 娄底 alone is its city
            return place if place[-1] in "省市县区旗州盟镇乡" else f"{place}市"
    if NATIONAL.match(title or head.lstrip()):
        return "全国"
    place_in_title = REGION.match(title or "")
    return place_in_title["place"] if place_in_title else None
