"""PDF: what stands beside the words of its pages, words that nobody can tell, pictures."""

import pytest

from bench.made.paper import pdf_of, words_at
from loaders.files.paged import ocr
from loaders.files.read import read_bytes
from loaders.files.source import Source
from tests.loaders.files.met import told

WORDS = words_at("1.疏浚渠道。", 72, 100) + words_at("牵头单位：市水务局、市林业局。", 72, 130)
TEXT = "1.疏浚渠道。\n牵头单位：市水务局、市林业局。\n"


def string(words: str) -> bytes:
    return b"<FEFF%s>" % words.encode("utf-16-be").hex().encode()


def annotated(kind: bytes, more: bytes) -> Source:
    annotation = b"<</Type/Annot/Subtype/%s/Rect[72 600 300 640]%s>>" % (kind, more)
    return read_bytes(pdf_of(WORDS, objects=[annotation], page=b"/Annots[6 0 R]", root=b"/AcroForm<</Fields[6 0 R]>>"))


@pytest.mark.parametrize(
    ("kind", "more", "code"),
    [
        (b"FreeText", b"/Contents" + string("责任单位：市城管局"), "comment"),
        (b"Text", b"/Contents" + string("责任单位：市城管局"), "comment"),
        (b"Stamp", b"/Contents" + string("责任单位：市城管局"), "comment"),
        (b"Widget", b"/FT/Tx/T(a)/V" + string("责任单位：市城管局"), "form-field"),
    ],
)
def test_words_of_annotations_and_fields_are_told(kind: bytes, more: bytes, code: str) -> None:
    source = annotated(kind, more)
    assert source.text == TEXT
    assert told(source) == [(code, "第1页", "责任单位：市城管局")]


@pytest.mark.parametrize(
    ("kind", "more"),
    [
        (b"Link", b"/Contents" + string("附件")),
        (b"Widget", b"/FT/Btn/T(a)/V/Yes"),
        (b"Widget", b"/FT/Tx/T(a)"),
        (b"Text", b"/Contents()"),
    ],
)
def test_annotations_without_words_of_their_own_are_nothing_to_tell(kind: bytes, more: bytes) -> None:
    assert annotated(kind, more).notes == ()


def test_words_that_an_annotation_strikes_through_are_left_out_and_told() -> None:
    quad = b"/QuadPoints[180 724 240 724 180 706 240 706]"
    source = annotated(b"StrikeOut", quad)
    assert source.text == "1.疏浚渠道。\n牵头单位：市水务局。\n"
    assert told(source) == [("struck-through", "第1页", "、市林业局")]


def test_attached_files_are_told() -> None:
    listed = b"/Names<</EmbeddedFiles<</Names[(a)6 0 R]>>>>"
    objects = [
        b"<</Type/Filespec/F(annex.docx)/EF<</F 7 0 R>>>>",
        b"<</Type/EmbeddedFile/Length 1>>stream\na\nendstream",
    ]
    source = read_bytes(pdf_of(WORDS, objects=objects, root=listed))
    assert told(source) == [("embedded-part", "附件", "annex.docx")]


FONT = (
    b"<</Type/Font/Subtype/Type0/BaseFont/ABCDEF+Song/Encoding/Identity-H/DescendantFonts[7 0 R]>>",
    b"<</Type/Font/Subtype/CIDFontType2/BaseFont/ABCDEF+Song/DW 1000/FontDescriptor 8 0 R"
    b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>",
    b"<</Type/FontDescriptor/FontName/ABCDEF+Song/Flags 4/FontBBox[0 0 1000 1000]/ItalicAngle 0/Ascent 880/Descent -120"
    b"/CapHeight 880/StemV 93>>",
)
CODES = b"BT /F2 12 Tf 1 0 0 1 72 600 Tm <4E214E224E23> Tj ET\n"


def test_characters_that_a_font_does_not_tell_are_no_words() -> None:
    source = read_bytes(pdf_of(WORDS + CODES, objects=FONT))
    assert source.text == TEXT
    assert told(source) == [("garbled-text", "第1页3字", None)]


def test_a_page_of_such_characters_is_told_without_a_recogniser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "available", lambda: False)
    source = read_bytes(pdf_of(WORDS, CODES, objects=FONT))
    assert source.text == TEXT
    assert told(source) == [("garbled-text", "第2页3字", None)]


IMAGE = b"<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/Length 1>>stream\na\nendstream"


@pytest.mark.parametrize(("size", "notes"), [(300, [("picture", "第2页", None)]), (100, [])])
def test_a_large_picture_on_a_page_with_words_is_told(size: int, notes: list[object]) -> None:
    drawn = b"q %d 0 0 %d 72 200 cm /I Do Q\n" % (size, size)
    source = read_bytes(pdf_of(WORDS, WORDS + drawn, objects=[IMAGE]))
    assert told(source) == notes


OFF = b"/OCProperties<</OCGs[6 0 R]/D<</OFF[6 0 R]>>>>"


def with_layer(marked: bytes, root: bytes) -> Source:
    """A page of which one line is marked; the layer 草稿 is the first further object."""
    drawn = WORDS + marked + words_at("责任单位：市旅游局。", 72, 160) + (b"EMC\n" if marked else b"")
    layer = b"<</Type/OCG/Name%s>>" % string("草稿")
    return read_bytes(
        pdf_of(drawn, objects=[layer], root=root).replace(b"/XObject<<", b"/Properties<</L 6 0 R>>/XObject<<")
    )


@pytest.mark.parametrize("root", [OFF, b"/OCProperties<</OCGs[6 0 R]/D<</BaseState/OFF>>>>"])
def test_a_layer_that_is_off_is_told_and_not_read(root: bytes) -> None:
    source = with_layer(b"/OC /L BDC\n", root)
    assert source.text == TEXT
    assert told(source) == [("hidden-text", "第1页图层「草稿」", "责任单位：市旅游局。")]


def test_a_layer_that_is_shown_is_read() -> None:
    source = with_layer(b"/OC /L BDC\n", b"/OCProperties<</OCGs[6 0 R]/D<</ON[6 0 R]>>>>")
    assert "市旅游局" in source.text
    assert told(source) == []


def test_a_layer_that_is_off_and_marks_nothing_is_told() -> None:
    source = with_layer(b"", OFF)
    assert "市旅游局" in source.text
    assert told(source) == [("layer-off", None, "草稿")]


def stroke(left: float, right: float, top: float) -> bytes:
    return b"%g %g %g .6 re f\n" % (left, 842 - top, right - left)


# 牵头单位：市水务局、市林业局。 begins at 72 with signs of 12 points; its base line is 130 from the top
def test_words_that_a_drawn_line_strikes_through_are_told_and_not_read() -> None:
    source = read_bytes(pdf_of(WORDS + stroke(72 + 9 * 12, 72 + 14 * 12, 125.5)))
    assert source.text == "1.疏浚渠道。\n牵头单位：市水务局。\n"
    assert told(source) == [("struck-through", "第1页", "、市林业局")]


@pytest.mark.parametrize(
    "drawn",
    [
        stroke(72 + 9 * 12, 72 + 14 * 12, 132),  # an underline
        stroke(72 + 9 * 12, 72 + 14 * 12, 117),  # a line above
        stroke(20, 560, 125.5),  # a line across the page
        stroke(72 + 13 * 12, 400, 125.5),  # a leader that runs on
    ],
)
def test_other_lines_strike_nothing_through(drawn: bytes) -> None:
    source = read_bytes(pdf_of(WORDS + drawn))
    assert source.text == TEXT
    assert told(source) == []
