"""Mentions: which bodies a text makes bear a demand, and which of them the unit lines name or hold."""

import pytest

from graph.names import fold
from loaders.facts.mentions import covered, subjects
from loaders.lexicon.scan import scan
from loaders.plan import parse_plan

SUBJECTS = [
    # every demand
    ("监察部门要通报结果。", ["监察部门"]),
    ("监察部门应当通报结果。", ["监察部门"]),
    ("监察部门应通报结果。", ["监察部门"]),
    ("监察部门必须通报结果。", ["监察部门"]),
    ("监察部门不得隐瞒结果。", ["监察部门"]),
    ("监察部门须通报结果。", ["监察部门"]),
    ("监察部门都要通报结果。", ["监察部门"]),
    ("监察部门均应通报结果。", ["监察部门"]),
    ("监察部门每年要通报结果。", ["监察部门"]),
    ("监察部门每年1月底前要通报结果。", ["监察部门"]),
    ("监察部门每年至少通报一次。", ["监察部门"]),
    ("乡镇政府每年2月底前，要通报结果。", ["乡镇政府"]),
    ("市县两级政府全面建立服务中心。", ["市县两级政府"]),
    ("审批部门全部进驻大厅。", ["审批部门"]),
    ("执法机构根据需要设立分队。", ["执法机构"]),
    # every head of a body's name
    ("行政机关要公开", ["行政机关"]),
    ("法制机构要审查", ["法制机构"]),
    ("乡镇党委要重视", ["乡镇党委"]),
    ("单位党组要重视", ["单位党组"]),
    ("基层党组织要重视", ["基层党组织"]),
    ("县委党校要开课", ["县委党校"]),
    ("行政学院要开课", ["行政学院"]),
    ("仲裁委员会要公正", ["仲裁委员会"]),
    ("乡镇领导班子要带头", ["乡镇领导班子"]),
    ("人民法院要依法审理", ["人民法院"]),
    ("人民检察院要依法监督", ["人民检察院"]),
    ("开发区管委会要落实", ["开发区管委会"]),
    ("各单位要落实", ["各单位"]),
    # several at once, and what still belongs to a name
    ("人民法院、人民检察院要公正司法", ["人民法院", "人民检察院"]),
    ("公安机关和司法机关应当配合", ["公安机关", "司法机关"]),
    ("各级政府及其部门要接受监督", ["各级政府及其部门"]),
    ("市、县两级政府要公开", ["市、县两级政府"]),
    ("县级政府每年1月底前，市政府每年2月底前要报告", ["县级政府", "市政府"]),
    # 和 inside a name
    ("住房和城乡建设部门要公开", ["住房和城乡建设部门"]),
    # persons behind a body are dropped
    ("行政机关及其工作人员应当公开", ["行政机关"]),
    # agents
    ("由决策机关引入第三方评估", ["决策机关"]),
    ("结果由法制机构统一公布", ["法制机构"]),
    ("由行政机关组织听证", ["行政机关"]),
    ("由乡镇政府承担", ["乡镇政府"]),
    ("由审批部门纳入清单", ["审批部门"]),
    ("由公安机关依照程序移送", ["公安机关"]),
    ("由公安机关会同办理", ["公安机关"]),
    # a named office is a subject like any other
    ("县司法局要加强审查", ["县司法局"]),
    ("县政府办应当定期通报", ["县政府办"]),
    # a word of role in prose
    ("清理文件，由市司法局负责，各县市区人民政府配合，年底前完成。", ["市司法局", "各县市区人民政府"]),
    ("市市场监管局牵头制定方案，市公安局、市财政局密切配合。", ["市市场监管局", "市公安局", "市财政局"]),
    ("建立由市教育局牵头的会商机制。", ["市教育局"]),
    ("市审计局具体负责落实。", ["市审计局"]),
    ("区生态环境局负责2025年6月30日前完成安装。", ["区生态环境局"]),
]

NO_SUBJECTS = [
    "领导干部要系统学习",
    "工作人员应当持证上岗",
    "行政机关负责人应当出庭",
    "政府工作人员应当遵守纪律",
    "市政府规章要公开",
    # 要 and 应 that begin another word
    "监察部门要求整改",
    "监察部门要点",
    "监察部门应对突发事件",
    "监察部门应用系统",
    "监察部门应急管理",
    "监察部门应诉工作",
    "监察部门须知",
    # not the subject: what stands before it
    "对行政机关应当公开",
    "向监察部门要情况",
    "支持审批部门应当创新",
    "加强审批部门全面监管",
    "未经行政机关不得公开",
    "按照监察部门必须",
    "完善行政机关全面公开",
    # no demand
    "监察部门通报了结果",
    "由县司法局负责解释",
    "县司法局负责人出席",
    "明确牵头单位和职责",
    "各负其责，密切配合",
    "由专人负责",
    "坚持“谁主管谁负责”",
    "要加强监督检查",
    "",
]


@pytest.mark.parametrize(("text", "names"), SUBJECTS)
def test_subjects(text: str, names: list[str]) -> None:
    found = list(subjects(text, (0, len(text)), scan(text)))
    assert [s.name for s in found] == names
    assert [text[slice(*s.span)] for s in found] == names
    assert all(s.clause[0] <= s.span[0] and s.span[1] <= s.clause[1] for s in found)


@pytest.mark.parametrize("text", NO_SUBJECTS)
def test_no_subjects(text: str) -> None:
    assert [s.name for s in subjects(text, (0, len(text)), scan(text))] == []


COVERED = [
    # named, in whatever brackets
    ("市政府", ["市政府"]),
    ("市纪委(市监委)", ["市纪委（市监委）"]),
    # by its office of that field
    ("法制部门", ["市政府法制办"]),
    ("监察机关", ["市纪委(市监察局)"]),
    ("各级法制机构", ["市政府法制办"]),
    # by a collective: departments
    ("财政部门", ["各有关部门"]),
    ("财政部门", ["各相关部门"]),
    ("财政部门", ["各部门"]),
    ("市直单位", ["各有关单位"]),
    # counties
    ("县级政府", ["各县市区政府"]),
    ("各县区政府", ["各县（市、区）人民政府"]),
    # organs of any level, by the two together
    ("行政机关", ["各有关部门", "各县市区政府"]),
    # both levels
    ("市县两级政府", ["市、县两级政府"]),
    ("各级政府", ["市县两级政府"]),
    # enforcement
    ("行政执法机关", ["各相关行政执法部门"]),
]
NOT_COVERED = [
    ("财政部门", ["市教育局"]),
    ("财政部门", []),
    ("行政机关", ["各有关部门"]),
    ("县级政府", ["各有关部门"]),
    ("市政府", ["市政府办"]),
    ("市县两级政府", ["各有关部门", "各县市区政府"]),
    ("行政执法机关", ["各有关部门"]),
    # party bodies, schools, courts, townships: by no collective
    ("乡镇党委", ["各有关部门", "各县市区政府"]),
    ("县委党校", ["各有关部门", "各县市区政府"]),
    ("单位党组", ["各有关单位"]),
    ("乡镇政府", ["各有关部门", "各县市区政府"]),
    ("人民法院", ["各有关部门", "各县市区政府"]),
    ("检察机关", ["各有关部门", "各县市区政府"]),
    ("乡镇领导班子", ["各有关单位"]),
]


@pytest.mark.parametrize(("name", "lines"), COVERED)
def test_covered(name: str, lines: list[str]) -> None:
    assert covered(name, "\n".join(["", *map(fold, lines), ""]))


@pytest.mark.parametrize(("name", "lines"), NOT_COVERED)
def test_not_covered(name: str, lines: list[str]) -> None:
    assert not covered(name, "\n".join(["", *map(fold, lines), ""]))


def test_an_item_mentions_a_body_once_and_only_what_its_lines_lack() -> None:
    text = (
        "青川市工作方案\n1.加强监督。监察部门要通报。教育部门要整改，监察部门要复查。人民法院应当支持。\n"
        "牵头单位：市教育局\n责任单位：市政府办\n"
    )
    plan = parse_plan(text)
    (item,) = plan.items
    assert [(m.as_written, m.unit.id, m.clause_quote) for m in item.mentions] == [
        ("监察部门", "青川市:监察部门", "监察部门要通报"),
        ("人民法院", "青川市:人民法院", "人民法院应当支持"),
    ]
