"""A table whose cells contradict its head is not taken but told, and so is a single row; what no sign tells is told as doubtful."""

import pytest

from graph.model import Plan
from loaders.plan import parse_plan
from tests.loaders.tables.damages import HELD_OUT, READABLE, Sample, samples
from tests.loaders.tables.layouts import TASKS, titled

HEAD = "序号\t任务\t牵头单位\t配合单位\t时限\n"
ROWS = (
    "1\t清理文件\t市司法局\t市财政局、市教育局\t6月底\n",
    "2\t公开目录\t市大数据局\t市政府办、市司法局\t9月底\n",
    "3\t培训骨干\t市人社局\t市财政局、市民政局\t长期\n",
    "4\t修建道路\t市交通局\t市住建局、市水利局\t年底\n",
)


def read(text: str) -> Plan:
    return parse_plan(titled(text), issued_on="2024", region="青川市")


def told(plan: Plan, code: str) -> list[str]:
    return [plan.text[slice(*w.span)] for w in plan.warnings if w.code == code and w.span]


@pytest.mark.parametrize(
    "wrong",
    [
        "长期\t公示结果\t市商务局\t市文旅局\t5\n",  # the number and the time changed places
        "5\t市商务局、市文旅局\t公示结果\t市民政局\t长期\n",
        "市文旅局\t5\t公示结果\t长期\t市商务局\n",
    ],
)
def test_a_row_that_contradicts_its_head_is_left_out_and_told(wrong: str) -> None:
    plan = read(HEAD + "".join(ROWS) + wrong + "6\t建设学校\t市教育局\t市财政局\t长期\n")
    assert [item.number for item in plan.items] == [1, 2, 3, 4, 6]
    assert told(plan, "table-not-read") == [wrong.rstrip()]


def test_a_table_most_rows_of_which_contradict_its_head_is_told_with_what_was_seen() -> None:
    swapped = "".join("\t".join(reversed(row.rstrip().split("\t"))) + "\n" for row in ROWS)
    plan = read(HEAD + swapped)
    assert not any(item.duties for item in plan.items)
    (warning,) = [w for w in plan.warnings if w.code == "table-not-read"]
    assert "5栏、4行" in warning.message
    assert "序号 任务 牵头单位 配合单位 时限" in warning.message
    assert warning.span
    assert plan.text[slice(*warning.span)].startswith("序号\t任务")
    assert plan.text[slice(*warning.span)].endswith("\t4")


def test_where_no_sign_parts_the_cells_a_row_beside_a_wrong_one_is_doubtful() -> None:
    rows = [row.replace("\t", "\n") for row in (*ROWS, *(f"{n}{row[1:]}" for n, row in enumerate(ROWS, 5)))]
    wrong = "9\n市商务局\n公示结果\n长期\n市文旅局\n"
    plan = read(HEAD.replace("\t", "\n") + "".join(rows) + wrong)
    assert [item.number for item in plan.items] == list(range(1, 9))
    assert [words[:6] for words in told(plan, "row-not-sure")] == ["8\n修建道路"]


def test_a_list_alone_stands_in_the_column_of_lists_and_is_told() -> None:
    alone = "5\n公示结果\n市商务局、市文旅局\n长期\n"
    plan = read((HEAD + "".join(ROWS)).replace("\t", "\n") + alone)
    assert [(d.role.value, d.as_written) for d in plan.items[4].duties] == [
        ("cooperating", "市商务局"),
        ("cooperating", "市文旅局"),
    ]
    assert told(plan, "row-not-sure") == [alone.rstrip()]


def test_one_name_alone_stands_in_the_first_column_and_is_told() -> None:
    plan = read((HEAD + "".join(ROWS)).replace("\t", "\n") + "5\n公示结果\n市商务局\n长期\n")
    assert [(d.role.value, d.as_written) for d in plan.items[4].duties] == [("lead", "市商务局")]
    assert len(told(plan, "row-not-sure")) == 1


def test_a_row_whose_cell_was_broken_over_lines_is_whole_again() -> None:
    plan = read(
        "序号\t任务\t牵头单位\t配合单位\t时限\n1\t清理文件\t市司法局\t市财政局、\n市教育局\t6月底\n\t公开目录\t市大数据局\t市政府办、\n市司法局\t9月底\n"
    )
    assert [[d.as_written for d in item.duties] for item in plan.items if item.duties] == [
        ["市司法局", "市财政局", "市教育局"],
        ["市大数据局", "市政府办", "市司法局"],
    ]
    assert told(plan, "row-not-sure") == []


def test_a_row_that_strokes_part_may_end_with_empty_cells() -> None:
    plan = read("序号|任务|牵头单位|配合单位|时限\n1|清理文件|市司法局||\n2|公开目录||市大数据局|\n")
    assert [[(d.role.value, d.as_written) for d in item.duties] for item in plan.items] == [
        [("lead", "市司法局")],
        [("cooperating", "市大数据局")],
    ]


@pytest.mark.parametrize("layout", ["\n", " "])
def test_a_head_of_two_rows_stands_again_on_the_next_page(layout: str) -> None:
    heads = layout.join(["序号", "任务", "责任分工", "责任分工", "时限"]) + "\n" + HEAD.replace("\t", layout)
    rows = [row.replace("\t", layout) for row in ROWS]
    plan = read(heads + "".join(rows[:3]) + heads + rows[3])
    assert [item.number for item in plan.items] == [1, 2, 3, 4]
    assert [d.as_written for d in plan.items[3].duties] == ["市交通局", "市住建局", "市水利局"]


def figures(made: list[Sample]) -> tuple[int, int, int, int]:
    """Tables that were taken, right ones among them (F1 of .9); rows that were taken without doubt, right ones among them."""
    taken = right = rows = right_rows = 0
    for sample in made:
        plan = parse_plan(sample.text, issued_on="2024")
        unsure = [w.span for w in plan.warnings if w.code == "row-not-sure" and w.span]
        found: set[tuple[str, str, str]] = set()
        is_taken = False
        for item in plan.items:
            task = next((task for task in TASKS if task in item.body), "?")
            own = {(task, duty.role.value, duty.as_written) for duty in item.duties}
            found |= own
            is_taken = is_taken or any(duty.rule == "table-cell" for duty in item.duties)
            if own and not any(start <= item.span[0] < end for start, end in unsure):
                rows += 1
                right_rows += own <= sample.duties
        if is_taken:
            taken += 1
            right += 20 * len(found & sample.duties) >= 9 * (len(found) + len(sample.duties))
    return taken, right, rows, right_rows


def test_what_is_taken_of_made_up_tables_is_right() -> None:
    made = list(samples(140, seed=11))
    taken, right, rows, right_rows = figures(made)
    assert right >= 0.97 * taken
    assert right_rows >= 0.97 * rows
    readable = [sample for sample in made if sample.severity in READABLE]
    assert figures(readable)[0] >= 0.98 * len(readable)


def test_rows_of_damages_that_the_confidence_was_not_set_on_are_mostly_right() -> None:
    _, _, rows, right_rows = figures(list(samples(60, seed=11, severities=HELD_OUT)))
    assert right_rows >= 0.93 * rows


def test_the_number_of_a_page_between_rows_is_no_cell() -> None:
    head = "序号\t任务\t责任单位\t时限\n"
    plan = read(head + "1\t清理文件\t市司法局\t6月底\n\n第 2 页\n2\t公开目录\t市大数据局\t9月底\n")
    assert [[d.as_written for d in item.duties] for item in plan.items] == [["市司法局"], ["市大数据局"]]
    assert [item.due.date for item in plan.items if item.due] == ["2024-06-30", "2024-09-30"]
    assert [w.code for w in plan.warnings if w.is_loss or w.code == "row-not-sure"] == []


@pytest.mark.parametrize(
    ("head", "row", "doubtful"),
    [
        (
            "序号\t类别\t任务\t责任单位\t备注\n",
            "4\t修建道路\t市交通局\t急\n",
            False,
        ),  # one column of bodies, one cell of them
        ("序号\t任务\t牵头单位\t配合单位\t时限\n", "4\t修建道路\t市交通局\t年底\n", True),  # of which column is it?
        ("序号\t类别\t任务\t责任单位\t抓手\n", "4\t修建道路\t市交通局\t市住建局\n", True),  # nor which of the two bears
    ],
)
def test_a_row_with_fewer_cells_is_doubtful_where_its_bodies_can_stand_elsewhere(
    head: str, row: str, doubtful: bool
) -> None:
    columns = head.count("\t")
    rows = [*ROWS[:3], *ROWS[:2]]
    if columns == 4 and "类别" in head:
        rows = [f"{n}\t基础\t任务{n}有了\t市司法局\t\n" for n in range(1, 4)]
    plan = read(head + "".join(rows[:3]) + row)
    assert [words.split("\t")[1] for words in told(plan, "row-not-sure")] == (["修建道路"] if doubtful else [])
    assert "市交通局" in {duty.as_written for item in plan.items for duty in item.duties}


@pytest.mark.parametrize(
    ("order", "kept"),
    [((0, 1, 2, 3, 4), ["市司法局", "市大数据局", "市人社局", "市交通局"]), ((2, 4, 0, 1, 3), [])],
)
def test_rows_behind_a_page_in_another_order_are_not_taken_one_into_the_next(
    order: tuple[int, ...], kept: list[str]
) -> None:
    rows = [row.rstrip("\n").split("\t") for row in ROWS]
    lines = [*HEAD.split(), *rows[0], *rows[1], *(row[column] for row in rows[2:] for column in order)]
    plan = read("\n".join(lines) + "\n")
    assert [duty.as_written for item in plan.items for duty in item.duties if duty.role == "lead"] == kept
    assert bool(told(plan, "table-not-read")) is not bool(kept)
