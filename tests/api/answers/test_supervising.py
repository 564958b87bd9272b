"""Who supervises is shown wherever the duties of an item or a unit are, and counts nowhere as a bearer; on both engines."""

import io
import zipfile
from collections.abc import Callable, Iterator

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.settings import Settings
from graph.model import Plan
from graph.store.contract import Store
from loaders.plan import parse_plan
from loaders.storing.check import check

TEXT = """青川市人民政府办公室关于印发《青川市河湖管护工作方案》的通知
青政办发〔2024〕3号
各县区人民政府：
由市政府督查室负责督促检查。
2024年3月6日
青川市河湖管护工作方案
一、任务
1.清理河道。
牵头单位：市水利局
责任单位：市财政局、市公安局
督导单位：市委督查室、市审计局
分管领导：市委常委、副市长 赵海峰
完成时限：2024年6月底前
2.规范采砂。（责任单位：市公安局；验收单位：市河长办；联系人：王五 13800000000）
3.加强巡查。（市委督查室督办）
"""
PLAN = "青川市-青政办发2024-3"


@pytest.fixture(scope="module")
def plan() -> Plan:
    return parse_plan(TEXT)


@pytest.fixture
def loaded(filled: Callable[..., Store], plan: Plan) -> Store:
    return filled(plan, now="2024-03-06T00:00:00+00:00")


@pytest.fixture
def client(loaded: Store) -> Iterator[TestClient]:
    with TestClient(create_app(Settings(), loaded), "http://127.0.0.1:8000", client=("127.0.0.1", 5000)) as client:
        yield client


def test_what_is_stored_is_what_the_text_states(loaded: Store) -> None:
    assert check(loaded).differences == ()


def numbers(client: TestClient, ask: str) -> list[tuple[str, int | None]]:
    rows = client.get(ask).json()["items"]
    return [(row.get("role", ""), row["item"]["number"] if row["item"] else None) for row in rows]


def test_who_supervises_has_a_place_of_its_own(client: TestClient) -> None:
    item = client.get(f"/v1/items/{PLAN}:1").json()
    assert [duty["unit"]["name"] for duty in item["supervising"]] == ["市委督查室", "市审计局"]
    assert [duty["unit"]["name"] for duty in item["responsible"]] == ["市财政局", "市公安局"]
    assert "督导单位" in client.get(f"/items/{PLAN}:1").text
    assert [leader["official"] for leader in item["leaders"]] == [
        {"id": f"{PLAN}:赵海峰", "name": "赵海峰", "post": "市委常委、副市长"}
    ]
    plan = client.get(f"/v1/documents/{PLAN}").json()
    assert [(duty["role"], duty["unit"]["name"]) for duty in plan["duties"]] == [("supervising", "市政府督查室")]
    assert (plan["counts"]["responsible"], plan["counts"]["supervising"]) == (3, 4)
    unit = client.get("/v1/units/市委督查室").json()
    assert unit["counts"] == {"lead": 0, "responsible": 0, "cooperating": 0, "supervising": 2, "mentioned": 0}
    assert client.get(f"/documents/{PLAN}/text").text.count('class="m supervising') > 4


ASKED = [
    ("/v1/units/市委督查室/duties", [("supervising", 1), ("supervising", 3)]),
    ("/v1/units/市委督查室/duties?role=supervising", [("supervising", 1), ("supervising", 3)]),
    ("/v1/units/市委督查室/duties?role=responsible", []),
    ("/v1/ask?q=市委督查室督导哪些事项", [("supervising", 1), ("supervising", 3)]),
    ("/v1/ask?q=市河长办验收哪些事项", [("supervising", 2)]),
    ("/v1/ask?q=市公安局的全部职责", [("responsible", 1), ("responsible", 2)]),
]


def test_who_supervises_what_can_be_asked(client: TestClient) -> None:
    assert [(ask, numbers(client, ask)) for ask, _ in ASKED] == ASKED
    rows = client.get("/v1/ask?q=谁督导第1项").json()["items"]
    assert [row["name"] for row in rows if row["fact"] == "supervising"] == ["市委督查室", "市审计局"]


def test_who_supervises_bears_nothing(client: TestClient) -> None:
    def items(ask: str) -> list[int]:
        return [row["number"] for row in client.get(ask).json()["items"]]

    assert items("/v1/items?unit=市委督查室") == []
    assert items("/v1/items?unit=市委督查室&role=supervising") == [1, 3]
    nobody = client.get("/v1/questions/items-without-lead?without=anyone").json()["items"]
    assert [row["item"]["number"] for row in nobody] == [3]
    workload = client.get("/v1/questions/lead-workload").json()["items"]
    assert [row["unit"]["name"] for row in workload] == ["市水利局"]
    assert client.get("/v1/units/市委督查室/shared-with/市水利局").json()["items"] == []
    matrix = client.get(f"/v1/documents/{PLAN}/matrix").json()
    assert {unit["name"]: unit["supervising"] for unit in matrix["units"] if unit["supervising"]} == {
        "市委督查室": 2,
        "市审计局": 1,
        "市河长办": 1,
    }
    assert matrix["checks"] == {"no-lead": 2}
    rows = client.get("/v1/units/市委督查室/duties?format=csv").text.splitlines()[1:]
    assert ["supervising" in row for row in rows] == [True, True]
    for form in ("xlsx", "docx"):
        assert client.get(f"/v1/units/市委督查室/dossier?format={form}").status_code == 200


@pytest.mark.one_neo4j
@pytest.mark.parametrize("form", ["csv", "ndjson", "xlsx", "docx"])
def test_files_have_contacts_only_when_asked(client: TestClient, form: str) -> None:
    route, evidence = ("dossier", "") if form == "docx" else ("duties", "&evidence=full")
    for asked in (False, True):
        content = client.get(
            f"/v1/units/市河长办/{route}?format={form}{evidence}&contacts={str(asked).lower()}"
        ).content
        words = content.decode() if form in ("csv", "ndjson") else text_of(content)
        assert ("王五" in words, "13800000000" in words, "市河长办" in words) == (asked, asked, True)
    answered = client.get("/v1/units/市河长办/duties?evidence=full").text
    assert "联系人：王五 13800000000" in answered  # the answer itself has the words of the source


def text_of(content: bytes) -> str:
    """All text of an office file."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return "".join(archive.read(name).decode() for name in archive.namelist() if name.endswith(".xml"))
