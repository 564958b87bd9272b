"""The Python client over a real server: pages, tables, refusals, loads, jobs; its shapes are those of openapi.json."""

import json
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas
import pytest
import uvicorn

from api.app import create_app
from api.client.connection import ServiceError
from api.client.rows import CountOfRows, LeftOutCount, ListPage, PagedRows
from api.client.zeren import Zeren
from api.settings import Settings
from graph.errors import EmptyPlan, ParameterError, StoreBusy, StoreUnavailable
from graph.store.contract import Store
from graph.store.embedded.store import EmbeddedStore
from tests.api.conftest import KEY, OTHER_CITY

SHAPES = json.loads((Path(__file__).parents[3] / "docs" / "openapi.json").read_text("utf-8"))["components"]["schemas"]
OFFICE = "市政府法制办"


def served(store: Store) -> Iterator[str]:
    """The address of a real server over a store."""
    server = uvicorn.Server(uvicorn.Config(create_app(Settings(api_key=KEY), store), port=0, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive()
        time.sleep(0.02)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join()


@pytest.fixture(scope="module")
def zeren(embedded_sample: Store) -> Iterator[Zeren]:
    for address in served(embedded_sample):
        with Zeren(address, KEY) as client:
            yield client


@pytest.fixture
def writable(new_store: Path) -> Iterator[Zeren]:
    store = EmbeddedStore(new_store)
    for address in served(store):
        with Zeren(address, KEY) as client:
            yield client
    store.close()


@pytest.mark.server
def test_rows_go_through_every_page(zeren: Zeren) -> None:
    duties = zeren.duties(OFFICE, limit=5)
    whole = zeren.get(f"/v1/units/{OFFICE}/duties", limit=500)["items"]
    assert len(whole) == 29
    assert list(duties) == whole
    assert [len(page["items"]) for page in duties.pages()] == [5, 5, 5, 5, 5, 4]
    assert duties.first_page()["total"] == {"value": 29, "relation": "eq"}


@pytest.mark.server
def test_each_method_asks_a_route_that_answers(zeren: Zeren) -> None:
    rule, item = "湖南省行政程序规定", "娄底市-娄发2017-4:s2.4-20"
    for rows in (
        zeren.documents(),
        zeren.items(lead=OFFICE),
        zeren.units(q="法制"),
        zeren.units(collective=False),
        zeren.timeline(OFFICE),
        zeren.regulations(),
        zeren.citing_items(rule),
        zeren.carriers(rule),
        zeren.findings(),
        zeren.question("unit-duties", unit=OFFICE),
        zeren.ask(f"{OFFICE}牵头哪些事项"),
        zeren.search("审批"),
    ):
        assert rows.first_page()["items"]
    assert not any(unit["collective"] for unit in zeren.units(collective=False))
    assert zeren.catalog()["counts"]
    assert zeren.questions()["items"]
    assert zeren.item(item)["heading"] == "改革行政执法体制"
    assert zeren.unit(OFFICE)["name"] == OFFICE
    assert zeren.document("娄底市-娄发2017-4")["id"] == "娄底市-娄发2017-4"
    assert zeren.graph(f"item:{item}")["nodes"]
    assert zeren.paths(f"regulation:{rule}", f"unit:{OFFICE}")["items"]
    assert zeren.export(f"/v1/units/{OFFICE}/duties", "xlsx").startswith(b"PK")


@pytest.mark.server
def test_a_table_has_every_row(zeren: Zeren, monkeypatch: pytest.MonkeyPatch) -> None:
    frame = zeren.duties(OFFICE, limit=10).frame()
    assert isinstance(frame, pandas.DataFrame)
    assert (len(frame), set(frame["unit.name"])) == (29, {OFFICE})
    assert frame.attrs["left_out"] == zeren.duties(OFFICE).first_page()["left_out"]
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(ParameterError, match="needs pandas, which is not installed"):
        zeren.duties(OFFICE).frame()


@pytest.mark.server
def test_a_refusal_carries_its_problem(zeren: Zeren) -> None:
    with pytest.raises(ServiceError, match="市政府法治办") as refused:
        zeren.unit("市政府法治办")
    assert (refused.value.status, refused.value.kind) == (404, "not-found")
    assert refused.value.candidates[0]["name"] == OFFICE
    assert refused.value.title == "没有这个对象"
    assert refused.value.request_id
    with pytest.raises(ServiceError) as unkeyed, Zeren(zeren._connection.address, "no key") as stranger:
        stranger.remove("娄底市-娄发2017-4")
    assert unkeyed.value.status == 401


@pytest.mark.server
def test_files_and_texts_are_loaded(writable: Zeren, tmp_path: Path) -> None:
    report = writable.load_text(OTHER_CITY)
    document = report["document"]["id"] if "document" in report else report["document_id"]
    assert [row["id"] for row in writable.documents()] == [document]
    with pytest.raises(EmptyPlan):
        writable.load_text("今天天气很好。")
    writable.remove(document)
    assert list(writable.documents()) == []
    files = []
    for number in (4, 5):
        files.append(tmp_path / f"临发{number}.txt")
        files[-1].write_text(
            OTHER_CITY.replace("〔2017〕4", f"〔2017〕{number}").replace("审批", f"审批{number}"), "utf-8"
        )
    job = writable.wait_for_job(writable.start_job(files)["id"], 60)
    assert [(file["name"], file["state"]) for file in job["items"]] == [(path.name, "stored") for path in files]
    assert len(list(writable.documents())) == 2
    assert writable.load(files[0])["unchanged"]


def test_a_server_that_is_not_there_is_told() -> None:
    with (
        Zeren("http://127.0.0.1:9") as nobody,
        pytest.raises(StoreUnavailable, match=r"127\.0\.0\.1:9 does not answer"),
    ):
        nobody.catalog()


def test_pages_of_two_versions_are_never_mixed() -> None:
    def changing(after: str | None) -> Any:
        return {"items": [1], "next": "more", "data_version": "1" if after is None else "2"}

    with pytest.raises(StoreBusy, match="from version 1 to 2 between two pages"):
        list(PagedRows(changing))


def test_the_shapes_are_those_of_the_service() -> None:
    for shape, described in ((ListPage, "Listing_Duty_"), (CountOfRows, "Total"), (LeftOutCount, "LeftOut")):
        there = next(
            value for key, value in SHAPES.items() if key.endswith(described) and "additionalProperties" in value
        )
        assert set(shape.__annotations__) == set(there["properties"])
        assert shape.__required_keys__ == set(there["required"])


@pytest.mark.server
def test_the_example_of_the_page_runs(zeren: Zeren, capsys: pytest.CaptureFixture[str]) -> None:
    page = (Path(__file__).parents[3] / "docs" / "client.md").read_text("utf-8")
    code = page.partition("```python\n")[2].partition("```")[0]
    code = code.replace("http://127.0.0.1:8000", zeren._connection.address).replace("…", KEY)
    exec(compile(code, "docs/client.md", "exec"), {})
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 20  # it leads 17 items, and one duty is the document's own
    assert lines[-1].startswith("404 not-found ['市政府法制办'")
