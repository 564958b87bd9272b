"""Bytes to text: encodings found and named, losses counted, files that are no text refused with the way out."""

import hashlib
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.made.zips import zipped
from graph.errors import UnreadableSource
from loaders.files.decoding import ENCODINGS
from loaders.files.read import MAX_BYTES, read_bytes, read_path, stream_bytes

PLAN = "一、健全制度\r\n1.完善规则。\r\n牵头单位：市编办、市政府法制办。\r\n完成时限：2018年6月底前。𠮷😀\r\n"
PADDING = "各单位要按照分工抓好落实，及时报送进展情况。\n" * 40  # 0.5 % of it is some bytes


@pytest.mark.parametrize(
    ("encoding", "bom", "found"),
    [
        ("utf-8", b"", "utf-8"),
        ("utf-8", b"\xef\xbb\xbf", "utf-8"),
        ("gb18030", b"", "gb18030"),
        ("gb18030", b"\x84\x31\x95\x33", "gb18030"),
        ("utf-16-le", b"", "utf-16-le"),
        ("utf-16-be", b"", "utf-16-be"),
        ("utf-16-le", b"\xff\xfe", "utf-16-le"),
        ("utf-16-be", b"\xfe\xff", "utf-16-be"),
        ("utf-32-le", b"\xff\xfe\x00\x00", "utf-32-le"),
        ("utf-32-be", b"\x00\x00\xfe\xff", "utf-32-be"),
    ],
)
def test_each_encoding_is_found_and_its_bom_dropped(encoding: str, bom: bytes, found: str) -> None:
    data = bom + PLAN.encode(encoding)
    source = read_bytes(data, name="方案.txt")
    assert (source.text, source.encoding, source.undecodable) == (PLAN, found, ())
    assert source.name == "方案.txt"
    assert source.file_sha256 == hashlib.sha256(data).hexdigest()


def test_only_one_bom_is_dropped() -> None:
    assert read_bytes("\ufeff\ufeff一".encode()).text == "\ufeff一"


@pytest.mark.parametrize("text", ["", "\r\n\t\x0c", "1234567890", "牵头单位：市编办\x00、市财政局。" + PADDING])
def test_readable_text_stays_as_it_is(text: str) -> None:
    assert read_bytes(text.encode()).text == text


def test_digits_in_gb18030_are_not_taken_for_utf_16() -> None:
    text = "2017020300203000年"
    assert read_bytes(text.encode("gb18030")).text == text


def test_ascii_in_utf_16_is_not_taken_for_utf_8_with_nuls() -> None:
    assert read_bytes("1.2018 6 30\n一丁\n".encode("utf-16-le")).text == "1.2018 6 30\n一丁\n"


def test_a_few_damaged_bytes_become_replacement_characters_whose_places_are_listed() -> None:
    good = PADDING.encode()
    data = good[:30] + b"\xff" + good[30:1500] + good[1501:]  # one byte too many after ten characters, one too few
    source = read_bytes(data)
    assert source.encoding == "utf-8"
    assert len(source.undecodable) >= 2
    assert {source.text[start:end] for start, end in source.undecodable} == {"\ufffd"}
    assert source.text.count("\ufffd") == len(source.undecodable)
    assert source.undecodable[0] == (10, 11)


def test_a_replacement_character_of_the_author_is_not_a_loss() -> None:
    source = read_bytes(b"\xef\xbb\xbf" + "原文如此：\ufffd。".encode() + b"\xff" + PADDING.encode())
    assert source.text.count("\ufffd") == 2
    assert source.undecodable == ((7, 8),)


def test_more_than_half_a_percent_of_bad_bytes_is_refused() -> None:
    data = PADDING.encode()
    bad = b"\xff" * (len(data) // 150)
    with pytest.raises(UnreadableSource, match="neither UTF-8, GB18030 nor UTF-16"):
        read_bytes(data[:300] + bad + data[300:])


@pytest.mark.parametrize(
    ("named", "written_as", "used"),
    [
        ("big5", "big5", "big5"),
        ("GBK", "gb18030", "gb18030"),
        ("gb2312", "gb18030", "gb18030"),
        ("UTF8", "utf-8", "utf-8"),
        ("utf_16", "utf-16", "utf-16"),
    ],
)
def test_a_named_encoding_is_obeyed(named: str, written_as: str, used: str) -> None:
    source = read_bytes("主辦單位：市府".encode(written_as), encoding=named)
    assert (source.text, source.encoding) == ("主辦單位：市府", used)


def test_a_named_encoding_that_does_not_fit_is_said() -> None:
    with pytest.raises(UnreadableSource, match=r"方案\.txt cannot be read as utf-16"):
        read_bytes("单位".encode() + b"!", name="方案.txt", encoding="utf-16-le")


@pytest.mark.parametrize("named", ["klingon", "punycode", "rot13", "unicode_escape"])
def test_an_unknown_encoding_is_refused_with_the_list(named: str) -> None:
    with pytest.raises(UnreadableSource, match="expected one of " + ", ".join(ENCODINGS)):
        read_bytes(b"1", encoding=named)


def zip_of(*members: str) -> bytes:
    return zipped(dict.fromkeys(members, "x"))


@pytest.mark.parametrize(
    ("data", "met", "way_out"),
    [
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "a damaged picture", "Get it again"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "a damaged picture", "Get it again"),
        (b"RIFF\x24\x00\x00\x00WEBPVP8 ", "a damaged picture", "Get it again"),
        (b"BM\x36\x00\x00\x00\x00\x00\x00\x00\x36", "a damaged picture", "Get it again"),
        (b"%PDF-1.7\n", "a damaged PDF", "Get it again"),
        (zip_of("[Content_Types].xml", "word/document.xml"), "a damaged zip archive or Office file", "Get it again"),
        (zip_of("[Content_Types].xml", "xl/workbook.xml"), "a damaged zip archive or Office file", "Get it again"),
        (zip_of("OFD.xml"), "a damaged zip archive or Office file", "Get it again"),
        (zip_of("ppt/presentation.xml"), r"a PowerPoint file \(.pptx\)", "Save its text as .docx"),
        (zip_of("xl/workbook.bin"), r"a binary Excel file \(.xlsb\)", "save it as .xlsx"),
        (zip_of("plan.txt"), "a zip archive", "Unpack it"),
        (zip_of("plan.txt")[:20], "a damaged zip archive", "Get it again"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00", "an old Office or WPS file", "save it as .docx"),
        (b"\x1f\x8b\x08\x00", "a gzip archive", "Unpack it"),
    ],
    ids=lambda value: value if isinstance(value, str) else "data",  # an archive's bytes hold the time: no stable name
)
def test_a_file_that_is_no_text_is_named_with_the_way_out(data: bytes, met: str, way_out: str) -> None:
    with pytest.raises(UnreadableSource, match=f"附件 is {met}.*expected .*{way_out}"):
        read_bytes(data, name="附件")


def test_binary_data_is_refused() -> None:
    with pytest.raises(UnreadableSource, match="binary data"):
        read_bytes(b"ab\x00\x01" * 100)


def test_a_text_that_begins_like_a_bitmap_is_text() -> None:
    assert read_bytes(b"BMW plant, stage 2").text == "BMW plant, stage 2"


def test_a_file_over_the_limit_is_refused_without_reading_on() -> None:
    class Endless(io.BytesIO):
        given = 0

        def read(self, size: int | None = -1) -> bytes:
            self.given += size or 0
            return b"1" * (size or 0)

    endless = Endless()
    with pytest.raises(UnreadableSource, match=f"more than {MAX_BYTES // 2**20} MB"):
        read_bytes(stream_bytes(endless))
    assert endless.given == MAX_BYTES + 1


def test_twenty_megabytes_of_digits_are_text() -> None:
    assert len(read_bytes(b"1234567890" * 2_000_000).text) == 20_000_000


def test_a_path_gives_its_name_to_the_source(tmp_path: Path) -> None:
    (tmp_path / "方案.txt").write_bytes(PLAN.encode("gb18030"))
    source = read_path(tmp_path / "方案.txt")
    assert (source.name, source.text) == ("方案.txt", PLAN)


def test_a_path_without_a_readable_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSource, match="There is no file"):
        read_path(tmp_path / "none.txt")
    with pytest.raises(UnreadableSource, match="is a folder"):
        read_path(tmp_path)
    with pytest.raises(UnreadableSource, match="cannot be read"):
        read_path("a\0b")
    loop = tmp_path / "loop"
    loop.symlink_to(loop)
    with pytest.raises(UnreadableSource, match="cannot be read"):
        read_path(loop)


@settings(deadline=None)  # a busy machine is no fault
@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        source = read_bytes(data)
    except UnreadableSource:
        return
    assert len(source.file_sha256 or "") == 64
    assert all(source.text[start:end] == "\ufffd" for start, end in source.undecodable)


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="<%{:"), max_size=200))
def test_any_text_in_utf_8_comes_back(text: str) -> None:
    """But for what begins as a page, a PDF, a rich text or a mail does: <TITLE> is a page without words."""
    assert read_bytes(text.encode()).text == text.removeprefix("\ufeff")


@pytest.mark.parametrize(
    ("damaged", "lost"),
    [
        (lambda data: data[:-1], "…\ufffd"),  # cut in the middle of a character
        (lambda data: data + b"\xff", "……\ufffd"),
    ],
)
def test_a_bad_byte_in_gbk_is_one_sign(damaged: Callable[[bytes], bytes], lost: str) -> None:
    text = "责任单位：市林业局。" * 30 + "……"
    source = read_bytes(damaged(text.encode("gbk")))
    assert (source.encoding, source.text[-len(lost) :]) == ("gb18030", lost)
    assert source.undecodable == ((len(source.text) - 1, len(source.text)),)
