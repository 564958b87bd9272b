"""A filter that is taken is obeyed, and any other parameter is refused: every list, question, finding and file, on both engines.

The operations come from the application and the question library, so a new one must be added to the table here.  What an
answer must have is what the unfiltered answer has of the plans, or units, that the filter leaves.

A filter becomes parameters of statements in Python, and a new server takes most of a second to plan each of them: on a
second version of Neo4j only what has statements that no other test runs there, and what differs from list to list.
"""

import csv
import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from fastapi.routing import APIRoute
from starlette.testclient import TestClient

from api.answers.questions import questions
from api.app import create_app
from api.settings import Settings
from graph.library.cards import parameters_of
from graph.model import ParseOptions, Plan
from graph.store.catalogue import load_catalogue
from graph.store.contract import Store
from loaders.plan import parse_plan, read_plan
from loaders.storing.load import load_plan

pytestmark = pytest.mark.timeout(600)

ROOT = Path(__file__).parents[3]

TEXT = """{issuer}关于印发《{place}河道整治方案》的通知
{number}
各单位：
由{level}政府督查室负责督促检查。
各项工作任务除本方案有明确时间要求外，应当在2019年底前完成。总体目标：到2018年底，完成各项任务。
2017年1月6日
{place}河道整治方案
一、整治河道
1.清淤疏浚。依据《中华人民共和国水法》，2018年2月底前制定清淤办法。清淤率达95%。每年3月底前报告一次。自公布之日起30个工作日内登记。{level}气象局要提供预报。
牵头单位：{level}水利局、{level}住建局
责任单位：{level}公安局等部门
完成时限：2018年9月底前
2.加强巡查。
责任单位：{level}司法局、各乡镇政府
3.公开结果。落实《中华人民共和国水法》。县级政府要及时报告。
责任单位：各有关部门
"""
PLACES = {
    "娄底市": ("娄底市人民政府", "娄政发〔2017〕5号", "市"),
    "娄底市双峰县": ("双峰县人民政府", "双政发〔2017〕6号", "县"),
    "新化县": ("新化县人民政府", "新政发〔2017〕7号", "县"),  # names no prefecture
    "望山市": ("望山市人民政府", "望政发〔2017〕8号", "市"),
    "全国": ("国务院", "国发〔2017〕9号", "国家"),
}
# what a place means -> the regions of the plans that are left
WITHIN = {
    "region=娄底市": {"娄底市", "娄底市双峰县", "新化县"},
    "region=娄底市&exact=true": {"娄底市"},
    "region=湖南省": {"娄底市", "娄底市双峰县", "新化县"},
    "region=新化县": {"新化县"},
    "region=望山市": {"望山市"},
    "region=全国": {"全国"},
    "region=河北省": set(),  # a place, of which nothing is loaded
}
BELOW = "region=娄底市"
# asked by machines that watch and by tools, with whatever they add
NOT_CHECKED = [(path, 200, False) for path in ("/healthz", "/metrics", "/openapi.json", "/readyz")]
KEY = "a-key-for-the-tests-of-filters-only"
UNIT, OTHER, RULE = "望山市:市水利局", "望山市:市住建局", "中华人民共和国水法"
PLAN = "望山市-望政发2017-8"
# what each question needs; with a unit or a part of one plan, a place is that of what is named
NEEDS: dict[str, dict[str, str]] = {
    "unit-duties": {"unit": UNIT},
    "regulation-citing-items": {"regulation": RULE},
    "item-card": {"item": f"{PLAN}:s1-1"},
    "section-matrix": {"section": f"{PLAN}:s1"},
    "shared-items": {"unit": UNIT, "other": OTHER},
    "regulation-unit-chains": {"unit": UNIT, "regulation": RULE},
    "unit-upward-chain": {"unit": UNIT},
    "items-due": {"by": "2020-01-01"},
    "tasks-due": {"by": "2020-01-01"},
    "fact-evidence": {"item": f"{PLAN}:s1-1"},
    "unit-coverage": {"unit": UNIT},
    "unit-dossier": {"unit": UNIT},
}
NAMED = {"unit", "item", "section"}
# the lists of /v1 that take a place; the rows of the first are units, of the others plans or what stands in one
LISTS = ["/v1/units", "/v1/documents", "/v1/items", "/v1/items?due_before=2020-01-01", "/v1/items?no_lead=true",
         "/v1/items?q=清淤", f"/v1/items?cites={RULE}", "/v1/findings", "/v1/findings?rule=several-leads"]  # fmt: skip
# other addresses that take a place: with what, and the status where it is another place
REFERENCES = ["/v1/units/{unit}", "/v1/units/{unit}/duties", "/v1/units/{unit}/dossier", "/v1/units/{unit}/shared-with/{other}",
              "/v1/units/{unit}/timeline",
              "/v1/items/{item}", "/v1/items/{item}/chain", "/v1/paths?from=unit:{unit}&to=item:{item}", "/v1/graph?around=unit:{unit}"]  # fmt: skip
APART = {
    "/v1/regulations": "test_instruments_of_a_place",
    "/v1/regulations/{ref}": "an instrument is of no place",
    "/v1/regulations/{ref}/chain": "an instrument is of no place",
    "/v1/regulations/{ref}/units": "an instrument is of no place",
    "/v1/regulations/{ref}/citing-items": "asks regulation-citing-items",
    "/v1/items/groups": "test_groups_of_a_place",
    "/v1/ask": "asks a question of the library",
    "/v1/search": "test_hits_of_a_place",
    "/v1/questions/{name}": "every question is here",
}


@pytest.fixture(scope="module")
def plans() -> list[Plan]:
    return [
        read_plan_of(
            TEXT.format(place="" if place == "全国" else place, issuer=issuer, number=number, level=level), place
        )
        for place, (issuer, number, level) in PLACES.items()
    ]


@pytest.fixture
def filled_store(filled: Callable[..., Store], plans: list[Plan]) -> Store:
    return filled(*plans, now="2017-03-06T00:00:00+00:00")


@pytest.fixture
def client(filled_store: Store) -> Iterator[TestClient]:
    app = create_app(Settings(api_key=KEY), filled_store)
    with TestClient(app, "http://127.0.0.1:8000", client=("127.0.0.1", 5000)) as client:
        yield client


def read_plan_of(text: str, place: str) -> Plan:
    from loaders.files.source import Source

    return read_plan(Source(text), ParseOptions(region=place))


def get(client: TestClient, address: str) -> Any:
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.text[:300])
    return answer.json()


def all_rows(client: TestClient, address: str, limit: int = 100) -> list[dict[str, Any]]:
    """The rows of all pages."""
    rows: list[dict[str, Any]] = []
    joined = "&" if "?" in address else "?"
    body = get(client, f"{address}{joined}limit={limit}")
    while True:
        rows += body["items"]
        if body["next"] is None:
            break
        body = get(client, body["next_url"])
    return rows


def place_of(row: dict[str, Any]) -> str | None:
    """The place of a row by the id of its plan; of a document or a unit, its own."""
    if "region" in row:
        return str(row["region"]) if row["region"] else None
    plan = next(
        (
            key
            for key in (
                (row.get("document") or {}).get("id"),
                (row.get("item") or {}).get("document_id"),
                row.get("document_id"),
                (row.get("evidence") or {}).get("document_id"),
            )
            if key
        ),
        None,
    )
    return None if plan is None else str(plan).partition("-")[0]


def asked(name: str) -> str:
    return f"/v1/questions/{name}?{urlencode(NEEDS.get(name, {}))}"


def key(row: dict[str, Any]) -> str:
    return str(row["id"])


OF_PLANS = [name for name in questions() if NAMED.isdisjoint(NEEDS.get(name, {}))]
OF_NAMES = [name for name in questions() if name not in OF_PLANS]
COUNTED = [name for name in OF_PLANS if f"read/count-{name}" in load_catalogue().queries]


def paths() -> dict[str, Any]:
    """The operations of the service by its committed description, which tests/api/routes/test_openapi.py holds true."""
    described: dict[str, Any] = json.loads((ROOT / "docs" / "openapi.json").read_text(encoding="utf-8"))["paths"]
    return described


def test_every_operation_that_takes_a_place_is_in_the_table() -> None:
    taking = {
        path
        for path, ways in paths().items()
        if "region" in {p["name"] for p in ways.get("get", {}).get("parameters", ())}
    }
    tested = {address.partition("?")[0] for address in LISTS}
    tested |= {address.partition("?")[0].format(unit="{ref}", other="{other}", item="{ref}") for address in REFERENCES}
    assert taking == tested | APART.keys()


def test_a_place_leaves_its_plans_and_those_below(client: TestClient) -> None:
    leaves_those_below(client, LISTS)


@pytest.mark.one_neo4j
def test_a_place_leaves_them_in_every_question(client: TestClient) -> None:
    leaves_those_below(client, [asked(name) for name in OF_PLANS])
    answered = [name for name in OF_PLANS if all_rows(client, asked(name))]
    assert set(OF_PLANS) - set(answered) == set()


def test_hits_of_a_place(client: TestClient) -> None:
    for kind, words in (("unit", "水利"), ("document", "河道"), ("item", "清淤"), ("text", "清淤")):
        address = f"/v1/search?kind={kind}&q={words}"
        whole = all_rows(client, address)
        own = {row["id"]: row["region"] or row["documents"][0]["id"].partition("-")[0] for row in whole}
        assert set(own.values()) >= {"娄底市", "望山市"}, address
        for given, places in WITHIN.items():
            left = all_rows(client, f"{address}&{given}", 3 if given == BELOW else 100)
            assert [row["id"] for row in left] == [row["id"] for row in whole if own[row["id"]] in places], (
                kind,
                given,
            )
    for given, places in WITHIN.items():  # an instrument is of no place, but plans of a place cite it
        cited = all_rows(client, f"/v1/search?kind=regulation&q=水法&{given}")
        assert [row["id"] for row in cited] == [RULE] * bool(places), given


def test_pages_of_three_are_the_whole_answer(client: TestClient) -> None:
    """Where an answer is longer than a page, a statement of its own counts it."""
    assert len(COUNTED) > 10
    for address in map(asked, COUNTED):
        assert [key(row) for row in all_rows(client, address, 3)] == [key(row) for row in all_rows(client, address)], (
            address
        )


def leaves_those_below(client: TestClient, addresses: list[str]) -> None:
    wrong = []
    for address in addresses:
        whole = all_rows(client, address)
        assert {place_of(row) for row in whole} >= {"娄底市", "望山市"} or not whole, address
        for given, places in WITHIN.items():
            # in pages of three, a cursor goes on in the same place
            left = all_rows(client, address + ("&" if "?" in address else "?") + given, 3 if given == BELOW else 100)
            if [key(row) for row in left] != [key(row) for row in whole if place_of(row) in places]:
                wrong.append((address, given, [key(row) for row in left]))
    assert wrong == []


@pytest.mark.one_neo4j
def test_a_document_leaves_its_rows(client: TestClient) -> None:
    taking = [name for name in OF_PLANS if "document" in {p.name for p in parameters_of(questions()[name])}]
    assert taking == OF_PLANS
    lists = [address for address in LISTS if not address.startswith(("/v1/documents", "/v1/units"))]
    for address in [*lists, *map(asked, taking)]:
        whole = all_rows(client, address)
        joined = address + ("&" if "?" in address else "?")
        left = all_rows(client, f"{joined}document={PLAN}")
        if "units-" not in address:  # a unit may lead in one plan and not in another
            assert [key(row) for row in left] == [key(row) for row in whole if place_of(row) == "望山市"], address
        assert client.get(f"{joined}document={PLAN}&region=娄底市").status_code == 404, address
        assert all_rows(client, f"{joined}document={PLAN}&region=望山市") == left, address


# filters beside the place: address -> what each row must say for a value of it
SAYING: dict[str, dict[str, Callable[[dict[str, Any]], Any]]] = {
    "role": dict.fromkeys(
        [f"/v1/units/{UNIT}/duties", asked("unit-duties"), asked("unit-upward-chain"), asked("plan-supervisors")], lambda row: row["role"]
    ),
    "light": {asked("deadline-lights") + "as_of=2018-08-20": lambda row: row["light"]},
    "section": {"/v1/items": lambda row: row["section"]["id"], asked("section-matrix"): lambda row: row["item"]["section"]["id"]},
}  # fmt: skip
ELSEWHERE = {
    ("role", "/v1/items"): "test_a_role_of_a_unit_in_lists_of_items",
    ("role", "/v1/items/groups"): "the query of /v1/items",
    ("section", "/v1/items/groups"): "the query of /v1/items",
    ("section", "/v1/documents/{ref}/matrix"): "test_a_section_of_a_matrix",
    ("as_of", "/v1/questions/deadline-lights"): "test_a_day_changes_the_lights",
    ("as_of", "/v1/units/{ref}/timeline"): "tests/api/routes/test_around.py",
    ("light", "/v1/units/{ref}/timeline"): "tests/api/routes/test_around.py",
    ("role", "/v1/units/{ref}/timeline"): "tests/api/routes/test_around.py",
    ("sort", "/v1/items"): "test_items_come_in_the_order_of_their_dates",
    ("light", "/v1/items"): "test_lights_of_items_are_those_of_the_question",
    ("light", "/v1/items/groups"): "the query of /v1/items",
}


def test_every_operation_that_takes_another_filter_is_in_the_table() -> None:
    taking = {(p["name"], path) for path, ways in paths().items() for p in ways.get("get", {}).get("parameters", ())}
    taking |= {(p.name, f"/v1/questions/{name}") for name, query in questions().items() for p in parameters_of(query)}
    tested = {
        (name, address.partition("?")[0].replace(UNIT, "{ref}")) for name, table in SAYING.items() for address in table
    }
    assert {
        one for one in taking if one[0] in ("role", "section", "light", "as_of", "sort")
    } == tested | ELSEWHERE.keys()


@pytest.mark.one_neo4j
def test_another_filter_leaves_the_rows_that_say_its_value(client: TestClient) -> None:
    for name, table in SAYING.items():
        for address, value_of in table.items():
            joined = address + ("&" if "=" in address else "" if address.endswith("?") else "?")
            if name == "section" and "section=" in address:
                rows = all_rows(client, address)
                assert rows
                assert {value_of(row) for row in rows} == {f"{PLAN}:s1"}, address
                continue
            whole = all_rows(client, address)
            values = {value_of(row) for row in whole}
            assert len(values) >= (1 if name == "role" else 2), (address, values)
            for value in values:
                left = all_rows(client, f"{joined}{name}={value}")
                assert [key(row) for row in left] == [key(row) for row in whole if value_of(row) == value], address
    for role in ("responsible", "cooperating", "supervising"):
        assert all_rows(client, f"/v1/units/{UNIT}/duties?role={role}") == []


def test_a_role_of_a_unit_in_lists_of_items(client: TestClient) -> None:
    for role, headings in (("lead", ["清淤疏浚"]), ("responsible", []), ("cooperating", [])):
        rows = all_rows(client, f"/v1/items?unit={UNIT}&role={role}")
        assert [row["heading"] for row in rows] == headings, role
    assert client.get("/v1/items?role=lead").status_code == 422  # needs a unit


def test_a_section_of_a_matrix(client: TestClient) -> None:
    whole = get(client, f"/v1/documents/{PLAN}/matrix")["items"]
    assert [row["id"] for row in get(client, f"/v1/documents/{PLAN}/matrix?section={PLAN}:s1")["items"]] == [
        row["id"] for row in whole if row["section"]["id"] == f"{PLAN}:s1"
    ]
    assert client.get(f"/v1/documents/{PLAN}/matrix?section=没有").status_code == 404


def test_a_day_changes_the_lights(client: TestClient) -> None:
    lights = {}
    for day in ("2017-03-01", "2018-12-01"):
        body = get(client, f"/v1/questions/deadline-lights?as_of={day}&document={PLAN}&limit=100")
        assert body["as_of"] == day
        lights[day] = {row["light"] for row in body["items"] if row["item"] and row["item"]["number"] == 1}
    assert "red" not in lights["2017-03-01"]
    assert "red" in lights["2018-12-01"]


def test_lights_of_items_are_those_of_the_question(client: TestClient) -> None:
    """An item has the lights of its own time and of its tasks."""
    for day in ("2017-03-01", "2018-08-20", "2018-12-01"):
        lights = all_rows(client, f"/v1/questions/deadline-lights?as_of={day}")
        for light in ("red", "yellow", "green"):
            rows = all_rows(client, f"/v1/items?where=light({light},{day})")
            of_items = {row["item"]["id"] for row in lights if row["light"] == light and row["item"]}
            assert {key(row) for row in rows} == of_items, (day, light)


@pytest.mark.one_neo4j
def test_what_is_named_must_be_of_the_place(client: TestClient) -> None:
    names = {"unit": UNIT, "other": OTHER, "item": f"{PLAN}:s1-1"}
    for address in [*(one.format(**names) for one in REFERENCES), *map(asked, OF_NAMES)]:
        joined = address + ("&" if "?" in address else "?")
        assert client.get(joined + "region=望山市").status_code == 200, address
        other = client.get(joined + "region=娄底市")
        assert other.status_code == 404, address
        assert other.json()["candidates"], address


def test_instruments_of_a_place(client: TestClient) -> None:
    whole = {row["id"] for row in all_rows(client, "/v1/regulations")}
    left = {row["id"] for row in all_rows(client, "/v1/regulations?region=娄底市")}
    assert whole - left == {"望山市河道整治方案", "河道整治方案"}  # which only the plans of 望山市 and 全国 name
    assert RULE in left
    assert all_rows(client, "/v1/regulations?region=河北省") == []
    assert client.get(f"/v1/regulations?region=娄底市&document={PLAN}").status_code == 404


def test_groups_of_a_place(client: TestClient) -> None:
    rows = get(client, "/v1/items/groups?by=document&region=娄底市")["items"]
    assert {row["id"].partition("-")[0] for row in rows} == WITHIN["region=娄底市"]
    assert get(client, "/v1/items/groups?by=document&region=河北省")["items"] == []


@pytest.mark.one_neo4j
def test_a_place_that_nobody_knows_is_refused_with_those_near(client: TestClient) -> None:
    for address in [*LISTS, "/v1/regulations", "/v1/items/groups?by=document", *map(asked, questions())]:
        answer = client.get(address + ("&" if "?" in address else "?") + "region=娄低市")
        assert answer.status_code == 404, address
        assert "娄底市" in [one["id"] for one in answer.json()["candidates"]], address


def test_plans_that_say_no_place_are_told_where_a_place_leaves_them_out(
    client: TestClient, filled_store: Store
) -> None:
    load_plan(parse_plan("工作方案\n1.清理文件。\n责任单位：市司法局\n"), filled_store, now="2017-03-06T00:00:00+00:00")
    left = {"reason": "plans of no known place", "count": 1}
    for address in (
        "/v1/documents",
        "/v1/items",
        "/v1/items?no_lead=true",
        "/v1/findings",
        asked("items-without-lead"),
    ):
        joined = address + ("&" if "?" in address else "?")
        assert left in get(client, f"{joined}region=望山市")["left_out"], address
        assert left not in get(client, address)["left_out"], address
        if address != "/v1/documents":
            assert left not in get(client, f"{joined}region=望山市&document={PLAN}")["left_out"], address
    assert "没有写明地区的文件（份） 1" in client.get("/questions/items-without-lead?region=望山市").text


@pytest.mark.one_neo4j
def test_exact_without_a_place_is_refused(client: TestClient) -> None:
    for address in [*LISTS, *map(asked, questions())]:
        assert client.get(address + ("&" if "?" in address else "?") + "exact=true").status_code == 422, address


@pytest.mark.one_neo4j
def test_a_file_has_the_rows_of_the_list(client: TestClient) -> None:
    for address in ["/v1/items", asked("items-without-lead"), asked("deadline-lights")]:
        joined = address + ("&" if "?" in address else "?") + "region=娄底市&whole=true"
        rows = [key(row) for row in get(client, joined)["items"]]
        table = client.get(joined + "&format=csv").text
        assert [row["id"] for row in csv.DictReader(io.StringIO(table.removeprefix("\ufeff")))] == rows
        assert rows


def routes(client: TestClient) -> Iterator[APIRoute]:
    def walk(router: Any) -> Iterator[APIRoute]:
        for route in router.routes:
            if isinstance(route, APIRoute):
                yield route
            elif hasattr(route, "original_router"):
                yield from walk(route.original_router)

    return walk(client.app)


@pytest.mark.one_neo4j
def test_a_parameter_that_is_not_taken_is_refused_by_name(client: TestClient) -> None:
    fills: dict[str, Callable[[str], str]] = {
        "/units/": lambda _: UNIT, "/items/": lambda _: f"{PLAN}:s1-1", "/regulations/": lambda _: RULE,
        "/documents/": lambda _: PLAN,
    }  # fmt: skip
    met = []
    for path in sorted({route.path for route in routes(client) if "GET" in route.methods}):
        ref = next((fill(path) for part, fill in fills.items() if part in path), "x")
        address = path.replace("{ref}", ref).replace("{other}", OTHER).replace("{name}", "items-without-lead")
        if "{" in address:
            continue
        answer = client.get(address + "?no_such=1", headers={"Authorization": f"Bearer {KEY}"})
        met.append((path, answer.status_code, "no_such" in answer.text))
    assert len(met) > 30
    assert [one for one in met if one[1:] != (422, True)] == NOT_CHECKED


def test_a_condition_whose_name_begins_with_not_is_itself(client: TestClient) -> None:
    assert client.get("/v1/items?not_sure=true").status_code == 200
    assert client.get("/v1/items?not_sure=x").status_code == 422
    assert client.get(f"/v1/items?not_lead={UNIT}").status_code == 200
