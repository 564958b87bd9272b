"""What holds for any text: nothing raises, every place lies in the text and quotes it, ids differ, JSON is whole.

Texts are arbitrary Unicode, and plan language put together at random: labels, markers, brackets, dates, damage.
"""

import json
import os
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from msgspec import Struct

from graph.model import ParseOptions, Plan, Role, to_json
from loaders.files.source import Source
from loaders.plan import parse_plan, read_plan
from loaders.text.repair import repair

FRAGMENTS = [
    *(
        "牵头单位：",
        "责任单位:",
        "配合部门：",
        "完成时限：",
        "时限要求:",
        "任单位:",
        "头单位:",
        "成时限:",
        "责任领导：",
    ),
    *(
        "一、",
        "二、",
        "（一）",
        "(二)",
        "1.",
        "2.",
        "21.",
        "⒈",
        "⒛",
        "①",
        "(1)",
        "第一条",
        "第二章",
        "第三部分",
        "附件：",
    ),
    *("（", "）", "(", ")", "〔", "〕", "［", "］", "【", "】", "《", "》", "〈", "〉", "“", "”"),
    *(
        "2019年底前",
        "2019年6月30日",
        "20196月底前",
        "2019426日",
        "2019112日",
        "20182022年",
        "2019底前",
        "2019",
        "青发〔20193号",
    ),
    *(
        "到2020年",
        "力争2019年",
        "原则上",
        "每年2月底前",
        "每季度",
        "自公布之日起30个工作日内",
        "三个月内",
        "长期坚持",
        "6月底",
    ),
    *(
        "县司法局",
        "市政府法制办",
        "市纪委(市监委)",
        "各有关部门",
        "各县（市、区）人民政府",
        "市、县两级政府",
        "等有关部门",
        "等",
    ),
    *(
        "（牵头）",
        "牵头",
        "配合",
        "和",
        "按职责分工负责",
        "监察部门要",
        "由行政机关组织",
        "应当",
        "列首位的为牵头单位",
        "下同",
    ),
    *(
        "制定",
        "修订",
        "落实",
        "依据",
        "《青川县城市管理办法》",
        "《意见》",
        "实施方案",
        "目录",
        "调解率达100%",
        "至少两件",
        "不少于",
    ),
    *(
        "青川县人民政府",
        "中共青川县委",
        "关于印发《青川县工作方案》的通知",
        "青川县工作方案",
        "青政发〔2019〕3号",
        "共青川县委",
    ),
    *("除另有明确外，", "完成", "县司法局要牵头做好督查", "市县两级级政府", "、", "，", "；", "。", "：", ",", ";"),
    *(
        "\n",
        "\n",
        "\n",
        "\r\n",
        " ",
        "\u3000",
        "\xa0",
        "\t",
        "\x00",
        "\ufeff",
        "\u200b",
        "\ufffd",
        "𠮷",
        "😀",
        "x",
        "要",
        "的",
    ),
]

ANY_TEXT = st.text(st.characters(), max_size=200)  # halves of surrogate pairs included
PLAN_TEXT = st.lists(st.sampled_from(FRAGMENTS), max_size=60).map("".join)
# paragraphs and tables, numbered or not, in any order: what an item is called must not hang on what stands beside it
STRETCHES = [
    "加强领导。（责任单位：县司法局）\n",
    "加强领导。\n责任单位：县司法局\n",
    "加强督查。（县司法局牵头）\n完善制度。（县政府办牵头）\n",
    "一、主要任务\n",
    "二、保障措施\n",
    "1.清理文件。\n责任单位：县司法局\n",
    "（一）公开目录（县司法局负责）。\n（一）公开目录（县司法局负责）。\n",
    "任务\t责任单位\t时限\n清理文件\t县财政局\t2018年底\n公开目录\t县教育局\t2018年底\n",
    "序号\t任务\t责任单位\n1\t清理文件\t县财政局\n2\t公开目录\t县教育局\n",
    "序号\t任务\t责任单位\n1\t清理文件\t县财政局\n1\t公开目录\t县教育局\n",
    "工作任务\t牵头单位\n清理文件\t县财政局\n开展评估\t县教育局\n",
]
PLAN_OF_STRETCHES = st.lists(st.sampled_from(STRETCHES), max_size=8).map("".join)

# the same texts on every run, and no database of found ones: a failure is the same failure everywhere; a campaign says how
# many it wants and gets others each time
MANY = os.environ.get("ZEREN_EXAMPLES")
EXAMPLES = settings(max_examples=int(MANY or 120), deadline=None, derandomize=MANY is None, database=None)

# the keys that the JSON of a plan promises; it may have more
PROMISES = """
plan text document sections items citations duties deadlines repairs warnings coverage
document id title reference_number region issuers issued_on kind text_sha256 span
sections id label title level position parent span
items id number label part parent heading section span due ongoing duties deadlines citations mentions tasks
due date precision basis
duties id role unit as_written position collective open_list span quote clause clause_quote inferred rule because
deadlines id kind quote date precision conditional hedge task span inferred rule because
citations id title as_written relation task span quote inferred rule because
mentions unit as_written span quote
tasks id kinds span quote target
repairs rule original repaired span
warnings code message span
coverage characters taken left_out
left_out reason span
"""
PROMISED = {name: set(words) for name, *words in (line.split() for line in PROMISES.strip().splitlines())}


def objects(value: Any) -> Iterator[Any]:
    """Every object of the model inside a value, itself included."""
    if isinstance(value, Struct):
        yield value
        for name in value.__struct_fields__:
            yield from objects(getattr(value, name))
    elif isinstance(value, tuple):
        for inner in value:
            yield from objects(inner)


def check_places(plan: Plan) -> None:
    """Every span lies in the text, and the words beside it are the text's."""
    assert all(start < end for start, end in (item.span for item in plan.items))
    beside = [("span", "quote"), ("span", "as_written"), ("span", "original"), ("clause", "clause_quote")]
    for thing in objects(plan):
        for name in ("span", "clause"):
            span = getattr(thing, name, None)
            assert span is None or 0 <= span[0] <= span[1] <= len(plan.text), (thing, span)
        for name, words in beside:
            span, quote = getattr(thing, name, None), getattr(thing, words, None)
            if span is not None and quote is not None:
                assert plan.text[slice(*span)] == quote, thing
        for start, end in getattr(thing, "because", ()):
            assert 0 <= start < end <= len(plan.text), thing


def check_ids(plan: Plan) -> None:
    ids = [plan.document.id, *(x.id for group in (plan.sections, plan.units, plan.regulations) for x in group)]
    for owner in (plan, *plan.items):
        for group in ("duties", "deadlines", "citations", "mentions", "tasks"):
            ids += [fact.id for fact in getattr(owner, group, ())]
    ids += [item.id for item in plan.items]
    assert len(ids) == len(set(ids)), sorted(i for i in set(ids) if ids.count(i) > 1)


def check_references(plan: Plan) -> None:
    """Units, instruments, sections and tasks that a fact names are there."""
    units, regulations = {u.id for u in plan.units}, {r.id for r in plan.regulations}
    sections = {s.id for s in plan.sections}
    assert {i.section for i in plan.items} <= sections
    assert {s.parent for s in plan.sections} <= sections | {None}
    for owner in (plan, *plan.items):
        assert {d.unit.id for d in owner.duties if d.role is not Role.LEADER} <= units
        assert {c.regulation.id for c in owner.citations} <= regulations
        tasks = {t.id for t in getattr(owner, "tasks", ())}
        assert {f.task for f in (*owner.deadlines, *owner.citations)} <= tasks | {None}


def check_coverage(plan: Plan) -> None:
    spans = [stretch.span for stretch in plan.coverage.left_out]
    assert plan.coverage.characters == len(plan.text)
    assert plan.coverage.taken + sum(end - start for start, end in spans) == len(plan.text)
    assert all(start < end for start, end in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))


def check_names(plan: Plan) -> None:
    """No bearer is empty or holds a mark that only closes or parts clauses."""
    for item in plan.items:
        for duty in item.duties:
            assert duty.unit.name.strip(), duty
            assert not set(duty.as_written) & set("。；;"), duty


def keys(value: Any, name: str = "plan") -> Iterator[tuple[str, set[str]]]:
    if isinstance(value, dict):
        yield name, set(value)
        for key, inner in value.items():
            yield from keys(inner, key)
    elif isinstance(value, list):
        for inner in value:
            yield from keys(inner, name)


def check_json(plan: Plan) -> None:
    shape = to_json(plan)
    assert json.loads(json.dumps(shape, ensure_ascii=False)) == shape
    assert all(PROMISED.get(name, set()) <= present for name, present in keys(shape))


def check(text: str) -> None:
    plan = parse_plan(text)
    assert plan.text == text
    check_places(plan)
    check_ids(plan)
    check_references(plan)
    check_coverage(plan)
    check_names(plan)
    check_json(plan)


@EXAMPLES
@given(ANY_TEXT)
def test_any_text(text: str) -> None:
    check(text)


@EXAMPLES
@given(PLAN_TEXT)
@example("1.清理。\n责任单位：（牵头）")
@example("《《》》《")
@example("一、\n（一）\n1.\n责任单位：")
@example("1.清理。\n责任单位：县司法局\n完成时限：每月的例会")
@example("1.清理。\n责任单位：县司法局\n序号任务\x01责任单位")
def test_plan_language(text: str) -> None:
    check(text)


@EXAMPLES
@given(PLAN_OF_STRETCHES)
@example(STRETCHES[0] + STRETCHES[7])
def test_paragraphs_beside_tables(text: str) -> None:
    check(f"青川县工作方案\n{text}")


@EXAMPLES
@given(PLAN_TEXT)
@example("\ufeff")  # a name of nothing but what is folded away
@example("【 长期坚持;）")
def test_plan_language_inside_a_plan(text: str) -> None:
    check(f"青川县工作方案\n一、任务\n1.清理。{text}\n责任单位：县司法局、{text}\n完成时限：{text}\n2.公开。\n")


@EXAMPLES
@given(ANY_TEXT | PLAN_TEXT)
@example("\\.")
def test_the_way_back_from_a_repair_never_runs_backwards(text: str) -> None:
    found = repair(text)
    places = [found.source(position) for position in range(len(found.text) + 1)]
    assert places == sorted(places)
    # what a text begins with may be nothing: a mark of byte order, a tag, what escapes the next sign
    assert not re.search(r"[\u4e00-\u9fff]", repair(text[: places[0]]).text)
    assert places[-1] == len(text)
    assert repair(found.text).text == found.text


@EXAMPLES
@given(st.sampled_from(["2018", "2019-06-30", None]), st.text(max_size=8), st.text(max_size=8), PLAN_TEXT)
def test_whatever_the_caller_says(issued_on: str | None, region: str, document_id: str, text: str) -> None:
    plan = read_plan(Source(text), ParseOptions(issued_on, region or None, document_id or None, region or None))
    check_places(plan)
    assert not document_id or plan.document.id == document_id


@pytest.mark.parametrize(
    ("names", "between"),
    [(["县教育局", "县公安局"], ""), (["镇政府"], "会同"), (["县教育局", "县公安局"], "和"), (["县教育局"], " ")],
)
def test_a_list_of_a_thousand_bodies(names: list[str], between: str) -> None:
    listed = [f"县第{n}{name.removeprefix('县')}" for n in range(500) for name in names]
    (item,) = parse_plan(f"青川县工作方案\n1.清理。\n责任单位：{between.join(listed)}\n").items
    assert [duty.as_written for duty in item.duties] == listed


REPEATED = ["（", "、", "牵头单位：", "《", "2017", "要", "一、", " ", "责任单位:甲、\n", "\n1.", "。1.", "由政府、"]


@pytest.mark.parametrize("blank", [" ", "\u3000", "\n"])
def test_a_page_of_blanks(blank: str) -> None:
    check(blank * 20_000)


@pytest.mark.parametrize("text", REPEATED)
def test_one_fragment_over_and_over(text: str) -> None:
    check(text * 2000)
    check("青川县工作方案\n1.清理。\n责任单位：县司法局\n2.公开。" + text * 2000)
