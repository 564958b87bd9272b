"""Tables in running text with a blank between their cells: columns of any order, rows by figure or marker, empty cells."""

import pytest

from loaders.plan import parse_plan

L, R, C, H = "lead", "responsible", "cooperating", "leader"


def read(text: str) -> list[tuple[str, list[tuple[str, str]], str | None]]:
    items = parse_plan(text, issued_on="2021", region="青川市").items
    assert all(d.rule == "table-cell" for i in items for d in i.duties)
    return [(i.heading, [(d.role.value, d.as_written) for d in i.duties], i.due.date) for i in items]


def test_persons_and_empty_cells() -> None:
    head = "青川市任务分解表 序号 工作任务 牵头领导 牵头单位 配合单位 完成时间 "
    rows = "1 清理3类文件 王五 市司法局 市财政局、市编办 2021年6月 2 公开目录 李小四 市大数据局 2021年9月 "
    assert read(head + rows) == [
        ("清理3类文件", [(H, "王五"), (L, "市司法局"), (C, "市财政局"), (C, "市编办")], "2021-06-30"),
        ("公开目录", [(H, "李小四"), (L, "市大数据局")], "2021-09-30"),
    ]


def test_columns_that_say_nothing_of_duties() -> None:
    text = "序号 政策措施 责任部门 联系人 联系电话\n1 缓缴社保费 市人社局 王建华 2081234\n2 贷款贴息 市财政局、市金融办 陈晓东 2085678\n"
    assert [(heading, duties) for heading, duties, _ in read(text)] == [
        ("缓缴社保费", [(R, "市人社局")]),
        ("贷款贴息", [(R, "市财政局"), (R, "市金融办")]),
    ]


def test_rows_by_marker_with_headings_between() -> None:
    text = (
        "重点工作 具体措施 牵头单位 责任单位 一、清理 1.公布清单 市编办 市直各部门 2.清理文件 市司法局 市财政局 市水利局 "
        "二、公开 3.公开目录 市大数据局 各县区政府"
    )
    assert [(heading, duties) for heading, duties, _ in read(text)] == [
        ("公布清单", [(L, "市编办"), (R, "市直各部门")]),
        ("清理文件", [(L, "市司法局"), (R, "市财政局"), (R, "市水利局")]),
        ("公开目录", [(L, "市大数据局"), (R, "各县区政府")]),
    ]


def test_strokes_and_lines_part_cells_too() -> None:
    strokes = "任务 | 牵头部门 | 时限\n清理文件 | 市司法局 | 2021年6月\n公开目录 | 市大数据局 | 长期\n"
    closed = "".join(f"| {line} |\n" for line in strokes.splitlines())
    expected = [("清理文件", [(L, "市司法局")], "2021-06-30"), ("公开目录", [(L, "市大数据局")], None)]
    assert read(strokes) == read(closed) == expected
    lines = (
        "序号\n问题\n整改措施\n责任单位\n整改时限\n1\n文件未清理\n开展清理；\n按月通报。\n市司法局、市财政局\n各县区政府\n"
        "2021年6月\n2\n目录未公开\n立即公开。\n市大数据局\n2021年9月\n"
    )
    assert [duties for _, duties, _ in read(lines)] == [
        [(R, "市司法局"), (R, "市财政局"), (R, "各县区政府")],
        [(R, "市大数据局")],
    ]


@pytest.mark.parametrize(
    "text",
    [
        "序号 姓名 单位 电话 1 王五 市司法局 123 2 李四 市财政局 456",
        "工作任务 责任单位 见附件。",
        "明确工作任务 责任单位 完成时限 后报市政府。1 清理文件 2 公开目录",
    ],
)
def test_what_only_looks_like_a_table(text: str) -> None:
    assert [d.as_written for i in parse_plan(text, region="青川市").items for d in i.duties] == []


def test_an_excerpt_of_a_table_one_cell_a_line_skips_numbers_and_the_headings_of_chapters() -> None:
    plan = parse_plan(
        "序号\n重点工作任务\n责任单位\n协同配合单位\n一、主要目标\n3\n投资增长7%。\n市发改委\n市财政局，各县区政府。\n"
        "二、社会事业\n68\n建设学校。\n市教育局\n市住建局\n",
        region="青川市",
    )
    assert [(i.label, [(d.role.value, d.as_written) for d in i.duties]) for i in plan.items] == [
        ("3", [("responsible", "市发改委"), ("cooperating", "市财政局"), ("cooperating", "各县区政府")]),
        ("68", [("responsible", "市教育局"), ("cooperating", "市住建局")]),
    ]


def test_a_stroke_closes_each_cell_on_its_line() -> None:
    plan = parse_plan(
        "序号 |\n民生实事 |\n责任单位 |\n1 |\n修建道路。 |\n市交通局 |\n2 |\n公开目录。 |\n市大数据局 |\n",
        region="青川市",
    )
    assert [(i.label, [d.as_written for d in i.duties]) for i in plan.items] == [
        ("1", ["市交通局"]),
        ("2", ["市大数据局"]),
    ]


def test_a_row_with_other_cells_than_the_head_is_told() -> None:
    text = (
        "青山市工作方案\n序号\t工作任务\t牵头单位\t配合单位\t督导单位\t完成时限\n"
        "1\t清理文件\t市司法局\t市财政局\t市审计局\t2024年底\n2\t整治高层建筑\t市消防救援支队\t市住建局\n"
    )
    plan = parse_plan(text, issued_on="2024")
    (told,) = [warning for warning in plan.warnings if warning.code == "row-not-sure"]
    assert text[slice(*told.span or (0, 0))] == "2\t整治高层建筑\t市消防救援支队\t市住建局"
    assert [d.as_written for d in plan.items[1].duties] == ["市消防救援支队", "市住建局"]


def duties(text: str) -> list[list[str]]:
    return [
        [f"{duty.role.value} {duty.as_written}" for duty in item.duties]
        for item in parse_plan(text, issued_on="2024", region="青川市").items
    ]


def test_names_below_a_common_name_stand_in_its_place() -> None:
    text = (
        "序号\n任务\n责任分工\n完成时限\n牵头单位\n配合单位\n1\n清理文件\n市司法局\n市财政局、市编办\n2024年6月底\n"
        "2\n公开目录\n市大数据局\n市政府办\n2024年9月底\n"
    )
    assert duties(text) == [
        ["lead 市司法局", "cooperating 市财政局", "cooperating 市编办"],
        ["lead 市大数据局", "cooperating 市政府办"],
    ]
    assert [item.due.date for item in parse_plan(text).items] == ["2024-06-30", "2024-09-30"]


def test_a_quoted_cell_of_a_spreadsheet_goes_on_over_lines() -> None:
    text = (
        '序号\t任务\t"责任\n单位"\t时限\n1\t"清理文件；\n公开""一张清单"""\t"市司法局\n市财政局"\t2024年6月底\n'
        '2\t办好"一件事"\t市大数据局\t长期\n'
    )
    assert duties(text) == [["responsible 市司法局", "responsible 市财政局"], ["responsible 市大数据局"]]


def test_a_page_of_a_table_begins_with_its_title_again() -> None:
    head = "序号\n任务\n牵头单位\n"
    text = f"青川市分工表\n{head}1\n清理文件\n市司法局\n— 1 —\n青川市分工表（续表）\n{head}2\n公开目录\n市大数据局\n"
    assert duties(text) == [["lead 市司法局"], ["lead 市大数据局"]]
    assert [w.code for w in parse_plan(text, region="青川市").warnings if w.is_loss] == []


def test_a_heading_with_a_word_of_role_gives_it_where_bodies_stand_below() -> None:
    rows = "1\t清理文件\t市司法局\t市审计局\t3月底\n2\t公开目录\t市大数据局\t市督查室\t6月底\n3\t培训\t市人社局\t市督查室\t9月底\n"
    plan = parse_plan(f"青川市推进表\n序号\t任务\t责任单位\t督导专班\t计划\n{rows}", issued_on="2024")
    assert [[duty.role.value for duty in item.duties] for item in plan.items] == [["responsible", "supervising"]] * 3
    assert [item.due.date for item in plan.items] == ["2024-03-31", "2024-06-30", "2024-09-30"]


def test_bodies_below_a_heading_that_says_nothing_are_told() -> None:
    rows = "1\t清理文件\t市司法局\t市审计局\n2\t公开目录\t市大数据局\t市督查室\n3\t培训\t市人社局\t市卫健委\n"
    text = f"青川市推进表\n序号\t任务\t责任单位\t对接\n{rows}"
    told = [text[slice(*w.span)] for w in parse_plan(text).warnings if w.span and w.is_loss]
    assert told == ["市审计局", "市督查室", "市卫健委"]


@pytest.mark.parametrize("end", ["\t", "\n"])
def test_a_column_whose_name_only_ends_as_that_over_others_does_is_one_of_its_own(end: str) -> None:
    rows = (
        ("序号", "任务", "责任单位", "复核单位", "时限"),
        ("1", "清理文件", "县司法局", "县民政局", "年底"),
        ("2", "公开清单", "县财政局", "县水利局", "年底"),
        ("3", "培训骨干", "县教育局", "县民政局", "年底"),
    )
    plan = parse_plan("青川县重点任务分解表\n" + "\n".join(end.join(row) for row in rows) + "\n", issued_on="2024")
    assert [[duty.as_written for duty in item.duties] for item in plan.items] == [
        ["县司法局"],
        ["县财政局"],
        ["县教育局"],
    ]


@pytest.mark.parametrize("end", ["\n", "    ", ""])
def test_a_number_behind_a_group_that_a_row_leaves_out_is_that_of_the_row(end: str) -> None:
    rows = (
        ("类别", "序号", "工作任务", "责任单位", "完成时限"),
        ("住房维度", "1", "清理文件", "县司法局", "2024年6月底前"),
        ("2", "公开清单", "县财政局", "2024年9月底前"),
        ("小区维度", "3", "培训骨干", "县教育局", "2024年12月底"),
        ("4", "修建道路", "县交通局", "2024年12月底"),
    )
    text = "青川县重点任务分解表\n" + ("" if not end else "\n").join(end.join(row) for row in rows) + "\n"
    plan = parse_plan(text, issued_on="2024")
    assert [(item.number, [duty.as_written for duty in item.duties]) for item in plan.items] == [
        (1, ["县司法局"]),
        (2, ["县财政局"]),
        (3, ["县教育局"]),
        (4, ["县交通局"]),
    ]


@pytest.mark.parametrize("gap", [" ", "    "])
def test_one_name_among_those_that_blanks_part_may_be_unknown(gap: str) -> None:
    rows = (
        ("序号", "工作任务", "自评情况", "责任单位", "完成时限"),
        ("1", "清理文件", "良好", "县司法局", "2024年6月底前"),
        ("2", "公开清单", "良好", "县财政局", "2024年9月底前"),
        ("3", "培训骨干", "良好", "县教育局", "2024年12月底"),
    )
    plan = parse_plan("青川县重点任务分解表\n" + "\n".join(gap.join(row) for row in rows) + "\n", issued_on="2024")
    assert [[duty.as_written for duty in item.duties] for item in plan.items] == [
        ["县司法局"],
        ["县财政局"],
        ["县教育局"],
    ]


def test_rows_wider_than_a_head_without_bodies_are_told() -> None:
    rows = "".join(f"{n}|清理文件|一类|A类|县司法局\n" for n in range(1, 5))
    plan = parse_plan(f"任务表\n序号|任务|类别\n{rows}")
    assert [(w.code, plan.text[slice(*w.span)]) for w in plan.warnings if w.span] == [
        ("table-not-read", rows.rstrip("\n"))
    ]
