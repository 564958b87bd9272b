"""Deadlines: the times that `loaders.times` reads, each with the rule that makes it a deadline.

A date in a completion clause is the item's own (``default``), a date in the body belongs to a task (``explicit``); if
the year is that of issue, the rule says so. Recurrences, durations, events, continuing work and times that were not
understood keep their words.

>>> [(d.kind.value, d.date) for d in completion("2017年年底前一律下放，汛期前公布", (0, 18), Issue(2017))]
[('default', '2017-12-31'), ('event', None)]

Left to others: reading times (`loaders.times`), which deadline holds for an item (`loaders.items.items`), expanding
recurrences (`graph.dates.workdays`).
"""

from msgspec import Struct

from graph.model import DeadlineKind, Precision, Span, TimingKind
from loaders.lexicon.scan import Tokens
from loaders.rule import Rule, gives
from loaders.times.bodies import body_times
from loaders.times.clauses import clause_times
from loaders.times.time import Issue, Time

__all__ = ["DeadlineMatch", "Issue", "body_phrases", "completion"]


class DeadlineMatch(Struct, frozen=True):
    """One time phrase; ``span`` is its place in the given text.

    At most one of date, recurrence and duration is set; ``why`` says why a time was not understood.
    """

    kind: DeadlineKind
    span: Span
    rule: Rule
    date: str | None = None
    precision: Precision | None = None
    conditional: bool = False
    hedge: str | None = None
    recurrence: str | None = None
    duration: int | None = None
    duration_unit: str | None = None
    anchor: str | None = None
    why: str | None = None


def completion(text: str, content: Span, issue: Issue = Issue()) -> list[DeadlineMatch]:  # noqa: B008 - a value, never changed
    """What a completion clause demands: dates (conditional or not), recurrences, continuing work, events, and unread
    times.

    A month without a year takes that of ``issue``.
    """
    start, end = content
    return [_match(time.moved(start), in_body=False) for time in clause_times(text[start:end], issue)]


def body_phrases(text: str, tokens: Tokens, issue: Issue, titles: list[Span]) -> list[DeadlineMatch]:
    """Every time phrase outside ``titles`` (2016—2020年 in 《》 is part of a name), in text order.

    One that says how long the document holds (有效期至2027年12月31日) is of the document alone.
    """
    return [_match(time, in_body=True) for time in body_times(text, tokens.times, issue, titles)]


def _match(time: Time, *, in_body: bool) -> DeadlineMatch:
    kind, rule = (_IN_BODY if in_body else _IN_CLAUSE)[time.kind]
    if time.why == "validity":
        kind, rule = DeadlineKind.DOCUMENT, VALIDITY
    elif time.assumed:
        rule = YEAR_OF_ISSUE
    return DeadlineMatch(
        kind,
        time.span,
        rule,
        time.date,
        time.precision,
        time.conditional,
        time.hedge,
        time.rule,
        time.length,
        time.unit,
        time.anchor,
        time.why,
    )


COMPLETION_CLAUSE = Rule(
    "completion-clause", "", "deadline", "完成时限栏中的日期", completion,
    (
        gives("1.清理。\n责任单位：市司法局\n完成时限：2018年底前\n", "default 2018-12-31"),
        gives("1.清理。\n责任单位：市司法局\n完成时限：2021年6月底完成主体，9月底验收\n", "default 2021-06-30", "default 2021-09-30"),
        gives("1.清理。\n责任单位：市司法局\n完成时限：2024年9月15日至10月15日\n", "default 2024-10-15"),
    ),
    ("1.清理。\n责任单位：市司法局\n完成时限：长期坚持\n", "1.2018年底前完成清理。\n责任单位：市司法局\n"),
)  # fmt: skip
ONGOING_CLAUSE = Rule(
    "ongoing-clause", "", "deadline", "完成时限栏中的长期、持续，正文中的常态化开展", completion,
    (
        gives("1.清理。\n责任单位：市司法局\n完成时限：长期坚持\n", "ongoing"),
        gives("1.清理。\n责任单位：市司法局\n完成时限：持续推进\n", "ongoing"),
        gives("1.常态化开展清理。\n责任单位：市司法局\n", "ongoing"),
    ),
    ("1.长期以来问题突出，要清理。\n责任单位：市司法局\n", "1.清理。\n责任单位：市司法局\n完成时限：2018年底前\n"),
)  # fmt: skip
YEAR_OF_ISSUE = Rule(
    "year-of-issue", "", "deadline", "没有年份的日期按印发之年", completion,
    (
        gives("1.清理。\n责任单位：市司法局\n完成时限：6月底前\n", "default 2026-06-30"),
        gives("1.清理。\n责任单位：市司法局\n完成时限：明年9月15日前\n", "default 2027-09-15"),
        gives("1.于9月15日前完成清理。\n责任单位：市司法局\n", "explicit 2026-09-15"),
    ),
    ("1.清理。\n责任单位：市司法局\n完成时限：2018年6月底前\n", "1.清理。\n责任单位：市司法局\n完成时限：6个月内\n"),
)  # fmt: skip
DATE_PHRASE = Rule(
    "date-phrase", "", "deadline", "正文中到期的日期", body_phrases,
    (
        gives("1.2026年6月底前完成清理。\n责任单位：市司法局\n", "explicit 2026-06-30"),
        gives("1.到2027年底，全部公开。\n责任单位：市司法局\n", "explicit 2027-12-31"),
    ),
    (
        "1.落实2026年工作要点。\n责任单位：市司法局\n",
        "1.自2026年6月1日起施行新办法。\n责任单位：市司法局\n",
        "1.对2026年6月30日前入职的人员给予补贴。\n责任单位：市司法局\n",
    ),
)  # fmt: skip
RECURRING = Rule(
    "recurrence", "", "deadline", "每年、每季、每月", body_phrases,
    (
        gives("1.每年2月底前报告工作。\n责任单位：市司法局\n", "recurring FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1"),
        gives("1.每季度通报一次。\n责任单位：市司法局\n", "recurring FREQ=MONTHLY;INTERVAL=3"),
        gives("1.清理。\n责任单位：市司法局\n完成时限：每周五前\n", "recurring FREQ=WEEKLY;BYDAY=FR"),
    ),
    ("1.每年每人不超过3000元。\n责任单位：市司法局\n", "1.逐年完善。\n责任单位：市司法局\n"),
)  # fmt: skip
COUNTED = Rule(
    "duration", "", "deadline", "自某事起若干日内", body_phrases,
    (
        gives("1.自公布之日起30个工作日内备案。\n责任单位：市司法局\n", "duration 30 工作日"),
        gives("1.三个月内整改到位。\n责任单位：市司法局\n", "duration 3 个月"),
        gives("1.用2年时间完成清理。\n责任单位：市司法局\n", "duration 2 年"),
    ),
    (
        "1.年内完成清理。\n责任单位：市司法局\n",
        "1.工作日照常办理。\n责任单位：市司法局\n",
        "1.一年内发生多起案件的，重点清理。\n责任单位：市司法局\n",
    ),
)  # fmt: skip
EVENT_TIME = Rule(
    "event-time", "", "deadline", "系于某事、没有日期的时限", completion,
    (
        gives("1.清理。\n责任单位：市司法局\n完成时限：2026年汛期前\n", "event"),
        gives("1.国庆节前完成清理。\n责任单位：市司法局\n", "event"),
    ),
    ("1.清理。\n责任单位：市司法局\n完成时限：2026年6月底前\n", "1.做好防汛工作。\n责任单位：市司法局\n"),
)  # fmt: skip
UNREAD_TIME = Rule(
    "unread-time", "", "deadline", "写了时限而没有读懂，只保留原话", completion,
    (
        gives("1.清理。\n责任单位：市司法局\n完成时限：13月底前\n", "unread"),
        gives("1.清理。\n责任单位：市司法局\n完成时限：尽快完成\n", "unread"),
    ),
    ("1.清理。\n责任单位：市司法局\n完成时限：2026年6月底前\n", "1.尽快完成清理。\n责任单位：市司法局\n"),
)  # fmt: skip
VALIDITY = Rule(
    "validity", "", "deadline", "文件自己的有效期", body_phrases,
    (
        gives("1.清理。\n责任单位：市司法局\n本办法有效期至2028年12月31日。\n", "document 2028-12-31"),
        gives("1.清理。\n责任单位：市司法局\n本政策执行期为自发布之日起三个月。\n", "document 3 个月"),
    ),
    ("1.清理。\n责任单位：市司法局\n完成时限：2026年底前\n", "1.证书有效，2026年底前清理。\n责任单位：市司法局\n"),
)  # fmt: skip
LAST_DAY = Rule(
    "last-day-of-month", "", "deadline", "当月没有这一天，按当月最后一天，并提示", completion,
    (
        gives("1.清理。\n责任单位：市司法局\n完成时限：2026年9月31日前\n", "default 2026-09-30"),
        gives("1.清理。\n责任单位：市司法局\n完成时限：2026年2月30日\n", "default 2026-02-28"),
    ),
    ("1.清理。\n责任单位：市司法局\n完成时限：2026年3月1日至4月30日\n", "1.清理。\n责任单位：市司法局\n完成时限：2026年9月底\n"),
)  # fmt: skip
TIME_RULES = (
    LAST_DAY,
    COMPLETION_CLAUSE, ONGOING_CLAUSE, YEAR_OF_ISSUE, DATE_PHRASE, RECURRING, COUNTED, EVENT_TIME, UNREAD_TIME, VALIDITY,
)  # fmt: skip
_IN_CLAUSE = {
    TimingKind.DATED: (DeadlineKind.DEFAULT, COMPLETION_CLAUSE),
    TimingKind.RECURRING: (DeadlineKind.RECURRING, RECURRING),
    TimingKind.DURATION: (DeadlineKind.DURATION, COUNTED),
    TimingKind.ONGOING: (DeadlineKind.ONGOING, ONGOING_CLAUSE),
    TimingKind.EVENT: (DeadlineKind.EVENT, EVENT_TIME),
    TimingKind.UNREAD: (DeadlineKind.UNREAD, UNREAD_TIME),
}
_IN_BODY = _IN_CLAUSE | {TimingKind.DATED: (DeadlineKind.EXPLICIT, DATE_PHRASE)}
