"""Tasks: what makes a clause of a body one, and where a sentence with several is cut."""

from itertools import pairwise

import pytest

from graph.model import Target
from loaders.facts.citations import citations
from loaders.facts.deadlines import Issue, body_phrases
from loaders.facts.tasks import TaskMatch, tasks
from loaders.lexicon.scan import scan


def found(text: str) -> list[TaskMatch]:
    tokens = scan(text)
    titles = list(citations(text, tokens.titles))
    phrases = body_phrases(text, tokens, Issue(2018), [t.span for t in titles])
    return list(tasks(text, (0, len(text)), tokens, phrases, titles))


def cut(text: str) -> list[tuple[str, list[str]]]:
    return [(text[slice(*t.span)], [kind.value for kind in t.kinds]) for t in found(text)]


TARGETS = [
    ("工业用地占新增建设用地比例不低于30%", Target("工业用地占新增建设用地比例", 30.0, "%", ">=")),
    ("工业增加值增长8%以上", Target("工业增加值", 8.0, "%", ">=")),
    ("调解率达100%", Target("调解率", 100.0, "%", None)),
    ("调解率达到98.5%", Target("调解率", 98.5, "%", None)),
    ("调解率达96%以上", Target("调解率", 96.0, "%", ">=")),
    ("调解率不低于96％", Target("调解率", 96.0, "%", ">=")),
    ("调解率不少于96%", Target("调解率", 96.0, "%", ">=")),
    ("调解率超过96%", Target("调解率", 96.0, "%", ">=")),
    ("调解率高于96%", Target("调解率", 96.0, "%", ">=")),
    ("调解率提高到96%", Target("调解率", 96.0, "%", None)),
    ("调解率保持在96%", Target("调解率", 96.0, "%", None)),
    ("差错率控制在3‰以内", Target("差错率", 3.0, "‰", "<=")),
    ("差错率降至3%以下", Target("差错率", 3.0, "%", "<=")),
    ("差错率达到2个百分点", Target("差错率", 2.0, "个百分点", None)),
    ("至少选择两件立法项目", Target("立法项目", 2.0, "件", ">=")),
    ("至少举办一期培训班", Target("培训班", 1.0, "期", ">=")),
    ("举办两期以上专题讲座", Target("专题讲座", 2.0, "期", ">=")),
    ("开展10次以上执法检查", Target("执法检查", 10.0, "次", ">=")),
    ("期限一般不少于30日", Target("期限", 30.0, "日", ">=")),
    ("期限不少于30日", Target("期限", 30.0, "日", ">=")),
    ("期限不少于7个工作日", Target("期限", 7.0, "个工作日", ">=")),
    ("确定3个县进行试点", Target("县", 3.0, "个", None)),
    ("建成5个公园", Target("公园", 5.0, "个", None)),
    ("建设3所学校，", Target("学校", 3.0, "所", None)),
    ("新建10家企业", Target("企业", 10.0, "家", None)),
    ("培育20家龙头企业", Target("龙头企业", 20.0, "家", None)),
    ("打造3条示范街区", Target("示范街区", 3.0, "条", None)),
    ("创建2个示范县", Target("示范县", 2.0, "个", None)),
    ("完成6处隐患整改", Target("隐患整改", 6.0, "处", None)),
]
NO_TARGETS = [
    "100%",
    "100%以上",
    "达100%",
    "三个五年规划",
    "建成一批公园",
    "不少于30",
    "以上任务",
    "全面达标。",
    "3个方面",
    "两期",
]


@pytest.mark.parametrize(("text", "target"), TARGETS)
def test_target(text: str, target: Target) -> None:
    assert [(t.target, [k.value for k in t.kinds]) for t in found(f"加强管理。{text}")] == [(target, ["target"])]


@pytest.mark.parametrize("text", NO_TARGETS)
def test_no_target(text: str) -> None:
    assert found(text) == []


MAKING = ["制定", "制订", "出台", "编制", "拟定", "编写", "制定出台", "制定实施", "编制完善", "编制公布", "制定并公开"]
DOCUMENTS = (
    """办法 方案 意见 规定 目录 清单 指南 负债表 规范 规章制度 制度 体系 细则 条例 规划 计划 标准 规则 章程 预案"""
)


@pytest.mark.parametrize("verb", MAKING)
def test_every_verb_of_a_deliverable(verb: str) -> None:
    assert cut(f"{verb}政务公开目录。") == [(f"{verb}政务公开目录", ["deliverable"])]


@pytest.mark.parametrize("word", DOCUMENTS.split())
def test_every_document_to_produce(word: str) -> None:
    assert cut(f"制定政务公开{word}。") == [(f"制定政务公开{word}", ["deliverable"])]


NOT_DELIVERED = [
    "制定规范性文件，要公开征求意见",
    "制定的办法要公开",
    "在制定清单基础上公开",
    "不得制定限制性办法",
    "擅自制定办法的",
    "制定制度",
    "制定计划",
    "根据本办法执行",
    "修订《甲县办法》",
    "落实《甲县办法》",
    "完善相关制度",
    "制定本方案",
]


@pytest.mark.parametrize("text", NOT_DELIVERED)
def test_no_deliverable(text: str) -> None:
    assert cut(text) == []


CUTS = [
    ("", []),
    ("没有可以核对的要求。", []),
    ("2019年6月底前公布", [("2019年6月底前公布", ["timed"])]),
    ("自公布之日起30日内清理", [("自公布之日起30日内清理", ["timed"])]),
    ("每年组织考核", [("每年组织考核", ["recurring"])]),
    ("制定《甲县办法》", [("制定《甲县办法》", ["deliverable"])]),
    ("每年至少举办2次培训", [("每年至少举办2次培训", ["recurring", "target"])]),
    # a sentence with one core is one task, whole
    (
        "加强管理。完善机制，每年组织考核，公开结果。总结经验。",
        [("完善机制，每年组织考核，公开结果", ["recurring"])],
    ),
    # each core keeps the words that lead to it
    ("调解率达100%,成功率达96%以上。", [("调解率达100%", ["target"]), ("成功率达96%以上", ["target"])]),
    (
        "完善机制，2019年底前建成平台，每年组织考核",
        [("完善机制，2019年底前建成平台", ["timed"]), ("每年组织考核", ["recurring"])],
    ),
    # a document and the date at which it is made public are one
    ("编制服务指南,2019年6月底前向社会公布", [("编制服务指南,2019年6月底前向社会公布", ["timed", "deliverable"])]),
    (
        "编制服务指南,抓好培训,2019年6月底前建成平台",
        [("编制服务指南", ["deliverable"]), ("抓好培训,2019年6月底前建成平台", ["timed"])],
    ),
    # a time that governs nothing before its comma reaches into the next clause
    (
        "2019年底前,完成清理,2020年6月底前公布结果",
        [("2019年底前,完成清理", ["timed"]), ("2020年6月底前公布结果", ["timed"])],
    ),
    # sentences are never joined
    (
        "2019年底前清理。2020年底前公开；每季度通报",
        [("2019年底前清理", ["timed"]), ("2020年底前公开", ["timed"]), ("每季度通报", ["recurring"])],
    ),
]


@pytest.mark.parametrize(("text", "expected"), CUTS)
def test_cut(text: str, expected: list[tuple[str, list[str]]]) -> None:
    assert cut(text) == expected


@pytest.mark.parametrize("text", [row[0] for row in CUTS])
def test_tasks_never_overlap(text: str) -> None:
    spans = [t.span for t in found(text)]
    assert all(before[1] <= after[0] for before, after in pairwise(spans))


def test_each_phrase_is_in_one_task() -> None:
    text = "完善机制，2019年底前建成平台，每年组织考核。30日内办结。"
    assert [n for task in found(text) for n in task.phrases] == [0, 1, 2]
