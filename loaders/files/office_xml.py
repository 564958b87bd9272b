"""Office documents saved as one XML file, whatever their names: .doc and .xls of web offices and of Word's "XML document".

1. A package in one file (Flat OPC) is packed into a zip again, and read like one.
2. Word 2003 (WordprocessingML) says nearly the same with other names: they are changed, its own list labels become text, and
   it is read like a .docx.
3. Excel 2003 (SpreadsheetML) has a reader of its own (`loaders.files.excel.sheets_2003`).

Example: ``<w:wordDocument …><w:body>…`` gives the blocks of its body.

Left to others: reading what comes out (`loaders.files.word.docx`, `loaders.files.excel.xlsx`).
"""

import base64
import binascii
import io
import re
import zipfile

from lxml import etree

from loaders.files.archive import damaged, xml_tree
from loaders.files.elements import child, local, value

# <pkg:package … · <w:wordDocument … · <Workbook … behind the line of XML and Office's own line
OFFICE_XML = re.compile(
    r"""
    \s* (?: <\?[^>]*> \s* | <!--.*?--> \s* )*
    < (?: \w+: )? (?P<root> package | wordDocument | Workbook ) [\s>]
    """,
    re.VERBOSE | re.DOTALL,
)
_DECLARED = re.compile(r"(<\?xml[^>]*?)\s+encoding\s*=\s*[\"'][^\"']*[\"']")
_RENAMED = {"vmerge": "vMerge", "hmerge": "hMerge", "gridspan": "gridSpan"}
_REVISIONS = {"Word.Deletion": "del", "Word.Insertion": "ins", "Word.Comment": "comment"}


def office_root(text: str) -> etree._Element:
    """The root of an office document in XML; its text is decoded already, so what it declares does not count."""
    return xml_tree(_DECLARED.sub(r"\1", text[:400], count=1).encode() + text[400:].encode("utf-8", "replace"))


def packed(root: etree._Element) -> bytes:
    """A package in one file, or a document of Word 2003, as the zip that it would be today."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as made:
        for name, part in _flat_parts(root) if local(root.tag) == "package" else _parts_of_2003(root):
            made.writestr(name, part)
    return target.getvalue()


def _flat_parts(root: etree._Element) -> list[tuple[str, bytes]]:
    parts = []
    for part in root:
        name = (value(part, "name") or "").lstrip("/")
        for content in part:
            if local(content.tag) == "xmlData" and len(content):
                parts.append((name, etree.tostring(content[0], encoding="utf-8")))
            elif local(content.tag) == "binaryData":
                try:
                    parts.append((name, base64.b64decode(content.text or "")))
                except binascii.Error as error:
                    raise damaged(error) from None
    return parts


def _parts_of_2003(root: etree._Element) -> list[tuple[str, bytes]]:
    for element in list(root.iter(etree.Element)):
        name = local(element.tag)
        if name in _RENAMED:
            element.tag = _named(element, _RENAMED[name])
        elif name == "annotation":
            element.tag = _named(element, _REVISIONS.get(value(element, "type") or "", "annotation"))
        elif name == "listPr":
            _write_label(element)
    styles = child(root, "styles")
    parts = [("word/document.xml", etree.tostring(root, encoding="utf-8"))]
    return parts if styles is None else [*parts, ("word/styles.xml", etree.tostring(styles, encoding="utf-8"))]


def _write_label(listed: etree._Element) -> None:
    """Put the label that Word 2003 stores beside a list paragraph before its words."""
    label = value(child(listed, "t"))
    properties = listed.getparent()
    paragraph = properties.getparent() if properties is not None else None
    if not label or paragraph is None or local(paragraph.tag) != "p":
        return
    run = etree.Element(_named(paragraph, "r"))
    etree.SubElement(run, _named(paragraph, "t")).text = label
    paragraph.insert(1, run)


def _named(like: etree._Element, name: str) -> str:
    """A tag in the namespace of another element."""
    return str(like.tag).rpartition("}")[0] + "}" * ("}" in str(like.tag)) + name
