"""The rules of findings: for each a text in which it must fire and one in which it must not, a text that is clean, and
on the sample the answer made by reading (tests/gold/findings-loudi.yaml)."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from graph.findings import RULES, Finding, find_findings
from graph.store.contract import ReadTransaction, Store
from graph.store.embedded.store import EmbeddedStore
from loaders.plan import parse_plan
from loaders.storing.load import load_new, load_plan, remove_document

ROOT = Path(__file__).parents[3]
SAMPLE = (ROOT / "examples/loudi-2017.txt").read_text(encoding="utf-8")
GOLD: dict[str, Any] = yaml.safe_load((ROOT / "tests/gold/findings-loudi.yaml").read_text(encoding="utf-8"))

NOW = "2026-01-01T00:00:00+00:00"
LEAD = "牵头单位:市司法局。"
LINES = f"{LEAD}\n责任单位:市财政局、市教育局。"
DUE = "完成时限:2018年年底前完成。"
BOTH = f"{LINES}\n{DUE}"
TITLE = "临江市法治政府建设实施方案"


def plan(
    *items: str, head: str = "", notice: str = "", aims: str = "", title: str = TITLE, day: str = "2017年3月16日"
) -> str:
    """A plan of numbered items; ``aims`` is a section before them, ``notice`` the covering letter."""
    numbered = (item if item[0].isdigit() else f"{n}.{item}" for n, item in enumerate(items, 1))
    preface = f"一、总体目标\n{aims}\n二、重点任务\n" if aims else head or "一、重点任务\n"
    return (
        f"临江市人民政府文件\n临政发〔2017〕4号\n关于印发《{title}》的通知\n各县市区人民政府，市直各单位：\n{notice}\n"
        f"临江市人民政府\n{day}\n{title}\n{preface}" + "\n".join(numbered) + "\n"
    )


# rule, text, numbers of the items it must fire on ("plan" for the plan as a whole); an empty list: it must not fire
CASES: list[tuple[str, str, list[int | str]]] = [
    ("no-lead", plan(f"清理文件。\n{BOTH}", f"培训人员。\n责任单位:市财政局。\n{DUE}"), [2]),
    ("no-lead", plan(f"清理文件。\n责任单位:市财政局。\n{DUE}", f"培训人员。\n责任单位:市教育局。\n{DUE}"), ["plan"]),
    ("no-lead", plan(f"清理文件。\n{BOTH}", f"培训人员。\n{BOTH}"), []),
    ("several-leads", plan(f"清理文件。\n牵头单位:市司法局、市财政局。\n{DUE}", f"培训人员。\n{BOTH}"), [1]),
    # one body with two name plates is one lead
    ("several-leads", plan(f"清理文件。\n牵头单位:市纪委(市监察局)。\n{DUE}"), []),
    (
        "only-collectives",
        plan(f"清理文件。\n{LEAD}\n责任单位:各有关部门,各县市区政府。\n{DUE}", f"培训人员。\n{BOTH}"),
        [1],
    ),
    ("only-collectives", plan(f"清理文件。\n{LEAD}\n责任单位:市财政局、各有关部门。\n{DUE}"), []),
    # a lead alone is no line that names nobody
    ("only-collectives", plan(f"清理文件。\n{LEAD}\n{DUE}"), []),
    (
        "open-list",
        plan(f"清理文件。\n{LEAD}\n责任单位:市财政局、市教育局等有关部门。\n{DUE}", f"培训人员。\n{BOTH}"),
        [1],
    ),
    ("open-list", plan(f"清理文件。\n{LEAD}\n责任单位:市财政局、各有关部门。\n{DUE}"), []),
    ("bearer-not-listed", plan(f"清理文件。审计部门要将结果及时通报。\n{BOTH}", f"培训人员。\n{BOTH}"), [1]),
    # named by its field, and held by a collective
    ("bearer-not-listed", plan(f"清理文件。司法部门要将结果及时通报。\n{BOTH}"), []),
    ("bearer-not-listed", plan(f"清理文件。县级政府要及时报告。\n{LEAD}\n责任单位:各县市区政府。\n{DUE}"), []),
    (
        "lead-also-responsible",
        plan(f"清理文件。\n{LEAD}\n责任单位:市财政局、市司法局。\n{DUE}", f"培训人员。\n{BOTH}"),
        [1],
    ),
    (
        "lead-also-responsible",
        plan(f"清理文件。\n{BOTH}", f"培训人员。\n牵头单位:市财政局。\n责任单位:市司法局。\n{DUE}"),
        [],
    ),
    (
        "unit-overloaded",
        plan(
            *(f"第{n}类文件清理。\n{BOTH}" for n in range(6)),
            *(f"培训{name}。\n牵头单位:{name}。\n{DUE}" for name in ("市财政局", "市教育局", "市民政局", "市审计局")),
        ),
        ["plan"],
    ),
    (
        "unit-overloaded",
        plan(
            *(f"第{n}类文件清理。\n{BOTH}" for n in range(3)),
            *(f"培训{name}。\n牵头单位:{name}。\n{DUE}" for name in ("市财政局", "市教育局", "市民政局", "市审计局")),
        ),
        [],
    ),
    # two units cannot be compared
    ("unit-overloaded", plan(*(f"第{n}类清理。\n{BOTH}" for n in range(9)), f"培训。\n牵头单位:市财政局。\n{DUE}"), []),
    ("deadline-within-item", plan(f"清理文件。2019年年底前制定清理办法。\n{BOTH}", f"培训人员。\n{BOTH}"), [1]),
    ("deadline-within-item", plan(f"清理文件。每年至少培训一次。\n{LINES}\n完成时限:2017年年底前完成。"), [1]),
    ("deadline-within-item", plan(f"清理文件。2018年6月底前制定清理办法。\n{BOTH}"), []),
    # every year until the end of next year, and a yearly task that is said to go on
    ("deadline-within-item", plan(f"清理文件。每年至少培训一次。\n{BOTH}"), []),
    (
        "deadline-within-item",
        plan(
            f"清理文件。每年至少培训一次。\n{LINES}\n"
            "完成时限:没有明确时间要求的,于2017年年底前完成;属于常态化工作的,按有关时间节点完成。"
        ),
        [],
    ),
    ("deadline-after-aim", plan(f"清理文件。\n{BOTH}", aims="到2017年年底，基本完成本方案确定的各项任务。"), [1]),
    ("deadline-after-aim", plan(f"清理文件。\n{BOTH}", title="临江市法治政府建设(2016—2017年)实施方案"), [1]),
    ("deadline-after-aim", plan(f"清理文件。\n{BOTH}", aims="到2018年年底，全面完成各项目标任务。"), []),
    # an aim that is not about the tasks, and the last of two stages
    ("deadline-after-aim", plan(f"清理文件。\n{BOTH}", aims="到2017年年底，制度机制基本健全。"), []),
    (
        "deadline-after-aim",
        plan(f"清理文件。\n{BOTH}", aims="到2017年年底，完成第一批各项任务。到2018年年底，完成全部任务。"),
        [],
    ),
    (
        "fallback-after-aim",
        plan(
            f"清理文件。\n{BOTH}",
            notice="各项工作任务除本方案有明确时间要求外，原则上应当在2019年年底前完成。",
            aims="到2018年年底，基本完成各项任务。",
        ),
        ["plan"],
    ),
    (
        "fallback-after-aim",
        plan(
            f"清理文件。\n{BOTH}",
            notice="各项工作任务除本方案有明确时间要求外，原则上应当在2018年年底前完成。",
            aims="到2018年年底，基本完成各项任务。",
        ),
        [],
    ),
    ("deadline-before-issue", plan(f"清理文件。\n{LINES}\n完成时限:2016年年底前完成。", f"培训人员。\n{BOTH}"), [1]),
    ("deadline-before-issue", plan(f"清理文件。\n{LINES}\n完成时限:2017年3月底前完成。"), []),
    ("no-own-date", plan(f"清理文件。\n{LINES}", f"培训人员。\n{BOTH}"), [1]),
    (
        "no-own-date",
        plan(
            f"清理文件。\n{LINES}\n完成时限:有明确时间要求的，按要求的时间完成。",
            notice="各项工作任务除本方案有明确时间要求外，原则上应当在2019年年底前完成。",
        ),
        [1],
    ),
    # a body that says when; with a fallback it says so of one task only
    ("no-own-date", plan(f"清理文件。2018年6月底前清理。\n{LINES}", f"培训人员。\n{BOTH}"), []),
    (
        "no-own-date",
        plan(
            f"清理文件。2018年6月底前清理。\n{LINES}",
            notice="各项工作任务除本方案有明确时间要求外，原则上应当在2019年年底前完成。",
        ),
        [1],
    ),
    ("no-own-date", plan(f"清理文件。\n{LINES}\n完成时限:长期坚持。", f"培训人员。\n{BOTH}"), []),
    ("loose-deliverable", plan(f"清理文件。制定《临江市文件清理办法》。\n{LINES}", f"培训人员。\n{BOTH}"), [1]),
    (
        "loose-deliverable",
        plan(f"清理文件。制定《临江市文件清理办法》。\n责任单位:市财政局。\n{DUE}", f"培训人员。\n{BOTH}"),
        [1],
    ),
    # a date in the sentence, or the item's own
    ("loose-deliverable", plan(f"清理文件。2018年6月底前制定《临江市文件清理办法》。\n{LINES}"), []),
    ("loose-deliverable", plan(f"清理文件。制定《临江市文件清理办法》。\n{BOTH}"), []),
    ("county-not-listed", plan(f"清理文件。县级政府要及时报告。\n{BOTH}", f"培训人员。\n{BOTH}"), [1]),
    ("county-not-listed", plan(f"清理文件。各级政府要及时报告。\n{LEAD}\n责任单位:各县市区政府。\n{DUE}"), []),
    ("county-not-listed", plan(f"清理文件。乡镇政府要及时报告。\n{BOTH}"), []),
    (
        "zone-left-out",
        plan(
            f"清理文件。\n{LEAD}\n责任单位:各县市区政府、临江经开区管委会。\n{DUE}",
            f"培训人员。\n{LEAD}\n责任单位:各县市区政府。\n{DUE}",
        ),
        ["plan"],
    ),
    # a zone with a project of its own is no gap elsewhere; nor is an item that lists no territory
    (
        "zone-left-out",
        plan(
            f"建设园区。\n{LEAD}\n责任单位:临江经开区管委会。\n{DUE}",
            f"培训人员。\n{LEAD}\n责任单位:各县市区政府。\n{DUE}",
        ),
        [],
    ),
    (
        "zone-left-out",
        plan(f"清理文件。\n{LEAD}\n责任单位:各县市区政府、临江经开区管委会。\n{DUE}", f"培训人员。\n{BOTH}"),
        [],
    ),
    ("unknown-instrument", plan(f"清理文件。严格执行《管理办法》。\n{BOTH}", f"培训人员。\n{BOTH}"), [1]),
    ("unknown-instrument", plan(f"清理文件。严格执行《临江市行政程序规定》。\n{BOTH}"), []),
    (
        "section-without-items",
        plan(f"清理文件。\n{BOTH}", head="一、文件管理\n")
        + f"二、人员培训\n加强培训。\n三、信息公开\n2.公开目录。\n{BOTH}\n四、组织保障\n加强领导。\n",
        ["plan"],
    ),
    ("section-without-items", plan(f"清理文件。\n{BOTH}", aims="建成法治政府。") + "三、组织保障\n加强领导。\n", []),
    ("numbering-gap", plan(f"1.清理文件。\n{BOTH}", f"2.培训人员。\n{BOTH}", f"4.公开目录。\n{BOTH}"), [4]),
    ("numbering-gap", plan(f"1.清理文件。\n{BOTH}", f"2.培训人员。\n{BOTH}", f"3.公开目录。\n{BOTH}"), []),
    # a new section counts anew
    ("numbering-gap", plan(f"1.清理文件。\n{BOTH}", f"2.培训人员。\n{BOTH}") + f"二、公开\n1.公开目录。\n{BOTH}\n", []),
    ("numbering-gap", plan(f"清理文件。\n{BOTH}") + f"三、公开\n2.公开目录。\n{BOTH}\n", ["plan"]),
    ("numbering-repeated", plan(f"1.清理文件。\n{BOTH}", f"2.培训人员。\n{BOTH}", f"2.公开目录。\n{BOTH}"), [2]),
    (
        "numbering-repeated",
        plan(f"1.清理文件。\n{BOTH}", f"2.培训人员。\n{BOTH}") + f"二、公开\n1.公开目录。\n{BOTH}\n",
        [],
    ),
    ("repaired-text", plan(f"清理文件。20176月底前制定清理办法。\n{BOTH}", f"培训人员。\n{BOTH}"), [1]),
    # mended in the head: no item rests on it
    ("repaired-text", plan(f"清理文件。\n{BOTH}", day="2017316日"), []),
    (
        "name-not-sure",
        plan(f"清理文件。\n{LEAD}\n责任单位:市财政局、安流、岐岭。\n{DUE}", "培训人员。\n责任单位:安流。"),
        ["plan"],
    ),
    ("name-not-sure", plan(f"清理文件。\n{LEAD}\n责任单位:市信访局，12345。\n{DUE}"), ["plan"]),
    # a field stands for its body
    ("name-not-sure", plan(f"清理文件。\n{LEAD}\n责任单位:市财政、公安、医疗保障。\n{DUE}", f"培训人员。\n{BOTH}"), []),
    (
        "annex-differs",
        plan("清理规范性文件。\n牵头单位:市司法局。", "公开权力责任清单。\n牵头单位:市编办。")
        + "附表\n序号\t任务\t牵头单位\n1\t清理规范性文件\t市政府办\n2\t公开权力责任清单\t市编办\n",
        ["plan"],
    ),
    (
        "annex-differs",
        plan("清理规范性文件。\n牵头单位:市司法局。", "公开权力责任清单。\n牵头单位:市编办。")
        + "附表\n序号\t任务\t配合单位\n1\t清理规范性文件\t市政府办\n2\t公开权力责任清单\t市编办\n",
        [],
    ),
    ("damaged-text", plan(f"清理文件。\n{LINES}\n完成时限:三年行动期内。", f"培训人员。\n{BOTH}"), [1]),
    ("damaged-text", plan(f"清理文件。\n{BOTH}", f"培训人员。\n{BOTH}"), []),
    ("damaged-text", plan(f"清理文件。\n{LINES}\n完成时限:2018年13月底前。"), []),
    ("no-such-date", plan(f"清理文件。\n{LINES}\n完成时限:2018年13月底前。", f"培训人员。\n{BOTH}"), [1]),
    ("no-such-date", plan(f"清理文件。\n{BOTH}", f"培训人员。2018年2月30日前培训。\n{BOTH}"), [2]),
    ("no-such-date", plan(f"清理文件。2018年6月45日前清理。\n{BOTH}"), [1]),
    ("no-such-date", plan(f"清理文件。2018年12月31日前清理。\n{BOTH}"), []),
]

CLEAN = (
    plan(
        "清理规范性文件。落实《临江市行政程序规定》，2018年6月底前公布继续有效的文件目录。\n"
        "牵头单位:市司法局。\n责任单位:市财政局、市教育局、各县市区政府、临江经开区管委会。\n完成时限:2018年年底前完成。",
        "培训执法人员。2019年6月底前制定《临江市行政执法人员培训办法》，每年组织两次培训。各县市区政府要保障经费。\n"
        "牵头单位:市人社局。\n责任单位:市司法局、各县市区政府、临江经开区管委会。\n完成时限:2019年年底前完成。",
        "公开办事指南。市财政局要保障经费。\n"
        "牵头单位:市政务服务中心。\n责任单位:市财政局、市民政局。\n完成时限:2018年年底前完成。",
        aims="到2019年年底，全面完成本方案确定的各项任务；到2020年建成法治政府。",
        title="临江市法治政府建设(2017—2020年)实施方案",
    )
    + "三、组织保障\n各部门分工协作，合力推进。\n"
)


@pytest.fixture
def found(sample_store: Store) -> list[Finding]:
    """The findings on the sample."""
    return sample_store.read(lambda reading: find_findings(reading, "娄底市-娄发2017-4"))


@pytest.fixture(scope="module")
def bench(empty_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store of the module's own."""
    store = EmbeddedStore(shutil.copytree(empty_folder, tmp_path_factory.mktemp("findings") / "store"))
    yield store
    store.close()


@pytest.fixture(scope="module")
def found_in_case(bench: Store) -> list[list[Finding]]:
    """The findings on each of `CASES`; all are loaded at once, each under a reference number of its own."""
    plans = [parse_plan(text.replace("〔2017〕4号", f"〔2017〕{100 + n}号", 1)) for n, (_, text, _) in enumerate(CASES)]
    assert load_new(plans, bench, now=NOW) == set(range(len(CASES)))

    def found(reading: ReadTransaction) -> list[list[Finding]]:
        return [find_findings(reading, plan.document.id) for plan in plans]

    return bench.read(found)


def found_in(text: str, store: Store) -> list[Finding]:
    """The findings on a text, which is removed again."""
    key = load_plan(parse_plan(text), store, now=NOW).document_id
    try:
        return store.read(lambda reading: find_findings(reading, key))
    finally:
        remove_document(key, store)


def numbers(found: list[Finding], rule: str) -> list[int | str]:
    mine = [f.hit.item for f in found if f.rule.id == rule]
    return ["plan" if item is None else item["number"] for item in mine]


@pytest.mark.parametrize("number", range(len(CASES)), ids=[f"{n}-{case[0]}" for n, case in enumerate(CASES)])
def test_a_rule_fires_where_it_must_and_not_elsewhere(number: int, found_in_case: list[list[Finding]]) -> None:
    rule, _, expected = CASES[number]
    assert numbers(found_in_case[number], rule) == expected


def test_every_rule_has_a_case_for_and_a_case_against() -> None:
    for rule in RULES:
        mine = [bool(expected) for met, _, expected in CASES if met == rule.id]
        assert True in mine, rule.id
        assert False in mine, rule.id
    assert len({rule.id for rule in RULES}) == len(RULES)


def test_nothing_is_found_in_a_clean_plan(store: Store) -> None:
    assert [(f.id, f.hit.message) for f in found_in(CLEAN, store)] == []


def test_the_sample_has_the_findings_that_reading_it_gives(found: list[Finding]) -> None:
    assert set(GOLD) == {rule.id for rule in RULES}
    for rule, gold in GOLD.items():
        mine = [f for f in found if f.rule.id == rule]
        assert [f.hit.item["number"] for f in mine if f.hit.item] == list(gold["items"]), rule
        whole = [
            {"unit": f.hit.unit.name if f.hit.unit else None, "items": [item["number"] for item in f.hit.items]}
            for f in mine
            if f.hit.item is None
        ]
        assert sorted(whole, key=str) == sorted(gold.get("plan", []), key=str), rule
        words = {f.hit.item["number"]: [p.quote for p in f.hit.places] for f in mine if f.hit.item}
        for number, quotes in gold.get("words", {}).items():
            assert set(quotes) <= set(words[number]), (rule, number)


def test_who_only_the_text_names_is_told_where_nobody_leads(bench: Store) -> None:
    text = plan("清理文件。市司法局要逐件审核，年底前完成。", f"培训人员。\n{BOTH}")
    (found,) = [f.hit for f in found_in(text, bench) if f.rule.id == "no-lead"]
    assert found.message == "没有写明牵头单位，也没有列出任何单位，只在正文中提到市司法局。"
    assert [place.quote for place in found.places][1:] == ["市司法局要逐件审核"]


def test_every_finding_has_its_words(found: list[Finding]) -> None:
    assert len({f.id for f in found}) == len(found) > 50
    for finding in found:
        assert finding.hit.places, finding.id
        assert finding.hit.count >= 1
        for place in finding.hit.places:
            assert place.quote == SAMPLE[place.start : place.end] != ""
    order = [(f.item_start, f.fact_start, f.id) for f in found]
    assert order == sorted(order)
