"""Figures for a monitor: answers by route and status, what the store holds, and no word of a question."""

from typing import Any

from prometheus_client.parser import text_string_to_metric_families


def figures(client: Any) -> dict[tuple[str, ...], float]:
    """Every sample by its name and the values of its labels."""
    answer = client.get("/metrics")
    assert answer.headers["Content-Type"].startswith("text/plain")
    families = text_string_to_metric_families(answer.text)
    return {(one.name, *one.labels.values()): one.value for family in families for one in family.samples}


def test_answers_are_counted_by_route_and_status(sample: Any) -> None:
    before = figures(sample.client)
    for address in (
        "/v1/units/市编办",
        "/v1/units/没有的单位",
        "/v1/units/市财政局",
        "/nothing/市编办",
        "/v1/units?colour=red",
    ):
        sample.client.get(address)
    after = figures(sample.client)

    def more(*labels: str) -> float:
        return after.get(labels, 0) - before.get(labels, 0)

    assert more("zeren_requests_total", "GET", "/v1/units/{ref}", "200") == 2
    assert more("zeren_requests_total", "GET", "/v1/units/{ref}", "404") == 1
    assert more("zeren_requests_total", "GET", "/v1/units", "422") == 1
    assert more("zeren_requests_total", "GET", "-", "404") == 1
    assert more("zeren_request_seconds_count", "/v1/units/{ref}") == 3
    assert after["zeren_requests_open",] == 1  # this one
    assert not [key for key in after if "市" in "".join(key)]


def test_the_store_is_a_figure(sample: Any) -> None:
    now = figures(sample.client)
    assert (now["zeren_store_up",], now["zeren_store_nodes", "plans"], now["zeren_store_nodes", "items"]) == (1, 1, 45)
    assert now["zeren_data_version",] == sample.store.status().data_version
    sample.client.get("/v1/units/市编办")
    assert figures(sample.client)["zeren_kept_answer_bytes",] > 0
    assert now["process_resident_memory_bytes",] > 10_000_000


def test_a_refusal_before_the_routes_is_counted(sample: Any) -> None:
    before = figures(sample.client)
    assert sample.client.get("/v1/units", headers={"Host": "elsewhere.example"}).status_code == 421
    after = figures(sample.client)
    key = ("zeren_requests_total", "GET", "-", "421")
    assert after[key] - before.get(key, 0) == 1
