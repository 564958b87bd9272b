"""The Python client against a running service: typed rows, pages, problems, keys, files."""

import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from api.client.connection import ServiceError
from api.client.zeren import Zeren
from graph.errors import ParameterError, StoreUnavailable
from tests.api.cli.test_serve import Place, stop

pytestmark = pytest.mark.server
UNIT, RULE, PLAN = "娄底市:市政府法制办", "湖南省行政程序规定", "娄底市-娄发2017-4"
KEY = "the-first-admins-key-of-these-tests"


@pytest.fixture(scope="module")
def address(sample_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("client")
    shutil.copytree(sample_folder, folder / "store")
    process, address = Place(folder).serve(ZEREN_API_KEY=KEY)
    yield address
    stop(process, signal.SIGTERM)


@pytest.fixture
def zeren(address: str) -> Iterator[Zeren]:
    with Zeren(address) as client:
        yield client


def rest(address: str, path: str) -> dict[str, object]:
    answer = httpx2.get(address + path, trust_env=False)
    assert answer.status_code == 200, answer.text[:300]
    body: dict[str, object] = answer.json()
    return body


def test_rows_are_typed_and_come_page_by_page(zeren: Zeren, address: str) -> None:
    duties = zeren.duties("市政府法制办")
    rows = list(duties)
    assert duties.total.value == len(rows) == 29
    assert [row.model_dump(exclude_unset=True) for row in rows] == rest(
        address, f"/v1/units/{UNIT}/duties?evidence=full&limit=500"
    )["items"]
    first = rows[0]
    assert (first.role, first.unit.id) == ("lead", UNIT)
    assert first.evidence
    start, end = first.evidence.span
    assert zeren.text(PLAN)[start:end] == first.evidence.quote == zeren.place(PLAN, start, end).quote
    by_fives = zeren._rows(f"/v1/units/{UNIT}/duties", type(first), {"evidence": "full"}, limit=5)
    assert list(by_fives) == rows
    assert len(by_fives.first_page["items"]) == 5
    assert list(by_fives) == rows  # a second time from the beginning


def test_every_list_and_object_has_the_shape_of_the_contract(zeren: Zeren) -> None:
    lists = [zeren.questions(), zeren.units(), zeren.units("法制"), zeren.regulations("程序"), zeren.citing_items(RULE),
             zeren.carriers(RULE), zeren.items(where="lead(市编办)"), zeren.items(lead="市编办", no_date=False), zeren.items(sort="due", unit=UNIT),
             zeren.documents(), zeren.sections(PLAN), zeren.findings(document=PLAN), zeren.search("审批"), zeren.timeline(UNIT),
             zeren.shared(UNIT, "市编办"), zeren.paths(f"regulation:{RULE}", f"unit:{UNIT}")]  # fmt: skip
    for rows in lists:
        found = list(rows)
        assert found, rows._path
        assert len(found) == rows.total.value or rows.total.relation == "gte"
    item = zeren.item(f"{PLAN}:s2.4-20")
    assert (item.number, item.heading) == (20, "改革行政执法体制")
    assert zeren.item("20", document=PLAN) == item
    assert zeren.unit("市政府法制办").id == UNIT
    assert zeren.regulation(RULE).title == RULE
    assert zeren.document("娄发〔2017〕4号").id == PLAN
    assert zeren.coverage(PLAN).document_id == PLAN
    assert zeren.matrix(PLAN).units
    assert zeren.chain(item.id).downward
    assert zeren.regulation_chain(RULE).downward
    assert {edge.from_ for edge in zeren.graph(f"unit:{UNIT}").edges} == {UNIT}
    assert zeren.match(["市政府法制办公室"])[0]
    assert zeren.catalog().counts
    assert zeren.dossier("unit", UNIT)[:2] == b"PK"


def test_questions_say_what_they_were_read_as(zeren: Zeren) -> None:
    asked = zeren.ask("市政府法制办牵头哪些事项")
    assert asked.first_page["read_as"]["question"] == "unit-duties"
    assert [row["id"] for row in asked] == [row["id"] for row in zeren.question("unit-duties", unit=UNIT, role="lead")]
    assert zeren.ask("天气怎么样").first_page["read_as"] is None


def test_rows_become_a_frame(zeren: Zeren) -> None:
    frame = zeren.duties(UNIT, role="lead").frame()
    assert len(frame) == 18
    assert set(frame["unit.name"]) == {"市政府法制办"}
    assert frame["evidence.quote"].iloc[0] == "市政府法制办"


def test_a_refusal_has_its_problem(zeren: Zeren) -> None:
    with pytest.raises(ServiceError, match="is called") as refused:
        zeren.unit("市政府法治办")
    assert (refused.value.status, refused.value.kind) == (404, "not-found")
    assert "市政府法制办" in {one["name"] for one in refused.value.candidates}
    assert refused.value.detail_zh
    assert refused.value.request_id
    with pytest.raises(ServiceError, match="role"):
        list(zeren.duties(UNIT, role="boss"))  # type: ignore[arg-type]
    with pytest.raises(ParameterError, match="cannot be sent"):
        zeren.unit("市" * 100_000)


@pytest.mark.parametrize("key", ["zeren_秘密", "zeren_secret\nsecret"])
def test_no_message_shows_a_key(key: str) -> None:
    with pytest.raises(ParameterError) as refused:
        Zeren("http://127.0.0.1:9", key)
    assert "zeren_" not in str(refused.value)
    with pytest.raises(ParameterError, match="no address"):
        Zeren("127.0.0.1:8000")


def test_a_path_is_no_plan(zeren: Zeren) -> None:
    with pytest.raises(TypeError, match="its path"):
        zeren.load("方案.docx")  # type: ignore[arg-type]


def test_no_service_is_told() -> None:
    with Zeren("http://127.0.0.1:9") as nobody, pytest.raises(StoreUnavailable, match="does not answer"):
        nobody.catalog()


def test_a_key_loads_and_removes(address: str, zeren: Zeren) -> None:
    text = "临江市档案工作方案\n1.清理文件。\n责任单位：市档案局\n完成时限：2031年底\n".encode()
    with pytest.raises(ServiceError) as refused:
        zeren.load(text)
    assert (refused.value.status, refused.value.kind) == (401, "key-required")
    with Zeren(address, f"{KEY}\n") as admin:
        trial = admin.load(text, name="方案.txt", dry_run=True)
        assert trial.dry_run
        report = admin.load(text, name="方案.txt", region="临江市")
        assert [row.item.heading for row in admin.duties("市档案局", document=report.document_id) if row.item] == [
            "清理文件"
        ]
        admin.remove(report.document_id)
    with pytest.raises(ServiceError):
        zeren.document(report.document_id)


def test_a_job_loads_several_files(address: str, tmp_path: Path) -> None:
    files = [tmp_path / f"{name}.txt" for name in ("甲", "乙")]
    for file in files:
        file.write_text(f"{file.stem}县方案\n1.清理文件。\n责任单位：{file.stem}县司法局\n", "utf-8")
    with Zeren(address, KEY) as admin:
        card = admin.wait_for_job(admin.start_job(files).id)
        assert card.state == "done"
        assert [(one.name, one.state) for one in card.items] == [("甲.txt", "stored"), ("乙.txt", "stored")]
        for one in card.items:
            assert one.document_id
            admin.remove(one.document_id)


def test_a_load_between_two_pages_is_told(address: str) -> None:
    with Zeren(address, KEY) as admin:
        rows = iter(admin._rows("/v1/units", None, {}, limit=1))
        next(rows)
        report = admin.load("青山市方案\n1.清理文件。\n责任单位：市司法局\n".encode(), region="青山市")
        with pytest.raises(Exception, match="changed between two pages"):
            list(rows)
        admin.remove(report.document_id)
