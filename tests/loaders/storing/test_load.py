"""Loading by difference, on every store: what is written, what is refused, what is kept."""

import hashlib
from pathlib import Path

import pytest
from msgspec import Struct
from msgspec.structs import replace

from graph import model
from graph.errors import DocumentConflict, EmptyPlan, NoText, NotFound, UnreadableSource
from graph.model import ParseOptions
from loaders.files.source import Source
from loaders.plan import parse_plan, read_plan
from loaders.storing.differences import read_stored
from loaders.storing.load import LoadReport, load_new, load_plan, remove_document
from loaders.storing.rows import plan_rows

NOW = "2026-11-23T08:00:00+00:00"
LATER = "2026-11-24T08:00:00+00:00"


def load(plan, store, **options) -> LoadReport:
    return load_plan(plan, store, now=NOW, **options)


def written(report: LoadReport) -> tuple[dict[str, int], ...]:
    return report.created, report.changed, report.removed, report.moved


def stored(store, plan):
    return store.read(lambda reading: read_stored(reading, plan.document.id, plan_rows(plan, now=NOW)))


def facts(rows) -> dict[tuple[str, ...], dict]:
    return {key: r.properties | {"ends": r.ends} for key, r in rows.relationships.items()}


def counts(store) -> dict[str, int]:
    return {name: count for name, count in store.status().counts.items() if count and name not in ("Meta", "Migration")}


def places_out(properties: dict) -> dict:
    return {
        k: v
        for k, v in properties.items()
        if k not in ("start", "end", "clause_start", "clause_end", "because", "page")
    }


def test_what_is_loaded_is_what_the_plan_says(store, plans):
    plan = plans.make()
    report = load(plan, store)
    assert report.document_id == plan.document.id
    assert not report.unchanged
    assert {k: report.created[k] for k in ("Item", "Unit", "Regulation", "LEADS", "RESPONSIBLE_FOR", "CITES")} == {
        "Item": 3,
        "Unit": 6,
        "Regulation": 2,
        "LEADS": 5,
        "RESPONSIBLE_FOR": 5,
        "CITES": 2,
    }
    assert counts(store) == report.created
    rows, wanted = stored(store, plan), plan_rows(plan, now=NOW)
    assert rows.nodes == wanted.nodes
    assert facts(rows) == facts(wanted)


def test_every_stored_place_holds_its_words(store, plans):
    plan = plans.make()
    load(plan, store)
    rows = stored(store, plan)
    for fact in rows.relationships.values():
        if "quote" in fact.properties:
            assert plan.text[fact.properties["start"] : fact.properties["end"]] == fact.properties["quote"]


def test_loading_twice_writes_nothing(store, plans):
    first = load(plans.make(), store)
    again = load_plan(plans.make(), store, now=LATER)
    assert again.unchanged
    assert written(again) == ({}, {}, {}, {})
    assert again.data_version == first.data_version == store.status().data_version
    assert stored(store, plans.make()).nodes["Document"][again.document_id]["loaded_at"] == NOW


def test_after_editing_a_line_only_its_relationships_come_and_go(store, plans):
    load(plans.make(), store)
    before = facts(stored(store, plans.make()))
    edited = plans.edited(2, responsible=("市司法局", "市民政局", "市审计局")).make()
    report = load(edited, store)
    item = f"{edited.document.id}:s1-2"
    after = facts(stored(store, edited))
    gone = {key[1] for key in before.keys() - after.keys() if key[0] == "RESPONSIBLE_FOR"}
    new = {key[1] for key in after.keys() - before.keys() if key[0] == "RESPONSIBLE_FOR"}
    assert gone == {f"{item}|responsible|市财政局|1"}
    assert new == {f"{item}|responsible|市民政局|1", f"{item}|responsible|市审计局|1"}
    assert {key[0] for key in before.keys() ^ after.keys()} == {"RESPONSIBLE_FOR", "HAS_TEXT"}
    for key in before.keys() & after.keys():
        assert places_out(before[key]) == places_out(after[key])
    # 市财政局 bore nothing else, 市审计局 was not known before; the text is another one
    assert report.created == {"RESPONSIBLE_FOR": 2, "Unit": 1, "SourceText": 1, "HAS_TEXT": 1}
    assert report.removed == {"RESPONSIBLE_FOR": 1, "Unit": 1, "SourceText": 1, "HAS_TEXT": 1}
    assert report.changed == {"Document": 1}
    assert set(report.moved) >= {"Item", "LEADS", "RESPONSIBLE_FOR", "CITES"}


def test_an_edit_taken_back_restores_the_graph(store, plans):
    load(plans.make(), store)
    before = stored(store, plans.make())
    load(plans.edited(1, leads=("市司法局",), due=None).make(), store)
    load(plans.make(), store)
    after = stored(store, plans.make())
    assert (after.nodes, facts(after)) == (before.nodes, facts(before))


def test_a_property_that_is_no_longer_stated_goes(store, plans):
    plan = plans.make()
    load(plan, store)
    load(replace(plan, document=replace(plan.document, issued_on=None)), store)
    assert "issued_on" not in stored(store, plan).nodes["Document"][plan.document.id]


def test_a_load_that_changes_something_notes_its_time(store, plans):
    load(plans.make(), store)
    report = load_plan(plans.edited(3, heading="推进政务公开工作").make(), store, now=LATER)
    assert report.changed == {"Document": 1, "Item": 1}
    assert stored(store, plans.make()).nodes["Document"][report.document_id]["loaded_at"] == LATER


def test_the_same_number_from_another_place_is_another_document(store, plans):
    here, there = plans.make(), plans.make(region="望海市", issuer="中共望海市委")
    load(here, store)
    load(there, store)
    assert counts(store)["Document"] == 2
    assert counts(store)["Item"] == 6
    # 市司法局 of each place is a unit of its own; a national title is one for both
    assert counts(store)["Unit"] == 12
    assert counts(store)["Regulation"] == 2
    assert (load(here, store).unchanged, load(there, store).unchanged) == (True, True)


@pytest.mark.parametrize("other", [{"title": "临江市政务公开要点"}, {"issuer": "临江市人民政府"}])
def test_the_same_id_with_another_title_or_issuer_is_refused(store, plans, other):
    load(plans.make(), store)
    before = counts(store), store.status().data_version
    message = r"'临江市-临发2017-4' belongs to 《临江市法治政府建设实施方案》.*--id.*--replace"
    with pytest.raises(DocumentConflict, match=message):
        load(plans.make(**other), store)
    assert (counts(store), store.status().data_version) == before
    assert load(plans.make(), store).unchanged


def test_replace_puts_another_plan_in_its_place(store, plans):
    load(plans.make(), store)
    other = plans.edited(1, heading="编制目录").make(title="临江市政务公开要点")
    report = load(other, store, replace=True)
    assert report.changed["Document"] == 1
    assert load(other, store).unchanged


def test_a_title_written_with_other_brackets_is_the_same(store, plans):
    load(plans.make(title="临江市实施方案（2017）"), store)
    assert load(plans.make(title="临江市实施方案(2017)"), store).changed["Document"] == 1


def renamed(plan: model.Plan, key: str) -> model.Plan:
    """The same text under another id."""
    old = plan.document.id

    def walk(value):
        if isinstance(value, str):
            return key + value.removeprefix(old) if value.startswith(old) else value
        if isinstance(value, tuple):
            return tuple(map(walk, value))
        if isinstance(value, Struct):
            return replace(value, **{name: walk(getattr(value, name)) for name in value.__struct_fields__})
        return value

    return walk(plan)


LISTED = "长河市重点任务清单\n{}\n"
POINTS = ("1.疏浚城区排水渠道。", "2.清理河岸堆放的垃圾。", "3.修补沿河损坏的护栏。", "4.栽种河堤两侧的树木。")
LED = "牵头单位：市水务局。"


def listed(*points, **options):
    return parse_plan(LISTED.format("\n".join(f"{point}\n{LED}" for point in points)), **options)


def test_another_plan_with_one_title_and_no_number_is_refused_with_both(store):
    first = load_plan(listed(*POINTS[:2]), store, now=NOW)
    with pytest.raises(DocumentConflict, match=r"another text with that title.*--id.*--replace"):
        load_plan(listed(*POINTS[2:]), store, now=NOW)
    assert load_plan(listed(*POINTS[2:], document_id="second"), store, now=NOW).document_id == "second"
    assert load_plan(listed(*POINTS[:2]), store, now=NOW).unchanged
    assert load_plan(listed(POINTS[3]), store, replace=True, now=NOW).document_id == first.document_id


@pytest.mark.parametrize("options", [{}, {"document_id": "list"}])
def test_what_two_plans_share_by_their_kind_makes_them_no_version_of_one(store, options):
    """A title, a heading, labels and numbers, and one item each."""
    load_plan(listed("一、任务", POINTS[0], **options), store, now=NOW)
    with pytest.raises(DocumentConflict, match=r"another text with that title.*--id.*--replace") as refused:
        load_plan(listed("一、任务", POINTS[1].replace("2.", "1."), **options), store, now=NOW)
    assert len(refused.value.candidates) == 1


def test_the_same_items_under_another_title_are_refused_with_both(store):
    first = load_plan(listed(*POINTS), store, now=NOW)
    copy = parse_plan(listed(*POINTS).text.replace("重点任务", "年度工作").replace("\n", "\n\n"))
    with pytest.raises(
        DocumentConflict, match=r"same text, item by item, as 《长河市重点任务清单》.*《长河市年度工作清单》"
    ) as refused:
        load_plan(copy, store, now=NOW)
    assert refused.value.candidates == (first.document_id,)
    assert load_new([copy], store, now=NOW) == set()
    assert 1 not in load_new([copy, parse_plan(copy.text.replace("年度", "全年"))], store, now=NOW)
    assert load_plan(copy, store, dry_run=True, replace=True, now=NOW).replaced == (first.document_id,)
    own = parse_plan(copy.text, document_id="copy")
    assert load_plan(own, store, now=NOW).replaced == ()
    assert load_plan(listed(*POINTS), store, now=NOW).unchanged
    assert load_plan(own, store, now=NOW).unchanged


@pytest.mark.parametrize(("number", "region"), [("长政发〔2020〕1号", "长河市"), (None, "白河市")])
def test_the_same_items_of_another_number_or_place_are_another_plan(store, number, region):
    first = listed(*POINTS, reference_number=number and "长政发〔2019〕1号")
    load_plan(first, store, now=NOW)
    text = first.text.replace("重点任务", "年度工作")
    report = load_plan(parse_plan(text, reference_number=number, region=region), store, now=NOW)
    assert report.created["Document"] == 1


def test_a_new_version_of_a_plan_without_a_number_takes_its_place(store):
    first = load_plan(listed(*POINTS[:3]), store, now=NOW)
    for version in (POINTS, (POINTS[0], POINTS[1], "3.更换沿河损坏的护栏。")):
        report = load_plan(listed(*version), store, now=NOW)
        assert (report.document_id, report.unchanged) == (first.document_id, False)


def test_the_same_text_under_another_id_is_refused(store, plans):
    load(plans.make(), store)
    message = r"already loaded as '临江市-临发2017-4'.*--id 临江市-临发2017-4.*--replace"
    with pytest.raises(DocumentConflict, match=message):
        load(renamed(plans.make(), "我的方案"), store)
    assert counts(store)["Document"] == 1


def test_replace_lets_the_same_text_move_to_another_id(store, plans):
    load(plans.make(), store)
    before = counts(store)
    report = load(renamed(plans.make(), "我的方案"), store, replace=True)
    assert report.replaced == ("临江市-临发2017-4",)
    assert counts(store) == before
    assert load(renamed(plans.make(), "我的方案"), store).unchanged


def test_an_id_that_begins_like_another_takes_nothing_from_it(store, plans):
    longer = renamed(plans.make(region="望海市", issuer="中共望海市委"), "计划:s1")
    load(longer, store)
    load(renamed(plans.make(), "计划"), store)
    remove_document("计划", store)
    assert load(longer, store).unchanged


def test_a_trial_writes_nothing_and_foretells_the_load(store, plans):
    load(plans.make(), store)
    before = counts(store), store.status().data_version
    edited = plans.edited(2, responsible=("市审计局",)).make()
    trial = load(edited, store, dry_run=True)
    assert trial.dry_run
    assert (counts(store), store.status().data_version) == before
    assert trial.data_version == before[1]
    assert written(trial) == written(load(edited, store))


def test_a_text_without_items_and_duties_is_refused_unless_allowed(store, plans):
    plan = plans.make()
    empty = replace(plan, items=(), duties=(), units=(), regulations=())
    with pytest.raises(NoText, match=r"the file holds no text; nothing was loaded"):
        load_plan(parse_plan(" \n"), store, now=NOW)
    with pytest.raises(EmptyPlan, match=r"the text holds no task item and no duty.*--allow-empty"):
        load(empty, store)
    assert counts(store) == {}
    load(empty, store, allow_empty=True)
    assert counts(store)["Document"] == 1


def test_a_plan_with_items_but_no_duties_is_loaded(store, plans):
    plan = plans.make()
    bare = tuple(replace(item, duties=(), citations=()) for item in plan.items)
    load(replace(plan, items=bare, duties=(), units=(), regulations=()), store)
    assert counts(store)["Item"] == 3


def test_half_a_surrogate_pair_is_refused(store, plans):
    with pytest.raises(UnreadableSource, match="half of a surrogate pair"):
        load(replace(plans.make(), text="\ud800"), store)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda p: replace(p, items=(p.items[0], p.items[0])), "two Item with the id"),
        (lambda p: replace(p, duties=(p.duties[0], p.duties[0])), "two relationships"),
        (lambda p: replace(p, document=replace(p.document, kind=3)), "'kind' is 3; expected string"),
    ],
)
def test_a_plan_that_is_not_whole_is_refused_not_half_loaded(store, plans, change, message):
    with pytest.raises(ValueError, match=message):
        load(change(plans.make()), store)
    assert counts(store) == {}


def test_removing_a_document_leaves_what_others_refer_to(store, plans):
    load(plans.make(), store)
    second = plans.make(reference="临发〔2017〕5号", title="临江市另一方案")
    alone = counts(store)
    load(second, store)
    report = remove_document(second.document.id, store)
    assert report.removed["Item"] == 3
    assert "Unit" not in report.removed
    assert counts(store) == alone
    assert load(plans.make(), store).unchanged
    report = remove_document(plans.make().document.id, store)
    assert report.removed == alone
    assert counts(store) == {}


def test_removing_what_is_not_there_says_so(store):
    with pytest.raises(NotFound, match="no document has the id '别处-1'"):
        remove_document("别处-1", store)


def with_unit(plan: model.Plan, **changes) -> model.Plan:
    """The plan with its first unit said to be otherwise."""
    return replace(plan, units=(replace(plan.units[0], **changes), *plan.units[1:]))


def unit_of(store, plan) -> dict:
    return stored(store, plan).nodes["Unit"][plan.units[0].id]


def test_two_documents_agree_on_a_unit_whatever_the_order(store, plans):
    first = with_unit(plans.make(), aliases=("甲称", "丙称"), full_name="临江市编办")
    second = plans.make(reference="临发〔2017〕5号", title="临江市另一方案")
    second = with_unit(second, aliases=("乙称",), full_name="临江市机构编制委员会办公室", level=None)
    outcomes = []
    for order in ((first, second), (second, first)):
        for plan in order:
            load(plan, store)
        outcomes.append(unit_of(store, first))
        assert [load(plan, store).unchanged for plan in (*order, *order)] == [True] * 4
        for plan in order:
            remove_document(plan.document.id, store)
    assert outcomes[0] == outcomes[1]
    assert outcomes[0]["aliases"] == ["丙称", "乙称", "甲称"]
    assert outcomes[0]["level"] == "市"
    assert "乙称" in outcomes[0]["search_text"]


def test_the_vocabulary_knows_a_unit_better_than_a_text(store, plans):
    known = with_unit(plans.make(), full_name="临江市机构编制委员会办公室", source="官网 (A)", aliases=("市编委办",))
    guess = plans.make(reference="临发〔2017〕5号", title="临江市另一方案")
    for order in ((known, guess), (guess, known)):
        for plan in order:
            load(plan, store)
        assert unit_of(store, known)["full_name"] == "临江市机构编制委员会办公室"
        assert unit_of(store, known)["aliases"] == ["市编委办"]
        assert load(guess, store).unchanged
        for plan in order:
            remove_document(plan.document.id, store)


def test_a_unit_of_one_document_only_follows_that_document(store, plans):
    load(with_unit(plans.make(), aliases=("旧称",), kind="机构"), store)
    load(plans.make(), store)
    assert unit_of(store, plans.make())["aliases"] == ["临江市编办"]
    assert "kind" not in unit_of(store, plans.make())


def test_a_leader_becomes_an_official_of_the_document(store, plans):
    plan = plans.make()
    first = plan.items[0].duties[0]
    person = model.UnitRef(f"{plan.document.id}:{first.as_written}", first.as_written)
    leader = replace(first, id=f"{plan.items[0].id}|leader|{person.name}|1", role=model.Role.LEADER, unit=person)
    item = replace(plan.items[0], duties=(leader, *plan.items[0].duties[1:]))
    led = replace(plan, items=(item, *plan.items[1:]))
    report = load(led, store)
    assert (report.created["Official"], report.created["HEADS"]) == (1, 1)
    assert load(led, store).unchanged
    assert load(plan, store).removed == {"Official": 1, "HEADS": 1}


def test_the_tree_is_kept_with_parts_tasks_and_targets(store, plans):
    plan = plans.make()
    key = plan.items[0].id
    start, end = plan.items[0].span[0], plan.items[0].span[0] + 4
    target = model.Target("调解率", 1, "%", ">=")
    task = model.Task(f"{key}-t1", (model.TaskKind.TARGET,), (start, end), plan.text[start:end], target)
    part = replace(plan.items[1], id=f"{key}-a1", part=1, parent=key, duties=(), citations=(), deadlines=(), tasks=())
    items = (replace(plan.items[0], tasks=(task,)), part, *plan.items[2:])
    deep = replace(plan.sections[0], id=f"{plan.document.id}:s1.1", parent=plan.sections[0].id, level=2)
    units = tuple(u for u in plan.units if u.name != "市财政局")
    whole = replace(plan, items=items, sections=(*plan.sections, deep), units=units)
    load(whole, store)
    rows = stored(store, whole)
    assert rows.nodes["Task"][task.id] == {
        "id": task.id,
        "kinds": ["target"],
        "quote": plan.text[start:end],
        "start": start,
        "end": end,
        "target_name": "调解率",
        "target_value": 1.0,
        "target_unit": "%",
        "target_comparison": ">=",
    }
    assert ("HAS_PART", key, part.id) in rows.relationships
    assert ("HAS_SECTION", plan.sections[0].id, deep.id) in rows.relationships
    assert load(whole, store).unchanged
    remove_document(plan.document.id, store)
    assert counts(store) == {}


def test_what_was_changed_by_hand_is_mended_by_the_next_load(store, plans):
    plan = plans.make()
    load(plan, store)
    item = plan.items[0]
    duty = item.duties[0]

    def meddle(writing):
        gone = {"type": "LEADS", "id": duty.id, "owner": item.id, "other": duty.unit.id}
        writing.rows("load/remove-facts/item", {"rows": [gone]})
        row = {"id": item.id, "properties": {"heading": "别的", "part": 9}}
        writing.rows("load/merge-node/item", {"rows": [row]})
        cut = {"type": "HAS_ITEM", "from_id": plan.items[1].section, "to_id": plan.items[1].id}
        writing.rows("load/remove-links/item", {"rows": [cut]})

    store.write(meddle)
    report = load(plan, store)
    assert (report.created, report.removed) == ({"LEADS": 1, "HAS_ITEM": 1}, {})
    assert report.changed == {"Item": 1, "Document": 1}
    assert load(plan, store).unchanged
    assert facts(stored(store, plan)) == facts(plan_rows(plan, now=NOW))


EXAMPLE = Path(__file__).parents[3] / "examples" / "loudi-2017.txt"


@pytest.fixture(scope="module")
def sample() -> str:
    return EXAMPLE.read_text(encoding="utf-8")


def test_the_sample_is_loaded_whole_and_once_and_its_text_kept_under_its_own_sum(store, sample):
    plan = parse_plan(sample)
    report = load(plan, store)
    assert (report.created["LEADS"], report.created["RESPONSIBLE_FOR"], report.created["Item"]) == (55, 196, 45)
    assert written(load(parse_plan(sample), store)) == ({}, {}, {}, {})
    (text,) = stored(store, plan).nodes["SourceText"].values()
    assert text["text"] == sample
    assert text["id"] == hashlib.sha256(sample.encode()).hexdigest() == plan.document.text_sha256


def test_editing_one_line_of_the_sample(store, sample):
    load(parse_plan(sample), store)
    before = facts(stored(store, parse_plan(sample)))
    line = "牵头单位:市编办、市政府法制办。"
    assert sample.count(line) == 1
    plan = parse_plan(sample.replace(line, "牵头单位:市编办、市司法局。"))
    load(plan, store)
    after = facts(stored(store, plan))
    item = "娄底市-娄发2017-4:s2.4-20"
    assert {k for k in before.keys() - after.keys() if k[0] != "HAS_TEXT"} == {("LEADS", f"{item}|lead|市政府法制办|1")}
    assert {k for k in after.keys() - before.keys() if k[0] != "HAS_TEXT"} == {("LEADS", f"{item}|lead|市司法局|1")}
    for key in before.keys() & after.keys():
        assert places_out(before[key]) == places_out(after[key])


def test_a_correction_is_redone_by_the_same_option(store):
    text = "甲市河道整治工作方案\n1.清淤。\n责任单位：市水利局\n"
    load(parse_plan(text, region="乙市"), store)
    again = load(parse_plan(text, region="丙市"), store)
    assert again.document_id.startswith("丙市")
    assert counts(store)["Document"] == 1
    with pytest.raises(DocumentConflict, match="already loaded"):  # the place is corrected no more, and no title was
        load(read_plan(Source(text), ParseOptions(title="另一份工作方案")), store)
