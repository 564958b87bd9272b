"""The card of a load: what was read, by kind, and how it differs from the plan that it replaces."""

from typing import Any

from graph.store.contract import Store
from loaders.files.omissions import SHOWN, Omissions
from loaders.files.source import Source
from loaders.plan import parse_plan
from loaders.storing.card import LoadCard, make_card
from loaders.storing.load import load_plan, remove_document

NOW = "2026-11-30T00:00:00+00:00"
TEXT = """青川县河道整治方案
2024年2月1日
一、任务
1.清理淤积河段，疏浚排水沟渠。
牵头单位：县水利局
责任单位：县住建局、县财政局
完成时限：2024年6月底前
2.巡查沿河违建，建立问题台账。
牵头单位：县公安局
完成时限：长期坚持
3.公开整治结果，接受群众监督。
牵头单位：县政府办
完成时限：2024年13月底前
"""


def loaded(store: Store, text: str, **options: Any) -> LoadCard:
    report = load_plan(parse_plan(text, **options), store, replace=True, now=NOW)
    assert report.card is not None
    return report.card


def test_a_card_counts_what_was_read_by_kind(store: Store) -> None:
    card = loaded(store, TEXT)
    assert (card.title, card.region, card.issued_on, card.items) == ("青川县河道整治方案", "青川县", "2024-02-01", 3)
    assert card.duties == {"lead": 3, "responsible": 2, "cooperating": 0, "supervising": 0, "leader": 0}
    assert card.times == {"dated": 1, "ongoing": 1, "unread": 1}
    assert [(kind.code, kind.count) for kind in card.warnings] == [("no-such-date", 1)]
    assert card.warnings[0].words == ("没有这个日期，只保留原话：2024年13月底前",)
    assert (card.not_read, card.omissions, card.changes) == (1, (), None)


def test_what_the_file_left_out_is_told_by_kind_and_counted_whole() -> None:
    left = Omissions()
    for row in range(SHOWN + 3):
        left.add("hidden-row", f"第{row}行", "建立台账")
    left.add("footnote", None, "市财政局不再参加")
    card = make_card(parse_plan(Source(TEXT, notes=left.notes())))
    rows, footnote = card.omissions
    assert (rows.kind, rows.what, rows.count, rows.places[:1]) == (
        "hidden-row",
        "隐藏的行没有读入",
        SHOWN + 3,
        ("第0行“建立台账”",),
    )
    assert (footnote.count, footnote.places) == (1, ("“市财政局不再参加”",))
    assert [kind.code for kind in card.warnings] == ["no-such-date"]


def test_a_new_version_tells_what_came_and_what_went(store: Store) -> None:
    loaded(store, TEXT)
    text = TEXT.replace("牵头单位：县公安局", "牵头单位：县水利局").replace("2024年6月底前", "2024年9月底前")
    text = text.replace("县住建局、县财政局", "县财政局、县住建局").replace("3.公开", "4.公开")
    changes = loaded(store, text).changes
    assert changes is not None
    assert changes.counts == {
        "items": {"gained": 1, "lost": 1, "changed": 1},
        "duties": {"gained": 2, "lost": 2, "changed": 2},
    }
    assert [(item.number, item.differs) for item in changes.items["changed"]] == [(1, ("due_date", "timing_quote"))]
    (dated,) = changes.items["changed"]
    assert (dated.due_before, dated.due_now) == ("2024-06-30", "2024-09-30")
    told = {
        how: [(duty.number, duty.role, duty.as_written, duty.differs) for duty in duties]
        for how, duties in changes.duties.items()
    }
    assert told == {
        "gained": [(2, "lead", "县水利局", ()), (4, "lead", "县政府办", ())],
        "lost": [(2, "lead", "县公安局", ()), (3, "lead", "县政府办", ())],
        "changed": [
            (1, "responsible", "县财政局", ("position",)),
            (1, "responsible", "县住建局", ("position",)),
        ],
    }


def test_another_place_in_the_text_is_no_change(store: Store) -> None:
    loaded(store, TEXT)
    changes = loaded(store, TEXT.replace("一、任务", "为做好这项工作，制定本方案。\n一、任务")).changes
    assert changes is not None
    assert {count for counts in changes.counts.values() for count in counts.values()} == {0}


def test_a_plan_that_takes_the_place_of_another_id_is_compared_with_it(store: Store) -> None:
    loaded(store, TEXT)
    card = loaded(store, TEXT, title="青川县治水方案", issued_on="2024-03-02")
    assert [fix.name for fix in card.corrections] == ["title", "issued_on"]
    assert card.changes is not None
    assert [(row.name, row.before, row.now) for row in card.changes.head] == [
        ("title", "青川县河道整治方案", "青川县治水方案"),
        ("issued_on", "2024-02-01", "2024-03-02"),
    ]
    assert card.changes.counts["duties"] == {"gained": 0, "lost": 0, "changed": 0}


def test_a_removal_has_no_card(store: Store) -> None:
    plan = parse_plan(TEXT)
    load_plan(plan, store, now=NOW)
    assert remove_document(plan.document.id, store).card is None
