"""What of a text counts as a contact, and that hiding it moves nothing."""

import pytest

from api.export.contacts import hidden, without_contacts


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        (
            "责任单位：市财政局，联系人：王五 0730-1234567。",
            "责任单位：市财政局，联系人：＊＊ ＊＊＊＊＊＊＊＊＊＊＊＊。",
        ),
        ("（联系人及联系电话：张三、李四 13812345678）", "（联系人及联系电话：＊＊＊＊＊ ＊＊＊＊＊＊＊＊＊＊＊）"),
        ("联络员：张三\n责任单位：市司法局", "联络员：＊＊\n责任单位：市司法局"),
        ("张三13812345678", "张三＊＊＊＊＊＊＊＊＊＊＊"),
        ("邮箱：name@example.com；", "邮箱：＊＊＊＊＊＊＊＊＊＊＊＊＊＊＊＊；"),
        ("监督电话：12345。", "监督电话：＊＊＊＊＊。"),
    ],
)
def test_a_contact_is_hidden_sign_for_sign(words: str, kept: str) -> None:
    assert hidden(words) == kept
    assert len(kept) == len(words)


@pytest.mark.parametrize(
    "words",
    [
        "",
        "每周召开电话会议",
        "2024年6月底前完成",
        "统一社会信用代码914301001234567890",
        "加强联系人大代表",
        "督导单位：市委督查室",
    ],
)
def test_other_words_stay(words: str) -> None:
    assert hidden(words) == words


def test_values_of_any_shape() -> None:
    row = {"quote": "联系人：王五", "because": [1, 2], "places": [{"quote": "电话：123"}], "due": None}
    assert without_contacts(row) == {
        "quote": "联系人：＊＊",
        "because": [1, 2],
        "places": [{"quote": "电话：＊＊＊"}],
        "due": None,
    }
