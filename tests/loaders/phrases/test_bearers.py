"""Units: how a clause is cut into bearers, which names are collectives, and which body of which region a name is."""

import pytest

from loaders.facts.unit_identity import Units
from loaders.lexicon.bodies import is_collective
from loaders.lexicon.vocabulary import load_yaml
from loaders.phrases.bearers import split

SPLIT = [
    # every mark between names
    ("市编办、市司法局", ["市编办", "市司法局"]),
    ("市编办，市司法局", ["市编办", "市司法局"]),
    ("市编办,市司法局", ["市编办", "市司法局"]),
    ("市编办；市司法局", ["市编办", "市司法局"]),
    ("市编办;市司法局", ["市编办", "市司法局"]),
    ("市编办、 市司法局 、市财政局", ["市编办", "市司法局", "市财政局"]),
    ("市司法局", ["市司法局"]),
    # white space is a mark too where both sides are bodies
    ("市司法局 市财政局", ["市司法局", "市财政局"]),
    ("", []),
    ("、，", []),
    # 和 inside a name, and between two names
    ("市发展和改革委员会、市住房和城乡建设局", ["市发展和改革委员会", "市住房和城乡建设局"]),
    ("市文化和旅游局", ["市文化和旅游局"]),
    ("市司法局和市财政局", ["市司法局", "市财政局"]),
    # brackets belong to the name: one body with two name plates
    ("市纪委(市监委)", ["市纪委(市监委)"]),
    ("市纪委（市监委）、市审计局", ["市纪委（市监委）", "市审计局"]),
    ("市委政法委（市综治办、市维稳办）、市审计局", ["市委政法委（市综治办、市维稳办）", "市审计局"]),
    # collectives whose parts share their head stay whole
    ("市、县两级政府", ["市、县两级政府"]),
    ("市财政局，各市、县（区）人民政府", ["市财政局", "各市、县（区）人民政府"]),
    ("各县（市、区）人民政府、市司法局", ["各县（市、区）人民政府", "市司法局"]),
    ("各区、县级市", ["各区、县级市"]),
    ("省、市、县（区）相关部门", ["省、市、县（区）相关部门"]),
    # … but a named body behind a collective is a body of its own
    ("各县（市、区）、市财政局", ["各县（市、区）", "市财政局"]),
    ("各区、市农业农村局", ["各区", "市农业农村局"]),
    # how they bear it is no part of a name
    ("市司法局负责", ["市司法局"]),
    ("市司法局具体负责", ["市司法局"]),
    ("市司法局、市财政局按职责分工负责", ["市司法局", "市财政局"]),
    ("市司法局、市财政局按照各自职责分工", ["市司法局", "市财政局"]),
    ("各有关部门,各县区政府按职责分工分别负责", ["各有关部门", "各县区政府"]),
    ("市司法局组织实施", ["市司法局"]),
    ("市司法局分别落实", ["市司法局"]),
    ("市司法局共同承担", ["市司法局"]),
    ("按职责分工负责", []),
    ("市落实办、市实施办、各单位负责人", ["市落实办", "市实施办", "各单位负责人"]),
    # a bracket that lost its other half
    ("市司法局）", ["市司法局"]),
    ("（市司法局", ["市司法局"]),
    # a label that says that there is nobody
    ("无", []),
]


@pytest.mark.parametrize(("text", "names"), SPLIT)
def test_split(text: str, names: list[str]) -> None:
    found = split(text)
    assert [n.name for n in found.names] == names
    assert not found.open_list
    assert [text[slice(*n.span)] for n in found.names] == names


ROLES = [
    # a word of role closes the names before it; the role of the others is the clause's own
    ("市发改委牵头", [("市发改委", "lead")]),
    ("市发改委、市财政局牵头，市审计局配合", [("市发改委", "lead"), ("市财政局", "lead"), ("市审计局", "cooperating")]),
    ("市发改委牵头，市财政局按职责分工负责", [("市发改委", "lead"), ("市财政局", None)]),
    ("市发改委牵头负责、市财政局参与", [("市发改委", "lead"), ("市财政局", "cooperating")]),
    ("市发改委主办，市财政局协办", [("市发改委", "lead"), ("市财政局", "cooperating")]),
    ("市发改委会同市财政局", [("市发改委", None), ("市财政局", "cooperating")]),
    # a mark in a bracket is of this name alone
    ("市教育局、市发改委（牵头）、市财政局", [("市教育局", None), ("市发改委", "lead"), ("市财政局", None)]),
    ("市教育局、市财政局（配合）", [("市教育局", None), ("市财政局", "cooperating")]),
    # neither a word of role nor a mark
    ("市牵头办、市协作办", [("市牵头办", None), ("市协作办", None)]),
    ("市纪委(市监委)", [("市纪委(市监委)", None)]),
]


@pytest.mark.parametrize(("text", "expected"), ROLES)
def test_roles_given_inside_a_clause(text: str, expected: list[tuple[str, str | None]]) -> None:
    assert [(n.name, n.role) for n in split(text).names] == expected


OPEN = [
    # 等有关部门: one collective more, and the list is open
    ("市工信局、市司法局等有关部门", ["市工信局", "市司法局", "有关部门"]),
    ("市工信局等相关部门", ["市工信局", "相关部门"]),
    ("市工信局等有关单位", ["市工信局", "有关单位"]),
    ("市工信局等相关单位负责", ["市工信局", "相关单位"]),
    ("市工信局等有关部门和单位", ["市工信局", "有关部门和单位"]),
    ("市工信局等相关单位和部门", ["市工信局", "相关单位和部门"]),
    # 等, 等部门, 等单位: only open
    ("市工信局、市司法局等", ["市工信局", "市司法局"]),
    ("市工信局等部门", ["市工信局"]),
    ("市工信局等单位", ["市工信局"]),
    ("市工信局等部门按职责分工负责", ["市工信局"]),
]


@pytest.mark.parametrize(("text", "names"), OPEN)
def test_open_list(text: str, names: list[str]) -> None:
    found = split(text)
    assert [n.name for n in found.names] == names
    assert found.open_list
    assert [text[slice(*n.span)] for n in found.names] == names


@pytest.mark.parametrize("text", ["市高等院校、市中等职业学校", "市平等促进会"])
def test_the_character_inside_a_name_opens_no_list(text: str) -> None:
    assert not split(text).open_list


COLLECTIVES = [
    "各有关部门",
    "各县市区政府",
    "各县（市、区）人民政府",
    "各乡镇人民政府",
    "各成员单位",
    "市县两级政府",
    "市、县两级政府",
    "有关部门",
    "相关部门",
    "有关单位",
    "有关企业",
    "相关县市区",
    "其他部门",
    "其它单位",
    "所有单位",
    "全市各级各部门",
    "全县各单位",
    "全省各市州",
    "县市区政府",
    "市县区政府",
    "各级政府",
    "两级政府",
    "市直各单位",
    "县直有关部门",
    "省直部门",
    "市级有关部门",
    "省级相关部门",
    "县级政府",
    "县级政府部门",
    "市政府各部门",
    "市政府有关部门",
    "市政府部门",
    "市安委会成员单位",
    "市有关部门",
    "区有关部门",
    "市相关部门",
    "市各有关部门",
    "省、市、县（区）相关部门",
    "部门",
]
NAMED = [
    "市司法局",
    "市委办",
    "市纪委(市监委)",
    "市政府",
    "市政府办",
    "市人民政府办公室",
    "省高级人民法院",
    "市中级人民法院",
    "市高级技工学校",
    "市直机关工委",
    "市级机关事务管理局",
    "市各界联合会筹备处",
    "县融媒体中心",
    "青川县政府",
    "人民银行青川县支行",
    "市公安局",
    "区政府督查室",
    "县委组织部",
]


@pytest.mark.parametrize("name", COLLECTIVES)
def test_collective(name: str) -> None:
    assert is_collective(name.replace("（", "(").replace("）", ")"))


@pytest.mark.parametrize("name", NAMED)
def test_named(name: str) -> None:
    assert not is_collective(name)


RESOLVED = [
    # region of the document, name -> id
    ("青川市", "市司法局", "青川市:市司法局"),
    ("青川市", "青川仲裁委员会", "青川市:青川仲裁委员会"),
    ("青川县", "县司法局", "青川县:县司法局"),
    ("南京市鼓楼区", "区司法局", "南京市鼓楼区:区司法局"),
    ("湖南省", "省司法厅", "湖南省:省司法厅"),
    ("湘西土家族苗族自治州", "州司法局", "湘西土家族苗族自治州:州司法局"),
    ("兴安盟", "盟司法局", "兴安盟:盟司法局"),
    ("内蒙古自治区", "自治区司法厅", "内蒙古自治区:自治区司法厅"),
    ("青川县大石镇", "镇党政办", "青川县大石镇:镇党政办"),
    ("鄂温克旗", "旗司法局", "鄂温克旗:旗司法局"),
    ("全国", "国家发展改革委", "全国:国家发展改革委"),
    ("全国", "教育部", "全国:教育部"),
    # a first character that is part of a word, not of a level
    ("青川县", "市场监管局", "青川县:市场监管局"),
    ("全国", "市场监管总局", "全国:市场监管总局"),
    ("青川县", "国土资源局", "青川县:国土资源局"),
    ("青川市", "区块链研究院", "青川市:区块链研究院"),
    # the vocabulary's record: short name, alias, official name
    ("娄底市", "市政府法制办", "娄底市:市政府法制办"),
    ("娄底市", "市法制办", "娄底市:市政府法制办"),
    ("娄底市", "娄底市人民政府法制办公室", "娄底市:市政府法制办"),
    ("娄底市", "市纪委（市监察局）", "娄底市:市纪委(市监察局)"),
    ("娄底市", "市监察局", "娄底市:市纪委(市监察局)"),
    # of another city the vocabulary says nothing
    ("青川市", "市法制办", "青川市:市法制办"),
    # white space and widths are folded away
    ("青川市", "市 司法局", "青川市:市司法局"),
]

UNRESOLVED = [
    (None, "市司法局"),
    (None, "青川仲裁委员会"),
    ("", "市司法局"),
    ("青川市", "县司法局"),
    ("青川县", "市司法局"),
    ("湖南省", "市司法局"),
    ("全国", "省司法厅"),
]


@pytest.mark.parametrize(("region", "name", "expected"), RESOLVED)
def test_resolved(region: str, name: str, expected: str) -> None:
    units = Units("某文件", region)
    reference, collective = units.resolve(name)
    (unit,) = units.all()
    assert (reference.id, unit.id, unit.unresolved, collective) == (expected, expected, False, False)
    assert unit.region == expected.partition(":")[0]


@pytest.mark.parametrize(("region", "name"), UNRESOLVED)
def test_unresolved(region: str | None, name: str) -> None:
    units = Units("某文件", region)
    assert units.resolve(name)[0].id == f"某文件:?{name}"
    assert [(u.region, u.unresolved) for u in units.all()] == [(None, True)]


@pytest.mark.parametrize("name", ["湖南省司法厅", "国务院", "国家统计局"])
def test_a_body_of_a_higher_level_is_not_of_the_documents_region(name: str) -> None:
    assert not Units("某文件", "青川市").resolve(name)[0].id.startswith("青川市:")


def test_the_same_name_in_two_regions_is_two_bodies() -> None:
    ids = {Units("某文件", region).resolve("市司法局")[0].id for region in ("青川市", "娄底市")}
    assert ids == {"青川市:市司法局", "娄底市:市司法局"}


def test_a_collective_belongs_to_its_document() -> None:
    units = Units("某文件", "青川市")
    reference, collective = units.resolve("各有关部门")
    assert (reference.id, collective) == ("某文件:各有关部门", True)
    assert units.resolve("市、县两级政府")[0] == units.resolve("市县两级政府")[0]
    assert [u.collective for u in units.all()] == [True, True]


def test_two_forms_of_one_body_are_one_unit() -> None:
    units = Units("某文件", "娄底市")
    assert units.resolve("市法制办")[0] == units.resolve("市政府法制办")[0]
    assert [u.name for u in units.all()] == ["市政府法制办"]


@pytest.mark.parametrize(
    ("forms", "id_"),
    [
        (("县应急局", "县应急管理局", "青川县应急管理局"), "青川县:县应急局"),
        (("县政府办", "县政府办公室", "县人民政府办公室"), "青川县:县政府办"),
        (("县政府", "县人民政府", "青川县人民政府"), "青川县:县政府"),
        (("县委编办", "县委机构编制委员会办公室", "县编办"), "青川县:县编办"),
        (("县人社局", "县人力资源和社会保障局"), "青川县:县人社局"),
    ],
)
def test_forms_of_one_name_are_one_body(forms: tuple[str, ...], id_: str) -> None:
    units = Units("某文件", "青川县")
    assert {units.resolve(form)[0].id for form in forms} == {id_}
    (unit,) = units.all()
    assert unit.source == "bodies.yaml"
    assert unit.full_name is not None
    assert unit.full_name.startswith("青川县")
    assert set(forms) <= {unit.name, unit.full_name, *unit.aliases, f"青川县{unit.name[1:]}"}


@pytest.mark.parametrize(
    "forms",
    [
        # bodies whose official name differs from place to place: one in any place, its official name is not told
        ("县城管局", "县城市管理局", "县城市管理综合执法局"),
        ("县文旅局", "县文化旅游局", "县文化和旅游局"),
        ("县文广旅局", "县文化广电旅游局", "县文化广电和旅游局"),
        ("县委", "中共青川县委", "中共青川县委员会", "中国共产党青川县委员会", "青川县委"),
        ("县委组织部", "中共青川县委组织部", "青川县委组织部"),
    ],
)
def test_forms_of_one_name_within_a_place_are_one_body(forms: tuple[str, ...]) -> None:
    units = Units("某文件", "青川县")
    assert {units.resolve(form)[0].id for form in forms} == {f"青川县:{forms[0]}"}
    (unit,) = units.all()
    assert unit.full_name is None


def test_the_committee_of_the_youth_league_is_one_body() -> None:
    units = Units("某文件", "青川县")
    forms = ("团县委", "县团委", "共青团县委", "共青团青川县委", "共青团青川县委员会", "共青团县委员会")
    assert {units.resolve(form)[0].id for form in forms} == {"青川县:团县委"}
    assert units.all()[0].full_name == "中国共产主义青年团青川县委员会"
    assert units.resolve("团市委")[0].id == "某文件:?团市委"  # of the prefecture above
    assert units.resolve("共青团中央")[0].id == "青川县:共青团中央"


def test_the_bodies_of_an_autonomous_county_are_of_the_county() -> None:
    region = "双溪侗族苗族瑶族自治县"
    units = Units("某文件", region)
    assert {units.resolve(form)[0].id for form in ("县水利局", "自治县水利局", f"{region}水利局")} == {
        f"{region}:县水利局"
    }


def test_a_district_that_names_its_prefecture_has_its_bodies() -> None:
    units = Units("某文件", "沧州市新华区")
    assert [units.resolve(name)[0].id for name in ("区住建局", "市财政局", "省水利厅")] == [
        "沧州市新华区:区住建局",
        "沧州市:市财政局",
        "某文件:?省水利厅",
    ]


def test_of_several_places_of_one_name_none_is_chosen() -> None:
    units = Units("某文件", "新华区")
    for name in ("区住建局", "市财政局", "省水利厅", "各街道办事处"):
        units.resolve(name)
    cities = ("石家庄市", "沧州市", "平顶山市")
    assert {(u.id, u.unresolved, u.candidates) for u in units.all()} == {
        ("某文件:?区住建局", True, tuple(f"{city}新华区:区住建局" for city in cities)),
        ("某文件:?市财政局", True, tuple(f"{city}:市财政局" for city in cities)),
        ("某文件:?省水利厅", True, ()),
        ("某文件:各街道办事处", False, ()),
    }


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("县发改委", "县发改局"),
        ("县文旅局", "县文广旅局"),
        ("县应急局", "县应急办"),
        ("县委办", "县政府办"),
        ("县委", "县委办"),
    ],
)
def test_different_bodies_stay_two(one: str, other: str) -> None:
    units = Units("某文件", "青川县")
    assert units.resolve(one)[0].id != units.resolve(other)[0].id


def test_no_form_stands_in_two_groups() -> None:
    forms = [form for group in load_yaml("bodies")["groups"] for form in group]
    assert len(forms) == len(set(forms))
    assert all(len(group) > 1 for group in load_yaml("bodies")["groups"])


@pytest.mark.parametrize(
    ("words", "roles"),
    [
        ("市水利局（牵头）；市气象局、市水文局（配合）", ["lead", "cooperating", "cooperating"]),
        ("市水利局、市住建局（牵头）；市气象局（配合）", ["lead", "lead", "cooperating"]),
        ("市水利局（牵头）、市气象局、市水文局（配合）", ["lead", None, "cooperating"]),  # a mark is of one name
        ("市水利局（牵头）；市气象局、市水文局", ["lead", None, None]),
        ("市水利局（牵头）；市气象局（配合）、市水文局（配合）", ["lead", "cooperating", "cooperating"]),
    ],
)
def test_a_mark_at_the_end_of_each_group_is_of_the_whole_group(words: str, roles: list[str | None]) -> None:
    assert [name.role for name in split(words).names] == roles
