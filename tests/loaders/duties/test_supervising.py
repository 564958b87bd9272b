"""Who supervises (督导单位：…, 市督查室督办): every word × what it stands before × every place gives the role, and nobody a duty."""

from itertools import product

import pytest

from graph.model import Plan
from loaders.lexicon.roles import BEHIND, WORDS
from loaders.plan import parse_plan

WORDS_OF_ISSUE = ["督导", "监督", "督办", "督查", "考核", "验收", "销号"]
LABELS = ["".join(pair) for pair in product(WORDS_OF_ISSUE, ["单位", "部门", "责任单位", "责任部门", "主体"])]
SUPERVISOR, BEARER = "市审计局", "市财政局"
BEARS = {("responsible", BEARER)}

# a label in each place: {label} is 督导单位, 督导部门, 督导责任单位 …
LABELLED = {
    "label line": "1.清理文件。\n责任单位：市财政局\n{label}：市审计局\n",
    "label line before the bearer": "1.清理文件。\n{label}：市审计局\n责任单位：市财政局\n",
    "label behind a label": "1.清理文件。责任单位：市财政局，{label}：市审计局，完成时限：2024年6月底。\n",
    "label behind a blank": "1.清理文件。\n责任单位：市财政局 {label}：市审计局\n",
    "label with a qualifier": "1.清理文件。\n责任单位：市财政局\n市级{label}：市审计局\n",
    "label without a colon": "1.清理文件。\n责任单位 市财政局\n{label} 市审计局\n",
    "label with a verb": "1.清理文件。责任单位为市财政局，{label}为市审计局。\n",
    "box": "1.清理文件。\n【责任单位】市财政局\n【{label}】市审计局\n",
    "square box": "1.清理文件。\n［责任单位］市财政局　［{label}］市审计局\n",
    "bracket": "1.清理文件。（责任单位：市财政局；{label}：市审计局）\n",
    "bracket of its own": "1.清理文件。（责任单位：市财政局）（{label}：市审计局）\n",
    "bracket with a time": "1.清理文件。（责任单位：市财政局，{label}：市审计局，完成时限：2024年6月底）\n",
    "corner bracket": "1.清理文件。〔责任单位：市财政局；{label}：市审计局〕\n",
    "word in a bracket": "1.清理文件。\n责任单位：市财政局、市审计局（{label}）\n",
}
COLUMNS = {
    "last column": "序号\t任务\t责任单位\t{label}\n1\t清理文件\t市财政局\t市审计局\n2\t公开清单\t市财政局\t市审计局\n",
    "column before the bearer": "序号\t任务\t{label}\t责任单位\n1\t清理文件\t市审计局\t市财政局\n2\t公开清单\t市审计局\t市财政局\n",
    "column of a drawn table": "| 序号 | 任务 | 责任单位 | {label} |\n|---|---|---|---|\n| 1 | 清理文件 | 市财政局 | 市审计局 |\n| 2 | 公开清单 | 市财政局 | 市审计局 |\n",
}
# a word of its own behind a name
SAID = {
    "bare label": "1.清理文件。\n责任单位：市财政局\n{word}：市审计局\n",
    "bare label in a bracket": "1.清理文件。（责任：市财政局；{word}：市审计局）\n",
    "narrative bracket": "1.清理文件。（市财政局负责，市审计局{word}）\n",
    "bracket behind a noun": "1.支持就业（市财政局负责，市审计局{word}）。\n",
    "sentence": "1.清理文件。由市财政局负责，市审计局{word}。\n",
    "sentence with its own verb": "1.清理文件。市财政局牵头，市审计局负责{word}。\n",
    "mark": "1.清理文件。\n责任单位：市财政局、市审计局（{word}）\n",
    "mark of a unit": "1.清理文件。\n责任单位：市审计局（{word}单位）、市财政局\n",
    "bracket behind the bearer": "1.清理文件。\n责任单位：市财政局（市审计局{word}）\n",
    "mark in a cell": "序号\t任务\t责任单位\n1\t清理文件\t市财政局、市审计局（{word}）\n2\t公开清单\t市财政局\n",
    "bracket in a cell": "序号\t任务\t责任单位\n1\t清理文件\t市财政局（市审计局{word}）\n2\t公开清单\t市财政局\n",
}


def read(words: str) -> Plan:
    return parse_plan(f"青川市工作方案\n一、任务\n{words}5.公开清单。\n责任单位：市司法局\n", region="青川市")


def duties(plan: Plan) -> set[tuple[str, str]]:
    return {(duty.role.value, duty.as_written) for duty in plan.items[0].duties}


@pytest.mark.parametrize(("place", "words"), (LABELLED | COLUMNS).items(), ids=[*LABELLED, *COLUMNS])
def test_every_label_supervises(place: str, words: str) -> None:
    for label in LABELS:
        said = words.format(label=label)
        plan = read(said) if place in LABELLED else parse_plan(said, region="青川市")
        assert (label, duties(plan), plan.not_read) == (label, {*BEARS, ("supervising", SUPERVISOR)}, 0)


@pytest.mark.parametrize(("place", "words"), SAID.items(), ids=list(SAID))
def test_every_word_supervises(place: str, words: str) -> None:
    bears = "lead" if place == "sentence with its own verb" else "responsible"
    for word in WORDS["supervising"]:
        said = words.format(word=word)
        plan = parse_plan(said, region="青川市") if place.endswith("cell") else read(said)
        assert (word, duties(plan), plan.not_read) == (word, {(bears, BEARER), ("supervising", SUPERVISOR)}, 0)


@pytest.mark.parametrize("words", [word for word in BEHIND["supervising"] if word not in WORDS["supervising"]])
def test_several_words_together_supervise(words: str) -> None:
    assert duties(read(f"1.清理文件。（市财政局负责，市审计局负责{words}）\n")) == {*BEARS, ("supervising", SUPERVISOR)}


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("市审计局督查考核", "supervising"),
        ("市审计局监督指导", "supervising"),
        ("市审计局定期督导检查", "supervising"),
        ("市审计局指导监督", "cooperating"),  # the first word says what it is
        ("市审计局配合督导", "cooperating"),
        ("市审计局牵头督办", "lead"),
    ],
)
def test_of_several_words_the_first_says_what_it_is(said: str, expected: str) -> None:
    assert duties(read(f"1.清理文件。（市财政局负责，{said}）\n")) == {*BEARS, (expected, SUPERVISOR)}


@pytest.mark.parametrize(
    "words",
    [
        "1.加强质量监督。\n责任单位：市财政局\n",
        "1.完善考核。验收合格后方可销号。\n责任单位：市财政局\n",
        "1.清理文件，接受社会监督。\n责任单位：市财政局\n",
        "1.清理文件。考核单位要按月通报。\n责任单位：市财政局\n",
        "1.清理文件。\n责任单位：市财政局\n监督电话：12345678\n",
        "1.清理文件。\n责任单位：市财政局\n验收销号：各督办单位应在整改期限届满后5个工作日内组织验收。\n",
        "1.清理文件。\n责任单位：市财政局\n监督：各有关部门应加强检查。\n",
    ],
)
def test_other_uses_of_the_words_name_nobody(words: str) -> None:
    assert duties(read(words)) == BEARS


def test_a_column_of_results_names_nobody() -> None:
    plan = parse_plan(
        "序号\t任务\t责任单位\t验收\n1\t清理文件\t市财政局\t合格\n2\t公开清单\t市财政局\t合格\n", region="青川市"
    )
    assert duties(plan) == BEARS
