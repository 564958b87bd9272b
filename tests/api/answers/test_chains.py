"""Chains, matrix and shared duties over REST, on the real sample: what is found, what it rests on, what is refused."""

from urllib.parse import quote

import pytest

from api.schemas.base import Listing
from api.schemas.chains import ItemChain, Matrix, PathListing, SharedItem

DOCUMENT = "娄底市-娄发2017-4"
OUTLINE = ["HAS_ITEM", "HAS_SECTION", "HAS_SECTION"]


def get(sample, path, status=200, **params):
    answer = sample.client.get(f"/v1/{quote(path)}", params=params)
    assert answer.status_code == status, answer.text
    return answer.json()


def test_from_a_rule_to_a_unit_with_the_words_of_every_step(sample):
    body = get(sample, "paths", **{"from": "regulation:湖南省行政程序规定", "to": "unit:市政府法制办"})
    PathListing.model_validate(body)
    assert [path["nodes"][1]["number"] for path in body["items"]] == [3, 21, 34]
    assert (body["total"]["value"], body["complete"]) == (3, True)
    first = body["items"][0]
    assert (first["length"], first["shape"], first["weaknesses"]) == (2, "chain", [])
    cites, duty = first["steps"]
    assert (cites["from"], cites["to"]) == ("湖南省行政程序规定", f"{DOCUMENT}:s2.1-3")
    assert cites["evidence"]["quote"] == "《湖南省行政程序规定》"
    assert duty["evidence"]["clause_quote"].startswith("责任单位:市政府法制办、市人社局")


def test_the_places_are_in_the_text(sample):
    text = sample.client.get(f"/v1/documents/{DOCUMENT}/text").text
    body = get(sample, f"items/{DOCUMENT}:4/chain")
    ItemChain.model_validate(body)
    steps = [step for way in ("upward", "downward") for path in body[way] for step in path["steps"]]
    assert len(steps) > 10
    for step in steps:
        for place, words in (("span", "quote"), ("clause", "clause_quote")):
            if step["evidence"][place] is not None:
                assert step["evidence"][words] == text[slice(*step["evidence"][place])]
        assert step["evidence"]["span"]


def test_an_item_that_cites_nothing_rests_on_what_its_plan_rests_on(sample):
    body = get(sample, f"items/{DOCUMENT}:4/chain")
    upward = {path["nodes"][-1]["name"]: path for path in body["upward"]}
    assert set(upward) == {
        "法治政府建设实施纲要（2015－2020年）",
        "湖南省贯彻落实《法治政府建设实施纲要（2015—2020年）》实施方案",
        "实施纲要",
    }
    assert [step["type"] for step in upward["实施纲要"]["steps"]] == [*OUTLINE, "CITES"]
    assert upward["实施纲要"]["weaknesses"] == ["unresolved"]
    assert [step["evidence"]["quote"] for step in upward["实施纲要"]["steps"]] == [
        "⒋ 完善宏观调控",
        "(一)依法全面履行政府职能",
        "二、主要任务和具体措施",
        "《实施纲要》",
    ]
    assert body["left_out"] == [{"reason": "mentions", "count": 3}]  # the plan's own title


def test_damaged_words_collectives_and_open_lists_weaken_a_step(sample):
    body = get(sample, f"items/{DOCUMENT}:4/chain")  # its line begins 任单位: the 责 is lost
    weak = {path["nodes"][-1]["name"]: path["weaknesses"] for path in body["downward"]}
    assert weak == {
        "市发改委": [],
        "各有关部门": ["collective", "repaired"],
        "各县市区政府": ["collective", "repaired"],
        "娄底经开区管委会": ["repaired"],
    }
    body = get(sample, f"items/{DOCUMENT}:29/chain")  # 市纪委(市监察局)、市信访局等有关部门
    weak = {path["nodes"][-1]["name"]: path["weaknesses"] for path in body["downward"]}
    assert (weak["市信访局"], weak["市委宣传部"]) == (["open-list"], [])
    assert weak["有关部门"] == ["collective", "open-list"]


def test_what_an_item_is_to_produce_is_no_rule_it_rests_on(sample):
    body = get(sample, f"items/{DOCUMENT}:24/chain")  # 制定实施《娄底市行政执法人员管理办法》
    assert "娄底市行政执法人员管理办法" not in {path["nodes"][-1]["name"] for path in body["upward"]}
    assert {"reason": "produces", "count": 1} in body["left_out"]
    found = get(sample, "paths", **{"from": "regulation:娄底市行政执法人员管理办法", "to": "unit:市人社局"})
    assert [path["weaknesses"] for path in found["items"]] == [["not-basis"]]


def test_a_task_is_an_end_beside_its_item(sample):
    task = f"{DOCUMENT}:s2.4-21-t1"
    found = get(sample, "paths", **{"from": f"task:{task}", "to": "regulation:湖南省行政程序规定", "more": 0})
    assert [node["kind"] for node in found["items"][0]["nodes"]] == ["task", "item", "regulation"]
    assert found["items"][0]["steps"][1]["task"] == task
    siblings = get(sample, "paths", **{"from": f"task:{DOCUMENT}:s2.1-1-t1", "to": f"task:{DOCUMENT}:s2.1-1-t2"})
    assert [path["shape"] for path in siblings["items"]] == ["link"]
    kinds = {"kinds": "LEADS,CITES"}
    assert get(sample, "paths", **{"from": f"task:{task}", "to": "unit:市政府法制办", **kinds})["items"] == []


def test_evidence_can_be_left_out(sample):
    ends = {"from": "regulation:湖南省行政程序规定", "to": "unit:市政府法制办"}
    bare = get(sample, "paths", evidence="none", **ends)["items"][0]["steps"][0]
    assert bare["evidence"] is None
    places = get(sample, "paths", evidence="ref", **ends)["items"][0]["steps"][0]["evidence"]
    assert set(places) == {"document_id", "text_sha256", "span", "clause"}


@pytest.mark.parametrize(
    ("params", "status", "message"),
    [
        ({"from": "unit:没有这个单位", "to": "unit:市司法局"}, 404, "No unit (单位) is called"),
        ({"from": "regulation:*", "to": "unit:市司法局"}, 404, "No regulation"),
        ({"from": "task:甲", "to": "unit:市司法局"}, 404, "No task (子任务) has the id"),
        (
            {"from": "市司法局", "to": "unit:市政府办"},
            422,
            "parameter 'from' is '市司法局'; expected a kind and a name",
        ),
        ({"from": "person:甲", "to": "unit:市政府办"}, 422, "expected a kind and a name"),
        ({"from": "unit:市司法局", "to": "unit:"}, 422, "parameter 'to' is 'unit:'"),
        ({"from": "unit:市司法局", "to": "unit:市司法局"}, 422, "are both unit:娄底市:市司法局"),
        ({"from": "unit:市司法局", "to": "unit:市政府办", "max_length": "50"}, 422, "/query/max_length"),
        ({"from": "unit:市司法局", "to": "unit:市政府办", "more": "51"}, 422, "/query/more"),
        ({"from": "unit:市司法局", "to": "unit:市政府办", "kinds": "LEADS,x"}, 422, "'kinds' names 'x'"),
        ({"from": "unit:市司法局", "to": "unit:市政府办", "kinds": ""}, 422, "'kinds' names ''"),
        ({"from": "unit:" + "长" * 400, "to": "unit:市政府办"}, 422, "/query/from"),
        ({"from": "unit:市司法局"}, 422, "/query/to"),
    ],
)
def test_what_cannot_be_asked_is_told(sample, params, status, message):
    assert message in get(sample, "paths", status, **params)["detail"]


def test_ends_that_nothing_connects_give_an_empty_answer(sample):
    body = get(sample, "paths", **{"from": "unit:市信访局", "to": "regulation:湖南省行政程序规定"})
    PathListing.model_validate(body)
    assert all(path["shape"] == "link" for path in body["items"])
    body = get(sample, "paths", kinds="LEADS,CITES", **{"from": "unit:市信访局", "to": "regulation:仲裁规则"})
    assert (body["items"], body["total"], body["complete"]) == ([], {"value": 0, "relation": "eq"}, True)


def test_the_matrix_of_a_section_and_of_the_whole_plan(sample):
    body = get(sample, f"documents/{DOCUMENT}/matrix", section="(七)", evidence="full")
    Matrix.model_validate(body)
    assert body["section"] == f"{DOCUMENT}:s2.7"
    checks = {item["number"]: item["checks"] for item in body["items"]}
    assert checks == {38: [], 39: ["several-leads"], 40: ["several-leads"], 41: []}
    columns = {unit["name"]: (unit["lead"], unit["responsible"]) for unit in body["units"]}
    assert (columns["市政府法制办"], columns["市人社局"]) == ((3, 0), (1, 3))
    cell = body["items"][1]["cells"][0]["duties"][0]
    assert (cell["role"], cell["evidence"]["clause_quote"]) == ("lead", "牵头单位:市政府法制办、市人社局。")
    whole = get(sample, f"documents/{DOCUMENT}/matrix")
    Matrix.model_validate(whole)
    assert (len(whole["items"]), whole["checks"]) == (45, {"several-leads": 9})
    assert [item["number"] for item in whole["items"]] == list(range(1, 46))
    assert sum(unit["lead"] for unit in whole["units"]) == 54


def test_a_matrix_shows_who_is_missing_and_who_is_twice_there(two_cities):
    text = (
        "试验市某局文件\n\n试验市工作方案\n\n一、任务\n\n1.甲事。\n\n责任单位：市教育局。\n\n"
        "2.乙事。\n\n牵头单位：市公安局。\n\n责任单位：市公安局、市教育局。\n"
    )
    made = two_cities.client.post(
        "/v1/documents?document_id=试验市-矩阵",
        content=text.encode(),
        headers={**two_cities.key, "Content-Type": "text/plain"},
    )
    assert made.status_code == 201, made.text
    body = get(two_cities, "documents/试验市-矩阵/matrix")
    two_cities.client.delete("/v1/documents/试验市-矩阵", headers=two_cities.key)
    assert [item["checks"] for item in body["items"]] == [["no-lead"], ["lead-and-responsible"]]
    assert [duty["role"] for duty in body["items"][1]["cells"][0]["duties"]] == ["lead", "responsible"]


def test_an_unknown_section_of_a_matrix_is_told(sample):
    assert "No section (部分)" in get(sample, f"documents/{DOCUMENT}/matrix", 404, section="第九十九部分")["detail"]


def test_what_two_units_share_is_a_list_with_both_roles(sample):
    body = get(sample, "units/市政府法制办/shared-with/市人社局", evidence="full", limit=3)
    Listing[SharedItem].model_validate(body)
    assert (body["total"]["value"], len(body["items"])) == (8, 3)
    assert body["items"][2]["other"]["evidence"]["quote"] == "市人社局"
    rest = sample.client.get(body["next_url"]).json()
    assert [row["item"]["number"] for row in body["items"] + rest["items"]] == [3, 5, 20, 24, 26, 39]
    detail = get(sample, "units/市司法局/shared-with/娄底市:市司法局", 422)["detail"]
    assert detail == "unit and other are both 娄底市:市司法局; expected two different units."
    get(sample, "units/市司法局/shared-with/没有", 404)


def test_a_table_of_what_two_units_share_has_the_columns_of_its_rows(sample):
    answer = sample.client.get(
        f"/v1/{quote('units/市政府法制办/shared-with/市人社局')}?format=csv&evidence=full&bom=false"
    )
    header, *rows = answer.text.splitlines()
    assert "other.evidence.quote" in header.split(",")
    assert (len(rows), rows[0].count("市人社局") > 1) == (8, True)
    bare = sample.client.get(f"/v1/{quote('units/市政府法制办/shared-with/市人社局')}?format=csv&bom=false")
    assert "evidence.quote" not in bare.text
