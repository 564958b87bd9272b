"""Plans laid out as tables: columns by their headings, rows to items, merged cells, what repeats the body."""

import io
from collections.abc import Sequence

import pytest
import xlsxwriter

from graph.model import Plan, Table
from loaders.duties.table_cells import table_items
from loaders.files.read import read_bytes
from loaders.files.source import Source
from loaders.plan import parse_plan
from loaders.tables.header import TypedTable, column_kind

Row = Sequence[str | int | None]


def source(*rows: Row, merged: Sequence[tuple[int, int, int, int]] = (), before: str = "", after: str = "") -> Source:
    """A table written down as the readers do; ``merged`` are first and last row, first and last column."""
    covers = {
        (r, c): (top, left)
        for top, bottom, left, right in merged
        for r in range(top, bottom + 1)
        for c in range(left, right + 1)
    }
    text, spans = before, {}
    width = max(map(len, rows))
    for r, row in enumerate(rows):
        for c in range(width):
            words = str(row[c]) if c < len(row) and row[c] is not None else ""
            text += "\t" if c else ""
            if covers.get((r, c), (r, c)) == (r, c):
                spans[r, c] = len(text), len(text) + len(words)
                text += words
        text += "\n"
    cells = tuple(tuple(spans[covers.get((r, c), (r, c))] for c in range(width)) for r in range(len(rows)))
    return Source(text + after, tables=(Table("表1", tuple(range(1, len(rows) + 1)), cells),))


HEAD = ("序号", "任务", "牵头单位", "配合单位", "完成时限")


def duties(plan: Plan) -> list[tuple[int | None, int | None, str, str]]:
    return [(i.number, i.part, d.role.value, d.as_written) for i in plan.items for d in i.duties]


def read(*rows: Row, merged: Sequence[tuple[int, int, int, int]] = (), before: str = "", after: str = "") -> Plan:
    return parse_plan(source(*rows, merged=merged, before=before, after=after), region="临江市", issued_on="2024")


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("序号", "number"), ("重点任务", "task"), ("2024年重点任务", "task"), ("具体措施", "content"),
        ("责任单位（列首位的为牵头单位）", "responsible"), ("牵头单位", "lead"), ("省级牵头单位", "lead"),
        ("配合单位", "cooperating"), ("完成时限", "deadline"), ("时间进度", "deadline"), ("完成时间", "deadline"),
        ("承办处室", "responsible"), ("责任领导", "leader"), ("备注", "other"), ("单位", "unit"), ("领域", "group"),
        ("牵头组织实施单位", "lead"), ("督办落实单位", "supervising"), ("组织实施单位", "responsible"),
        ("市司法局", None), ("推进依法行政工作任务全面落实到位并取得成效", None), ("", None),
    ],
)  # fmt: skip
def test_a_column_is_known_by_its_heading(heading: str, kind: str | None) -> None:
    assert column_kind(heading) == kind


def test_each_row_is_an_item_with_the_places_of_its_cells() -> None:
    made = source(
        HEAD,
        (1, "清理文件。逐件审核。", "市司法局", "市财政局、市审计局", "2024年6月底前"),
        (2, "公开清单", "市编办", "", ""),
    )
    plan = parse_plan(made, region="临江市")
    assert [(i.number, i.label, i.heading, i.body) for i in plan.items] == [
        (1, "1", "清理文件", "清理文件。逐件审核。"),
        (2, "2", "公开清单", "公开清单"),
    ]
    assert duties(plan) == [
        (1, None, "lead", "市司法局"),
        (1, None, "cooperating", "市财政局"),
        (1, None, "cooperating", "市审计局"),
        (2, None, "lead", "市编办"),
    ]
    first = plan.items[0].duties[0]
    assert (first.rule, first.inferred, first.clause_quote) == ("table-cell", False, "市司法局")
    assert first.span is not None
    assert made.where(first.span) == "表1第2行「牵头单位」列"
    assert plan.items[0].due.date == "2024-06-30"
    assert all(plan.text[slice(*d.span)] == d.quote for i in plan.items for d in i.duties if d.span)


def test_two_header_rows_are_read_together() -> None:
    plan = read(
        ("序号", "任务", "责任分工", "", "时限"), ("", "", "牵头", "配合", ""), (1, "清理文件", "市司法局", "市财政局", "长期坚持"),
        merged=[(0, 1, 0, 0), (0, 1, 1, 1), (0, 0, 2, 3), (0, 1, 4, 4)],
    )  # fmt: skip
    assert duties(plan) == [(1, None, "lead", "市司法局"), (1, None, "cooperating", "市财政局")]
    assert plan.items[0].ongoing


def test_a_header_repeated_on_a_later_page_is_no_row() -> None:
    plan = read(HEAD, (1, "清理文件", "市司法局"), HEAD, (2, "公开清单", "市编办"))
    assert [i.number for i in plan.items] == [1, 2]


def test_one_task_over_several_rows_has_parts() -> None:
    plan = read(
        ("序号", "重点工作", "工作措施", "责任单位", "完成时限"),
        (1, "深化改革", "制定清单", "市编办", "2024年6月底前"), (None, None, "公布清单", "市司法局", "2024年9月底前"), (2, "加强监管", "检查", "市财政局", ""),
        merged=[(1, 2, 0, 0), (1, 2, 1, 1)],
    )  # fmt: skip
    assert [(i.number, i.part, i.heading, i.due.date) for i in plan.items] == [
        (1, None, "深化改革", None),
        (1, 1, "制定清单", "2024-06-30"),
        (1, 2, "公布清单", "2024-09-30"),
        (2, None, "加强监管", None),
    ]
    assert duties(plan) == [
        (1, 1, "responsible", "市编办"),
        (1, 2, "responsible", "市司法局"),
        (2, None, "responsible", "市财政局"),
    ]


def test_a_unit_s_cell_over_several_rows_holds_for_each_and_rests_on_its_place() -> None:
    plan = read(HEAD, (1, "清理文件", "市司法局"), (2, "公开清单", None), merged=[(1, 2, 2, 2)])
    assert duties(plan) == [(1, None, "lead", "市司法局"), (2, None, "lead", "市司法局")]
    first, second = (item.duties[0] for item in plan.items)
    assert first.span is not None
    assert (second.span, second.quote, second.because) == (None, None, (first.span,))


def test_the_same_as_above_takes_the_words_of_the_cell_above() -> None:
    plan = read(HEAD, (1, "清理文件", "市司法局、市编办"), (2, "公开清单", "同上"), (3, "健全机制", "〃"))
    assert duties(plan)[2:] == [(n, None, "lead", name) for n in (2, 3) for name in ("市司法局", "市编办")]
    last = plan.items[2].duties[0]
    assert (last.rule, last.inferred, last.clause_quote, last.span) == ("same-as-above", True, "〃", None)


def test_who_stands_on_rows_of_their_own_belongs_to_the_row_above() -> None:
    plan = read(HEAD, (1, "清理文件", "市司法局"), (None, None, "市编办", "市财政局"))
    assert duties(plan) == [
        (1, None, "lead", "市司法局"),
        (1, None, "lead", "市编办"),
        (1, None, "cooperating", "市财政局"),
    ]


def test_lines_of_a_cell_are_bodies_but_a_broken_list_goes_on() -> None:
    plan = read(HEAD, (1, "清理文件", "市司法局\n市编办", "市财政局、\n市人力资源和\n社会保障局"))
    names = [name.replace("\n", "") for _, _, _, name in duties(plan)]
    assert names == ["市司法局", "市编办", "市财政局", "市人力资源和社会保障局"]


def test_names_in_a_column_of_leaders_lead_the_row() -> None:
    plan = read(("序号", "任务", "责任单位", "责任领导"), (1, "清理文件", "市司法局", "张大山、李小河"))
    assert duties(plan) == [
        (1, None, "responsible", "市司法局"),
        (1, None, "leader", "张大山"),
        (1, None, "leader", "李小河"),
    ]


def test_nobody_is_nobody() -> None:
    assert duties(read(HEAD, (1, "清理文件", "市司法局", "无"), (2, "公开清单", "／", "—"))) == [
        (1, None, "lead", "市司法局")
    ]


def test_titled_rows_are_headings_and_a_note_is_none() -> None:
    plan = read(
        HEAD, ("一、健全制度",), (1, "清理文件", "市司法局"), ("二、加强监督",), (1, "公开清单", "市编办"), ("注：本表由市司法局解释。",),
        merged=[(1, 1, 0, 4), (3, 3, 0, 4), (5, 5, 0, 4)],
    )  # fmt: skip
    assert [(s.label, s.title) for s in plan.sections if s.label] == [("一、", "健全制度"), ("二、", "加强监督")]
    assert [i.id.rpartition(":")[2] for i in plan.items] == ["s1-1", "s2-1"]


def test_a_table_stands_under_its_heading_and_the_text_around_it_is_read() -> None:
    plan = read(
        HEAD, (1, "清理文件", "市司法局"),
        before="临江市工作方案\n一、目标\n依法行政。\n二、任务\n", after="三、保障\n其他任务原则上应当在2025年底前完成。\n",
    )  # fmt: skip
    assert [(s.label, s.title) for s in plan.sections if s.label] == [
        ("一、", "目标"),
        ("二、", "任务"),
        ("三、", "保障"),
    ]
    assert [i.id.rpartition(":")[2] for i in plan.items] == ["s2-1"]
    assert plan.document.title == "临江市工作方案"


def test_rows_without_numbers_and_numbers_inside_the_cell() -> None:
    table = (("任务", "责任单位"), ("1.清理文件", "市司法局"), ("公开清单", "市编办"))
    plan = read(*table)
    assert [(i.number, i.label, i.heading) for i in plan.items] == [(1, "1.", "清理文件"), (None, None, "公开清单")]


def test_a_table_of_figures_assigns_nothing() -> None:
    rows = (("指标", "单位", "目标值"), ("任务完成率", "%", "95"))
    assert table_items(source(*rows).text, [TypedTable(t) for t in source(*rows).tables]) == []
    rows = (("序号", "工作任务", "单位"), ("1", "新增就业", "万人"), ("2", "新建道路", "公里"))
    assert duties(read(*rows)) == []


def test_a_column_named_for_units_tells_who_is_responsible_where_its_cells_name_bodies() -> None:
    rows = (("序号", "工作任务", "单位"), ("1", "促进就业", "市人社局"), ("2", "新建道路", "市交通局"))
    assert duties(read(*rows)) == [(1, None, "responsible", "市人社局"), (2, None, "responsible", "市交通局")]


def test_labels_inside_a_cell_give_the_roles() -> None:
    rows = (("序号", "任务", "责任分工"), (1, "清理文件", "牵头单位：市司法局\n配合单位：市编办"))
    assert duties(read(*rows)) == [(1, None, "lead", "市司法局"), (1, None, "cooperating", "市编办")]


def test_an_annexed_table_that_repeats_the_body_is_read_once_and_told() -> None:
    body = "临江市工作方案\n一、任务\n1.全面清理规范性文件。逐件审核。\n牵头单位：市司法局。\n2.公开权力责任清单。\n牵头单位：市编办。\n附表\n"
    plan = read(
        HEAD,
        (1, "全面清理规范性文件", "市司法局"),
        (2, "公开权力责任清单", "市编办"),
        (3, "建立监督机制", "市审计局"),
        before=body,
    )
    assert duties(plan) == [(1, None, "lead", "市司法局"), (2, None, "lead", "市编办"), (3, None, "lead", "市审计局")]
    (told,) = [w for w in plan.warnings if w.code == "table-repeats-body"]
    assert "2行" in told.message


def test_an_annexed_table_completes_the_items_of_the_body_and_another_lead_is_told() -> None:
    body = "临江市工作方案\n一、任务\n1.全面清理规范性文件。\n牵头单位：市司法局。\n2.公开权力责任清单。\n牵头单位：市编办。\n附表\n"
    plan = read(
        ("序号", "任务", "牵头单位", "责任单位", "完成时限"),
        (1, "全面清理规范性文件", "市司法局", "市财政局", "2018年6月底前"),
        (2, "公开权力责任清单", "市大数据局", "市审计局", "2018年9月底前"),
        before=body,
    )
    assert duties(plan) == [
        (1, None, "lead", "市司法局"),
        (1, None, "responsible", "市财政局"),
        (2, None, "lead", "市编办"),
        (2, None, "responsible", "市审计局"),
    ]
    assert [item.due.date for item in plan.items] == ["2018-06-30", "2018-09-30"]
    (other,) = [w for w in plan.warnings if w.code == "annex-differs"]
    assert plan.text[slice(*other.span or (0, 0))] == "市大数据局"


def test_an_item_before_a_table_ends_where_the_table_begins() -> None:
    plan = read(
        HEAD,
        (1, "清理文件", "市司法局"),
        before="临江市工作方案\n一、任务\n1.健全机制。\n牵头单位：市编办。\n2.另见下表\n",
    )
    assert [(i.number, plan.text[slice(*i.span)]) for i in plan.items][:2] == [
        (1, "1.健全机制。\n牵头单位：市编办。"),
        (2, "2.另见下表"),
    ]


def test_a_table_goes_on_in_the_next_one_without_a_header() -> None:
    first, second = source(HEAD, (1, "清理文件", "市司法局")), source((2, "公开清单", "市编办", "", ""))
    by = len(first.text)
    moved = tuple(tuple((a + by, b + by) for a, b in row) for row in second.tables[0].rows)
    both = Source(first.text + second.text, tables=(*first.tables, Table("表2", (1,), moved)))
    assert [(number, name) for number, _, _, name in duties(parse_plan(both, region="临江市"))] == [
        (1, "市司法局"),
        (2, "市编办"),
    ]


def test_a_damaged_date_in_a_cell_is_mended_and_places_stay_in_the_source() -> None:
    plan = read(HEAD, (1, "清理文件", "市司法局", "", "20246月底前"), (2, "公开清单", "市编办", "", "2024年底前"))
    assert [i.due.date for i in plan.items] == ["2024-06-30", "2024-12-31"]
    assert [d.quote for i in plan.items for d in i.duties] == ["市司法局", "市编办"]
    assert [r.rule for r in plan.repairs] == ["lost-year-before-month"]


def test_a_long_table_is_read_in_time_that_grows_with_it() -> None:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target)
    page = book.add_worksheet()
    page.write_row(0, 0, HEAD)
    for row in range(1, 3001):
        page.write_row(row, 0, (row, f"第{row}项任务", "市司法局", "市财政局", "2024年底前"))
    book.close()
    plan = parse_plan(read_bytes(target.getvalue()), region="临江市")
    assert len(plan.items) == 3000
    assert len(duties(plan)) == 6000


def test_ditto_below_an_empty_cell_says_nothing() -> None:
    plan = read(
        HEAD, (1, "清理文件", "市司法局"), (2, "公开清单", ""), (3, "健全机制", "同上"), (4, "推进试点", "市编办")
    )
    assert [[d.as_written for d in item.duties] for item in plan.items] == [["市司法局"], [], [], ["市编办"]]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("牵头：市水利局；配合：市财政局", ["lead 市水利局", "cooperating 市财政局"]),
        ("市水利局牵头；市财政局、市审计局配合", ["lead 市水利局", "cooperating 市财政局", "cooperating 市审计局"]),
        (
            "市水利局（牵头）；市财政局、市审计局（配合）",
            ["lead 市水利局", "cooperating 市财政局", "cooperating 市审计局"],
        ),
        ("市水利局会同市财政局", ["responsible 市水利局", "responsible 市财政局"]),  # the column gives the role
        ("市医疗保障局会同市财政局", ["responsible 市医疗保障局", "responsible 市财政局"]),
    ],
)
def test_who_leads_and_who_cooperates_in_one_cell(cell: str, expected: list[str]) -> None:
    plan = parse_plan(f"青川市任务表\n序号\t任务\t责任单位\n1\t清理文件\t{cell}\n2\t公开清单\t市司法局\n")
    assert [f"{duty.role.value} {duty.as_written}" for duty in plan.items[0].duties] == expected


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        # two cells have words, one of them over two rows; figures are no words
        (
            ((1, "清理文件", "市司法局", "每周一报"), (2, "公开清单", "市财政局", 3), (3, "清河", "市水利局", "盯紧")),
            ["2格…每周一报"],
        ),
        (((1, "清理文件", "市司法局", 1), (2, "公开清单", "市财政局", None)), []),
        (((1, "清理文件", "市司法局", "市审计局"), (2, "公开清单", "市财政局", "市审计局")), ["2格…市审计局"]),
    ],
)
def test_a_column_without_a_heading_is_told(rows: Sequence[Row], told: list[str]) -> None:
    plan = read(("序号", "任务", "牵头单位", ""), *rows)
    met = [w for w in plan.warnings if w.code == "column-without-head"]
    shown = [f"{w.message.partition('其中')[2].partition('的')[0]}…{plan.text[slice(*w.span or (0, 0))]}" for w in met]
    assert shown == told


def test_a_merged_cell_without_a_heading_is_told_once() -> None:
    rows = ((1, "清理文件", "市司法局", "盯紧"), (2, "公开清单", "市财政局", None))
    plan = read(("序号", "任务", "牵头单位", ""), *rows, merged=[(1, 2, 3, 3)])
    assert ["1格" in w.message for w in plan.warnings if w.code == "column-without-head"] == [True]


def test_a_cell_over_a_named_and_an_unnamed_column_is_told_by_neither() -> None:
    plan = read(
        ("序号", "任务", "牵头单位", ""), (1, "清理文件", "市司法局", None), merged=[(0, 0, 2, 3), (1, 1, 2, 3)]
    )
    assert not [w for w in plan.warnings if w.code == "column-without-head"]
