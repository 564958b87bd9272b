"""Deadlines: dates of every precision, what only looks like one, recurrences, durations, completion clauses, due."""

import pytest

from loaders.facts.deadlines import DeadlineMatch, Issue, body_phrases, completion
from loaders.lexicon.scan import scan
from loaders.plan import parse_plan


def phrases(text: str, since: int = 2018) -> list[DeadlineMatch]:
    return body_phrases(text, scan(text), Issue(since), [])


def words(text: str, phrase: DeadlineMatch) -> str:
    return text[slice(*phrase.span)]


DATES = [
    # text, the phrase, the last day that still meets it, precision
    ("2019年底前完成", "2019年底前", "2019-12-31", "year"),
    ("2019年年底前完成", "2019年年底前", "2019-12-31", "year"),
    ("2019年底之前完成", "2019年底之前", "2019-12-31", "year"),
    ("2019年底以前完成", "2019年底以前", "2019-12-31", "year"),
    ("2019年末完成", "2019年末", "2019-12-31", "year"),
    ("2019年内完成", "2019年内", "2019-12-31", "year"),
    ("2019年以内完成", "2019年以内", "2019-12-31", "year"),
    ("2019年12月底前完成", "2019年12月底前", "2019-12-31", "month"),
    ("2019年6月底前完成", "2019年6月底前", "2019-06-30", "month"),
    ("2019年06月底前完成", "2019年06月底前", "2019-06-30", "month"),
    ("2019年6月前完成", "2019年6月前", "2019-06-30", "month"),  # as 30日前 includes the 30th
    ("2019年6月末前完成", "2019年6月末前", "2019-06-30", "month"),
    ("2019年6月份完成", "2019年6月份", "2019-06-30", "month"),
    ("2020年2月底前完成", "2020年2月底前", "2020-02-29", "month"),
    ("2019年2月底前完成", "2019年2月底前", "2019-02-28", "month"),
    ("2019年3月上旬完成", "2019年3月上旬", "2019-03-10", "month"),
    ("2019年3月初完成", "2019年3月初", "2019-03-10", "month"),
    ("2019年3月中旬完成", "2019年3月中旬", "2019-03-20", "month"),
    ("2019年3月下旬完成", "2019年3月下旬", "2019-03-31", "month"),
    ("2019年6月15日前完成", "2019年6月15日前", "2019-06-15", "day"),
    ("2019年6月15日之前完成", "2019年6月15日之前", "2019-06-15", "day"),
    ("2019年6月30号以前完成", "2019年6月30号以前", "2019-06-30", "day"),
    ("2019年上半年完成", "2019年上半年", "2019-06-30", "month"),
    ("2019年下半年完成", "2019年下半年", "2019-12-31", "month"),
    ("2019年一季度末完成", "2019年一季度末", "2019-03-31", "month"),
    ("2019年第三季度完成", "2019年第三季度", "2019-09-30", "month"),
    ("2019年4季度完成", "2019年4季度", "2019-12-31", "month"),
    # something ends there
    ("各地到2020年全部达标", "2020年", "2020-12-31", "year"),
    ("各地至2020年6月全部达标", "2020年6月", "2020-06-30", "month"),
    # a clause opens with it, or 于, 在 lead to it
    ("编制目录，2019年分别确定3个县试点", "2019年", "2019-12-31", "year"),
    ("编制目录,2019年6月公布", "2019年6月", "2019-06-30", "month"),
    ("目录于2019年6月公布", "2019年6月", "2019-06-30", "month"),
    ("目录在2019年6月30日前公布", "2019年6月30日前", "2019-06-30", "day"),
    # ranges end with their last day
    ("2019年1-6月开展自查", "2019年1-6月", "2019-06-30", "month"),
    ("2019年1月至6月开展自查", "2019年1月至6月", "2019-06-30", "month"),
    ("于2018年9月15日至10月15日公示", "2018年9月15日至10月15日", "2018-10-15", "day"),
    ("第一阶段（2019年3月—4月）动员", "2019年3月—4月", "2019-04-30", "month"),
    ("到“十四五”末全部达标", "“十四五”末", "2025-12-31", "year"),
    # an hour, the end of a day
    ("于2019年6月6日18时前报送", "2019年6月6日18时前", "2019-06-06", "day"),
    ("于2019年6月6日下午5点前报送", "2019年6月6日下午5点前", "2019-06-06", "day"),
    ("于2019年6月4日下班前报送", "2019年6月4日下班前", "2019-06-04", "day"),
    # a line begins with the month
    ("公开目录\n4月底前完成清理", "4月底前", "2018-04-30", "month"),
    ("公开目录\n5月15日前完成清理", "5月15日前", "2018-05-15", "day"),
    # figures set apart by spaces, as word processors leave them
    ("2019 年 6 月底前完成", "2019 年 6 月底前", "2019-06-30", "month"),
]

NO_DATES = [
    "自2019年起施行",
    "2019年6月1日起施行",
    "2019年6月1日起施行的办法",
    "2019年以来，全县累计完成",
    "2019年以后新建的项目",
    "2019年度考核办法",
    "2019年的做法",
    "2019年版目录",
    "落实规划（2018—2022年）",
    "2019-2021年实施",
    "2019年第1次会议",
    "湖南省2019年重点工作",
    "2019年（第二批）试点",
    "2013年以前形成的文件",  # long past when the plan was issued
    "2016年底前建成的项目",
    "2015年清理文件",
    "120196月",
    "每年组织一次",
    # a longer phrase is not the whole year
    "2019年13月完成",
    "2019年初完成",
    "2019年初启动试点",
    "2019年中评估成效",
    "2019年春耕前完成",
    # of what things a clause speaks, not until when
    "截至2018年底的存量问题",
    "截至2018年底，已建成12家",
    "对2018年6月30日前入职的人员给予补贴",
    "2018年5月1日前到期的贷款续保",
    "10月1日至12月31日期间的支出",
    "3月份以来",
    "12月2日印发",
    "去年底以来",
    "考核期第2年10月底前报告",
    "4月底的职工人数",
    "全年充电电量60%以上集中在低谷",
]


@pytest.mark.parametrize(("text", "quote", "date", "precision"), DATES)
def test_date(text: str, quote: str, date: str, precision: str) -> None:
    found = phrases(text)
    assert [(p.kind.value, words(text, p), p.date, str(p.precision)) for p in found] == [
        ("explicit", quote, date, precision)
    ]


@pytest.mark.parametrize("text", NO_DATES)
def test_no_date(text: str) -> None:
    assert [words(text, p) for p in phrases(text) if p.date] == []


HEDGES = [
    ("力争2019年底前完成", "力争"),
    ("争取于2019年底前完成", "争取"),
    ("原则上应当在2019年底前完成", "原则上"),
    ("力争到2019年建成", "力争"),
    ("确保2019年底前完成", None),
    ("力争早日建成,2019年底前验收", None),
]


@pytest.mark.parametrize(("text", "hedge"), HEDGES)
def test_hedge(text: str, hedge: str | None) -> None:
    assert [p.hedge for p in phrases(text)] == [hedge]


def test_several_dates_in_text_order() -> None:
    text = "2019年6月底前公布目录，每季度通报，2019年底前完成。"
    assert [words(text, p) for p in phrases(text)] == ["2019年6月底前", "每季度", "2019年底前"]


def test_a_year_inside_a_title_is_a_name() -> None:
    text = "落实《依法治县规划(2018—2022年)》和《2019年底前工作要点》"
    assert body_phrases(text, scan(text), Issue(2018), [(2, 20), (21, len(text))]) == []


RECURRENCES = [
    ("每年组织考核", "每年", "FREQ=YEARLY"),
    ("每年度评估", "每年度", "FREQ=YEARLY"),
    ("每两年轮训一次", "每两年", "FREQ=YEARLY;INTERVAL=2"),
    ("每年2月底前报告", "每年2月底前", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1"),
    ("每年2月末以前报告", "每年2月末以前", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1"),
    ("每年第四季度报告", "每年第四季度", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=-1"),
    ("每年3月15日前报告", "每年3月15日前", "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=15"),
    ("每年12月31日之前报告", "每年12月31日之前", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=31"),
    ("每年6月开展检查", "每年6月", "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=-1"),
    ("每半年召开一次", "每半年", "FREQ=MONTHLY;INTERVAL=6"),
    ("每季度通报", "每季度", "FREQ=MONTHLY;INTERVAL=3"),
    ("每季末通报", "每季末", "FREQ=MONTHLY;INTERVAL=3"),
    ("每月调度", "每月", "FREQ=MONTHLY"),
    ("每月5日前报送", "每月5日前", "FREQ=MONTHLY;BYMONTHDAY=5"),
    ("每月底前报送", "每月底前", "FREQ=MONTHLY;BYMONTHDAY=-1"),
    ("每季度首月10日前报送", "每季度首月10日前", "FREQ=YEARLY;BYMONTH=1,4,7,10;BYMONTHDAY=10"),
    ("每周调度", "每周", "FREQ=WEEKLY"),
    ("每学期开课", "每学期", "FREQ=MONTHLY;INTERVAL=6"),
    ("每学年开课", "每学年", "FREQ=YEARLY"),
    ("每个季度通报", "每个季度", "FREQ=MONTHLY;INTERVAL=3"),
    ("每2年评估", "每2年", "FREQ=YEARLY;INTERVAL=2"),
    ("每3～5年修编", "每3～5年", "FREQ=YEARLY;INTERVAL=5"),
    ("每周五报送", "每周五", "FREQ=WEEKLY;BYDAY=FR"),
    ("每周一、三、五巡查", "每周一、三、五", "FREQ=WEEKLY;BYDAY=MO,WE,FR"),
    ("每周一次", "每周", "FREQ=WEEKLY"),
    ("每周一调度", "每周", "FREQ=WEEKLY"),  # on Monday, or one a week
    ("每两周巡查", "每两周", "FREQ=WEEKLY;INTERVAL=2"),
    ("每日巡查", "每日", "FREQ=DAILY"),
    ("每旬报送", "每旬", "FREQ=MONTHLY;BYMONTHDAY=10,20,-1"),
    ("每半月调度", "每半月", "FREQ=MONTHLY;BYMONTHDAY=15,-1"),
    ("每季度末月25日前报送", "每季度末月25日前", "FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=25"),
    ("每季度第二个月10日前报送", "每季度第二个月10日前", "FREQ=YEARLY;BYMONTH=2,5,8,11;BYMONTHDAY=10"),
    ("每月5日、20日前报送", "每月5日、20日前", "FREQ=MONTHLY;BYMONTHDAY=5,20"),
    (
        "每月最后一个工作日报送",
        "每月最后一个工作日",
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
    ),
    ("每年3、6、9月底前报送", "每年3、6、9月底前", "FREQ=YEARLY;BYMONTH=3,6,9;BYMONTHDAY=-1"),
    ("每年汛期前排查", "每年汛期前", "FREQ=YEARLY"),
    ("每年年底前总结", "每年年底前", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=-1"),
    ("按月调度", "按月", "FREQ=MONTHLY"),
    ("逐季通报", "逐季", "FREQ=MONTHLY;INTERVAL=3"),
    ("半年一通报", "半年一通报", "FREQ=MONTHLY;INTERVAL=6"),
    ("建立月调度机制", "月调度", "FREQ=MONTHLY"),
    ("隔年修编", "隔年", "FREQ=YEARLY;INTERVAL=2"),
]
NO_RECURRENCES = [
    "每年最高50万元",
    "每年不超过3次",
    "每年每户补助",
    "每年每人两次",
    "每年每家企业",
    "每年每亩补贴",
    "每年给予支持",
    "每年补贴企业",
    "每年补助农户",
    "每年奖励先进",
    "每年200万元",
    "每年1.5亿元",
    "定期通报",
    "每件每项",
    "逐年完善",
    "按年计算",
    "本月调度会",
    "6月通报",
]


@pytest.mark.parametrize(("text", "quote", "rule"), RECURRENCES)
def test_recurrence(text: str, quote: str, rule: str) -> None:
    assert [(p.kind.value, words(text, p), p.recurrence) for p in phrases(text)] == [("recurring", quote, rule)]


@pytest.mark.parametrize("text", NO_RECURRENCES)
def test_no_recurrence(text: str) -> None:
    assert phrases(text) == []


DURATIONS = [
    ("应自公布之日起30个工作日内予以清理", "自公布之日起30个工作日内", 30, "工作日", "公布之日"),
    ("从受理之日起5工作日内办结", "从受理之日起5工作日内", 5, "工作日", "受理之日"),
    ("印发之日起20日内报送", "印发之日起20日内", 20, "日", "印发之日"),
    ("自印发之日起20日内报送", "自印发之日起20日内", 20, "日", "印发之日"),
    ("自公布之日起的三十日内备案", "自公布之日起的三十日内", 30, "日", "公布之日"),
    ("自方案印发后两个月内", "自方案印发后两个月内", 2, "个月", "方案印发"),
    ("自验收之后2周内归档", "自验收之后2周内", 2, "周", "验收"),
    ("自立项之日起两年内建成", "自立项之日起两年内", 2, "年", "立项之日"),
    ("应在15日内答复", "15日内", 15, "日", None),
    ("应在15日之内答复", "15日之内", 15, "日", None),
    ("应在3天内答复", "3天内", 3, "日", None),
    ("应在一百二十日内审结", "一百二十日内", 120, "日", None),
    ("自受理之日起，在10个工作日内办结", "自受理之日起，在10个工作日内", 10, "工作日", "受理之日"),
    ("受理后一年内办结", "受理后一年内", 1, "年", "受理"),
    ("须48小时内反馈", "48小时内", 48, "小时", None),
    ("用3年时间建成", "用3年时间", 3, "年", None),
    ("5年内重点培养100名", "5年内", 5, "年", None),
    ("半年之内解决", "半年之内", 6, "个月", None),
    ("一个半月内解决", "一个半月内", 45, "日", None),
    ("2—3年内达标", "2—3年内", 3, "年", None),
    ("自印发之日起三个月。", "自印发之日起三个月", 3, "个月", "印发之日"),
]
NO_DURATIONS = [
    "一年内发生多起案件的",
    "近三年内",
    "过去两年内",
    "结转至以后三年内扣除",
    "5年内享受补贴",
    "今日内",
    "工作日内不得",
    "近日内",
    "30日前",
    "24小时",
    "自印发之日起施行",
]


@pytest.mark.parametrize(("text", "quote", "figure", "unit", "anchor"), DURATIONS)
def test_duration(text: str, quote: str, figure: int, unit: str, anchor: str | None) -> None:
    assert [(p.kind.value, words(text, p), p.duration, p.duration_unit, p.anchor) for p in phrases(text)] == [
        ("duration", quote, figure, unit, anchor)
    ]


@pytest.mark.parametrize("text", NO_DURATIONS)
def test_no_duration(text: str) -> None:
    assert phrases(text) == []


ONGOING = "属于常态化工作的,按有关时间节点完成"
COMPLETION = [
    # the clause: (kind, quote, date, conditional, hedge) of each of its phrases
    ("2019年底前完成", [("default", "2019年底前", "2019-12-31", False, None)]),
    ("2019年12月", [("default", "2019年12月", "2019-12-31", False, None)]),
    ("原则上2019年底前", [("default", "2019年底前", "2019-12-31", False, "原则上")]),
    (
        f"没有明确时间要求的,于2019年底前完成;{ONGOING}",
        [("default", "2019年底前", "2019-12-31", True, None), ("ongoing", ONGOING, None, False, None)],
    ),
    ("无明确时限的,2019年底前完成", [("default", "2019年底前", "2019-12-31", True, None)]),
    ("未明确时间规定的,2019年底前完成", [("default", "2019年底前", "2019-12-31", True, None)]),
    ("其他任务2019年底前完成", [("default", "2019年底前", "2019-12-31", True, None)]),
    ("其余的于2019年底前完成", [("default", "2019年底前", "2019-12-31", True, None)]),
    (
        "2019年6月底前印发;2019年底前完成",
        [("default", "2019年6月底前", "2019-06-30", False, None), ("default", "2019年底前", "2019-12-31", False, None)],
    ),
    # a period is over when it ends
    ("2019年3月至2020年6月", [("default", "2019年3月至2020年6月", "2020-06-30", False, None)]),
    ("2018—2020年", [("default", "2018—2020年", "2020-12-31", False, None)]),
    ("长期坚持", [("ongoing", "长期坚持", None, False, None)]),
    ("长期", [("ongoing", "长期", None, False, None)]),
    ("持续推进。", [("ongoing", "持续推进", None, False, None)]),
    ("常态化推进", [("ongoing", "常态化推进", None, False, None)]),
    ("按工作需求尽早完成", [("ongoing", "按工作需求尽早完成", None, False, None)]),
    # hands over to the dates of the body
    ("有明确时间要求的,按要求的时间完成", []),
    ("2019年起实施", [("ongoing", "2019年起实施", None, False, None)]),
    ("", []),
]


@pytest.mark.parametrize(("text", "expected"), COMPLETION)
def test_completion(text: str, expected: list[tuple[str, str, str | None, bool, str | None]]) -> None:
    found = completion(text, (0, len(text)))
    assert [(p.kind.value, words(text, p), p.date, p.conditional, p.hedge) for p in found] == expected


PLAN = "青川县工作方案\n{}一、任务\n1.清理。{}\n责任单位：县司法局\n{}2.公开。\n责任单位：县政府办\n完成时限：2019年\n"
FALLBACK = "各项工作任务除本方案有明确时间要求外,原则上应当在2020年年底前完成。\n"

DUE = [
    # head, body, completion label -> date, precision, basis, ongoing
    ("", "", "完成时限：2019年6月底前\n", ("2019-06-30", "month", "item", False)),
    ("", "2018年底前公布。", "完成时限：2019年6月底前\n", ("2019-06-30", "month", "item", False)),
    ("", "2018年底前公布。", "", (None, None, "none", False)),  # a task's date is the task's
    ("", "", "完成时限：长期坚持\n", (None, None, "none", True)),
    ("", "", "", (None, None, "none", False)),
    (FALLBACK, "", "", ("2020-12-31", "year", "document", False)),
    (FALLBACK, "", "完成时限：长期坚持\n", ("2020-12-31", "year", "document", True)),
    (FALLBACK, "", "完成时限：2019年6月底前\n", ("2019-06-30", "month", "item", False)),
    # of several dates of one clause the last: only then is all of it due
    ("", "", "完成时限：2019年6月底前印发；2019年底前完成\n", ("2019-12-31", "year", "item", False)),
    # spaces, ranges, other ways to write a day
    ("", "", "完成时限：2019 年 6 月底前\n", ("2019-06-30", "month", "item", False)),
    ("", "", "完成时限：2019年1月—12月\n", ("2019-12-31", "month", "item", False)),
    ("", "", "完成时限：2019年1-12月\n", ("2019-12-31", "month", "item", False)),
]


@pytest.mark.parametrize(("head", "body", "label", "expected"), DUE)
def test_due(head: str, body: str, label: str, expected: tuple[str | None, str | None, str, bool]) -> None:
    item = parse_plan(PLAN.format(head, body, label)).items[0]
    precision = str(item.due.precision) if item.due.precision else None
    assert (item.due.date, precision, item.due.basis.value, item.ongoing) == expected


def test_the_inherited_deadline_is_inferred_from_the_documents_clause() -> None:
    plan = parse_plan(PLAN.format(FALLBACK, "", ""))
    (stated,) = plan.deadlines
    (inherited,) = plan.items[0].deadlines
    assert (stated.kind.value, stated.quote, stated.hedge, stated.inferred) == (
        "document",
        "2020年年底前",
        "原则上",
        False,
    )
    assert (inherited.span, inherited.quote, inherited.hedge, inherited.inferred) == (None, None, "原则上", True)
    assert [plan.text[slice(*place)] for place in inherited.because] == [FALLBACK.strip("。\n")]
    assert [d.kind.value for d in plan.items[1].deadlines] == ["default"]


def test_a_month_without_a_year_takes_the_year_of_issue_and_is_inferred() -> None:
    text = PLAN.format("", "", "完成时限：6月底前\n")
    (deadline,) = parse_plan(text, issued_on="2019-03-01").items[0].deadlines
    assert (deadline.date, deadline.inferred) == ("2019-06-30", True)
    assert parse_plan(text).items[0].due.date is None
