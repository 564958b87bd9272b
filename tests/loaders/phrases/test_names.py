"""Names: what looks like a body, what is told because it does not, and what among bearers can be no name."""

import pytest

from loaders.lexicon.bodies import ends_as_body, is_certain_body, is_collective, is_known_name, looks_like_body
from loaders.lexicon.places import place_at_start
from loaders.phrases.bearers import split
from loaders.phrases.no_names import is_no_name
from loaders.plan import parse_plan


@pytest.mark.parametrize(
    "name",
    [
        "相关",
        "有关",
        "机会",
        "社会",
        "落到实处",
        "党员干部",
        "全部",
        "进行",
        "运动会",
        "辖区",
        "出台",
        "相关工作",
        "各项工作",
    ],
)
def test_words_that_end_as_bodies_do(name: str) -> None:
    assert not looks_like_body(name)
    assert not is_certain_body(name)


@pytest.mark.parametrize(
    ("words", "ends"),
    [
        ("推进市财政局", True),
        ("市纪委(市监察局)", True),
        ("市监委〔市纪委[机关]", True),  # of two brackets that may open, one stands behind a body
        ("人民银行娄底中支", True),
        ("市一中", True),
        ("青川日报", True),
        ("市财政局\n", True),  # the words of a line
        ("落实(市监察局)", False),  # what stands before the bracket names none
        ("市纪委(市监察局)。", False),
        ("落到实处", False),
        ("全部（市财政局）", False),
        ("市财政局牵头", False),
        ("文化体制改革", False),
        ("资金", False),
        ("", False),
    ],
)
def test_the_end_of_a_body(words: str, ends: bool) -> None:
    assert ends_as_body(words) is ends


@pytest.mark.parametrize(
    "name", ["市海关", "市机关事务局", "县委会", "市信访处", "组织部", "市社会工作部", "县政协办", "市干部学院"]
)
def test_bodies_that_hold_such_words(name: str) -> None:
    assert looks_like_body(name)


def test_collectives() -> None:
    several = ["有关部门", "相关企业", "全市各学校", "市县两级政府", "省、市、县三级", "各级政府", "全县各乡镇"]
    assert [name for name in several if not is_collective(name)] == []
    assert [name for name in ("三级甲等医院", "两级人民法院", "有关事项", "各自", "全县") if is_collective(name)] == []


def test_a_field_stands_for_its_body() -> None:
    assert [name for name in ("财政", "市公安", "县医疗保障", "各级财政") if not is_known_name(name)] == []
    assert [name for name in ("结合实际", "安流", "志愿者") if is_known_name(name)] == []


@pytest.mark.parametrize(
    ("words", "names", "dropped"),
    [
        ("市信访局，12345", ["市信访局"], ["12345"]),
        ("市政府办 http://www.qingchuan.gov.cn", ["市政府办"], []),
        ("市教育局，联系人：李小四", ["市教育局"], ["联系人：李小四"]),
        ("市教育局，配合单位不变", ["市教育局"], ["配合单位不变"]),
        ("市财政局（资金保障）、市纪委（市监委）", ["市财政局", "市纪委（市监委）"], []),
        ("市教育局、详见附件", ["市教育局"], ["详见附件"]),
        ("市教育局，完成5项", ["市教育局"], ["完成5项"]),
        # figures and labels within names
        ("第3派出所、成员单位、建设单位", ["第3派出所", "成员单位", "建设单位"], []),
        ("国家税务总局青川市税务局、市纪委【市监委】", ["国家税务总局青川市税务局", "市纪委【市监委】"], []),
        ("新区和开发区管委会", ["新区和开发区管委会"], []),
        ("万宝新区和经开区管委会", ["万宝新区", "经开区管委会"], []),
    ],
)
def test_what_can_be_no_name(words: str, names: list[str], dropped: list[str]) -> None:
    found = split(words)
    assert [n.name for n in found.names] == names
    assert [n.name for n in found.dropped] == dropped
    assert all(is_no_name(n.name) for n in found.dropped)


def told(text: str) -> list[tuple[str, str]]:
    plan = parse_plan(text, region="青川市")
    return [(w.code, plan.text[slice(*w.span)]) for w in plan.warnings if w.span and w.code != "no-title"]


def test_a_name_that_looks_like_no_body_is_told_once() -> None:
    text = "青川市方案\n1.清理。责任单位：市财政局、安流\n2.公开。责任单位：安流、市司法局\n"
    assert told(text) == [("name-not-sure", "安流")]
    plan = parse_plan(text, region="青川市")
    assert [d.as_written for i in plan.items for d in i.duties] == ["市财政局", "安流", "安流", "市司法局"]


def test_what_is_no_name_is_told() -> None:
    assert told("青川市方案\n1.清理。责任单位：市信访局，12345\n2.公开。责任单位：市司法局\n") == [("no-name", "12345")]


def test_who_bore_a_duty_before_is_told() -> None:
    text = "青川市方案\n1.清理。责任单位由市教育局、市财政局调整为市财政局。\n2.公开。责任单位：市司法局\n"
    assert told(text) == [("bearer-replaced", "由市教育局、市财政局调整为")]
    plan = parse_plan(text, region="青川市")
    assert [d.as_written for i in plan.items for d in i.duties] == ["市财政局", "市司法局"]


@pytest.mark.parametrize(
    "line",
    [
        "抄送：市委办公室，市人大办，市政协办。",
        "主送：各镇政府，市直各部门。",
        "抄送：市教育局牵头，市财政局配合。",
        "分送：市财政局负责，\n市政协办。",
    ],
)
def test_who_gets_a_paper_bears_nothing(line: str) -> None:
    plan = parse_plan(f"青川市方案\n1.清理。（市教育局负责）\n2.公开。（市司法局负责）\n{line}\n", region="青川市")
    assert [d.as_written for i in plan.items for d in i.duties] == ["市教育局", "市司法局"]


def test_what_a_list_is_called_later_is_no_bearer() -> None:
    text = (
        "青川市方案\n1.清理。（责任单位：市教育局、市财政局，以下简称各成员单位）\n"
        "2.公开。（牵头单位：市司法局，领导小组办公室设在市司法局）\n3.培训。（市民政局（以下简称民政局）、市残联负责）\n"
    )
    plan = parse_plan(text, region="青川市")
    assert [d.unit.name for i in plan.items for d in i.duties][:3] == ["市教育局", "市财政局", "市司法局"]
    assert len(plan.items[-1].duties) == 2


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("北京市西城区工作要点", "北京市西城区"),
        ("全州县方案", "全州县"),
        ("杭州市方案", "杭州市"),
        ("青川市中心城区管理办法", "青川市"),
        ("城区管理办法", None),
        ("全市工作要点", None),
    ],
)
def test_places(words: str, place: str | None) -> None:
    assert place_at_start(words) == place
