"""Every word of role in every construct: the same role and the same names, wherever the word stands, or a reason why not.

A word that one construct knows and another does not is the fault that no score shows: it loses a duty here, and makes a body
called 市财政局（协助） there.
"""

import pytest

from loaders.lexicon.roles import BEHIND, WORDS
from loaders.plan import parse_plan

NAME, OTHER = "市财政局", "市教育局"
# the construct -> an item's words; {word} is the word of role, the other body bears by the construct itself
CONSTRUCTS = {
    "label": "清理文件。\n{word}单位：市财政局\n",
    "label of a department": "清理文件。{word}部门：市财政局。\n",
    "label without its colon": "清理文件。\n{word}单位 市财政局\n",
    "label with a verb": "清理文件。{word}单位为市财政局。\n",
    "label in a box": "清理文件。\n【{word}单位】市财政局\n",
    "label in a bracket": "清理文件。（{word}单位：市财政局）\n",
    "bare label": "清理文件。\n{word}：市财政局\n",
    "bare label in a bracket": "清理文件。（{word}：市财政局）\n",
    "bare labels in a corner bracket": "清理文件。「{word}：市财政局；配合：市教育局」\n",
    "narrative bracket": "清理文件。（市财政局{word}）\n",
    "bracket behind a noun": "支持就业（市财政局{word}）。\n",
    "bracket of two": "清理文件。（市财政局{word}，市教育局参与）\n",
    "sentence": "清理文件。由市财政局{word}。\n",
    "mark in a label": "清理文件。\n责任单位：市教育局、市财政局（{word}）\n",
    "mark of a unit": "清理文件。\n责任单位：市财政局（{word}单位）、市教育局\n",
    "mark in a bracket": "清理文件。（市教育局、市财政局（{word}））\n",
    "mark in square brackets": "清理文件。\n责任单位：市教育局、市财政局[{word}]\n",
}
TABLES = {
    "column": "序号\t任务\t{word}单位\n1\t清理文件\t市财政局\n2\t公开清单\t市教育局\n",
    "bare column": "序号\t任务\t{word}\n1\t清理文件\t市财政局\n2\t公开清单\t市教育局\n",
    "mark in a cell": "序号\t任务\t责任单位\n1\t清理文件\t市财政局（{word}）\n2\t公开清单\t市教育局\n",
}
LIST = "一、职责分工\n市公安局{word}有关工作。\n市财政局{word}有关工作。\n市教育局{word}有关工作。\n"

ROLE_OF = {word: role for role, words in WORDS.items() for word in words}
BEHIND_ONLY = {word: role for role, words in BEHIND.items() for word in words if word not in ROLE_OF}
# (construct, word) -> why it gives something else than the word's role for 市财政局
EXCEPTIONS: dict[tuple[str, str], str] = {}
# what follows the body in a list is what it does: 牵头 alone says how it bears
LEADS_A_LIST = ("牵头", "总牵头", "主牵头")


def found(text: str) -> set[tuple[str, str]]:
    """(role, name) of every duty of the first item."""
    plan = parse_plan(text, region="青川市")
    return {(duty.role.value, duty.as_written) for item in plan.items[:1] for duty in item.duties}


def of_name(text: str) -> set[str]:
    """The roles of 市财政局; whoever else is named must be one of the bodies that the text names."""
    duties = found(text)
    assert {name for _, name in duties} <= {NAME, OTHER}, f"a body that none is: {duties}"
    return {role for role, name in duties if name == NAME}


RUNNING = list(CONSTRUCTS.items())


@pytest.mark.parametrize("word", ROLE_OF)
@pytest.mark.parametrize(("construct", "words"), RUNNING, ids=list(CONSTRUCTS))
def test_a_word_gives_its_role(construct: str, words: str, word: str) -> None:
    text = f"青川市工作方案\n一、任务\n1.{words.format(word=word)}2.公开清单。\n责任单位：市司法局\n"
    assert (of_name(text) == {ROLE_OF[word]}) is ((construct, word) not in EXCEPTIONS)


@pytest.mark.parametrize("word", ROLE_OF)
@pytest.mark.parametrize(("construct", "words"), TABLES.items(), ids=list(TABLES))
def test_a_word_gives_its_role_in_a_table(construct: str, words: str, word: str) -> None:
    assert (of_name(words.format(word=word)) == {ROLE_OF[word]}) is ((construct, word) not in EXCEPTIONS)


@pytest.mark.parametrize("word", [*ROLE_OF, *BEHIND_ONLY])
def test_a_word_begins_a_duty_in_a_list(word: str) -> None:
    plan = parse_plan(LIST.format(word=word), region="青川市")
    role = "lead" if word in LEADS_A_LIST else "responsible"
    assert {(d.role.value, d.as_written) for i in plan.items for d in i.duties} == {
        (role, name) for name in ("市公安局", NAME, OTHER)
    }


@pytest.mark.parametrize("word", BEHIND_ONLY)
@pytest.mark.parametrize("construct", ["narrative bracket", "bracket behind a noun", "sentence", "mark in a label"])
def test_a_word_that_stands_behind_a_name_gives_its_role(construct: str, word: str) -> None:
    text = f"青川市工作方案\n一、任务\n1.{CONSTRUCTS[construct].format(word=word)}2.公开清单。\n责任单位：市司法局\n"
    assert of_name(text) == {BEHIND_ONLY[word]}


def test_the_exceptions_are_few_and_each_has_its_reason() -> None:
    assert len(EXCEPTIONS) <= 20
    assert all(EXCEPTIONS.values())
