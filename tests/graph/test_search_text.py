"""The form in which words are searched, what an index is asked, and where words stand."""

import pytest

from graph.search_text import every_term, search_form, search_places, search_properties, terms_of


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("“放管服”改革", "放管服改革"),
        ("双随机、一公开", "双随机一公开"),
        ("ＡＩ平台", "ai平台"),
        ("C++", "c＋＋"),
        ("Wi-Fi 覆盖", "wifi覆盖"),
        ("１００％", "100%"),
        ("1,000万元", "1000万元"),
        ("1，000万元", "1000万元"),
        ("湘政发〔2021〕12号", "湘政发[2021]12号"),
        ("湘政发〔2021〕12号", "湘政发（2021） 12号"),
        ("湘政发〔2021〕12号", "湘政发【2021】第12号"),
        ("湘政发〔2021〕12号", "湘政发2021-12号"),
        ("《信息公开条例》", "信息公开条例"),
        ("二○二一年", "二〇二一年"),
        ("行政\n审批", "行政审批"),
        ("│市司法局│", "市司法局"),
        ("⼯作", "工作"),  # a Kangxi radical
    ],
)
def test_marks_blanks_case_and_width_count_for_nothing(one, other):
    assert search_form(one) == search_form(other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("12号", "1号、2号"),
        ("〔2021〕1号", "〔2021〕11号"),
        ("1.5亿元", "15亿元"),
        ("2021、2022年", "20212022年"),
        ("C++", "C"),
        ("100%", "100"),
        ("①", "1"),
        ("第12号公告", "12号公告"),
        ("1,20", "120"),
    ],
)
def test_what_says_something_else_stays_apart(one, other):
    assert search_form(one) != search_form(other)


def test_marks_alone_are_no_words():
    assert search_form("“”，。 /\\ ()〔〕") == ""


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        ("推进“放管服”改革。", "放管服改革", ["放管服”改革"]),
        ("见湘政发〔2021〕12号文", "湘政发[2021]12号", ["湘政发〔2021〕12号"]),
        ("行政\n  审批、行政审批", "行政审批", ["行政\n  审批", "行政审批"]),
        ("ＡＩ与ai", "AI", ["ＡＩ", "ai"]),
        ("1,000万元", "1000", ["1,000"]),
        ("市司法局", "市财政局", []),
    ],
)
def test_places_are_those_of_the_text_itself(text, words, found):
    assert [text[start:end] for start, end in search_places(text, [search_form(words)])] == found


def test_places_that_touch_are_one():
    assert search_places("行政审批制度", ["行政", "审批"]) == [(0, 4)]
    assert search_places("行政的审批", ["审批", "行政"]) == [(0, 2), (3, 5)]


def test_terms_are_pairs_or_the_one_character():
    assert terms_of("放管服") == ["放管", "管服"]
    assert terms_of("办") == ["办"]
    assert every_term(["放管服", "办"]) == '+"放管" +"管服" +"办"'


@pytest.mark.parametrize("words", ['a"b\\c', "AND OR NOT", "a:b(c)^2~*?", "+-&&||!{}[]/"])
def test_no_word_of_a_user_is_syntax(words):
    form = search_form(words)
    assert not set(form) & set('"\\()[]{}:^*?!/|~ ')
    assert all(term.startswith('+"') and term.endswith('"') for term in every_term([form]).split())


def test_a_node_holds_its_fields_and_their_terms():
    made = search_properties("Unit", {"name": "市委办", "full_name": None, "aliases": ["市委办公室", "市委办"]})
    assert made["search_text"] == "市委办\n市委办公室"
    assert made["search_terms"].split() == [*"市委办", "市委", "委办", "公", "室", "办公", "公室"]
