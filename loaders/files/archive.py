"""The parts of a zipped office file, never more of them than a plan can need.

A zip bomb declares a small size and unpacks to a large one, or declares the large one: counting what is really unpacked
stops both. XML is read without entities, without a network, and no deeper than libxml2 allows.

Example: ``Archive(data).xml("word/document.xml")`` is the root element, or None if there is no such part.
"""

import io
import zipfile
import zlib
from typing import IO

from lxml import etree

from graph.errors import UnreadableSource

MAX_UNPACKED = 96 * 2**20  # bytes of all parts that are read
MAX_TREE = 32 * 2**20  # bytes of a part that is read as one tree
MAX_TAGS = 3_000_000  # in such a part: each element takes some hundred bytes, however short it is
MAX_PARTS = 20_000
_CHUNK = 2**20


class Archive:
    """A zip whose parts are read one by one. Raises UnreadableSource if it is damaged, encrypted or too large."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise damaged(error) from None
        packed = self._zip.namelist()
        if len(packed) > MAX_PARTS:
            raise UnreadableSource(f"the file holds {len(packed)} parts; expected an office file with one plan.")
        # some programs for Windows write word\document.xml, others ./word/document.xml or /word/document.xml
        self._packed = {name.replace("\\", "/").removeprefix("./").lstrip("/"): name for name in reversed(packed)}
        self.names = tuple(reversed(self._packed))
        self._left = MAX_UNPACKED

    def open(self, name: str) -> "_Counted | None":
        """The stream of a part, counted against the limit; None if there is no such part."""
        packed = self._packed.get(name)
        if packed is None:
            return None
        try:
            if self._zip.getinfo(packed).file_size > self._left:  # it says so itself: nothing is unpacked
                raise _too_large(MAX_UNPACKED)
            return _Counted(self, self._zip.open(packed))
        except RuntimeError:
            raise encrypted("an office file") from None
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise damaged(error) from None

    def bytes(self, name: str) -> bytes | None:
        """A part as it is; None if there is no such part."""
        part = self.open(name)
        words = None if part is None else part.read(MAX_TREE + 1)
        if words is not None and len(words) > MAX_TREE:
            raise _too_large(MAX_TREE)
        return words

    def xml(self, name: str) -> etree._Element | None:
        """The root element of a part; None if there is no such part."""
        words = self.bytes(name)
        return None if words is None else xml_tree(words)

    def count(self, size: int) -> None:
        self._left -= size
        if self._left < 0:
            raise _too_large(MAX_UNPACKED)


class _Counted(io.RawIOBase):
    """The stream of a part; it counts what is unpacked."""

    def __init__(self, archive: Archive, stream: IO[bytes]) -> None:
        self._archive, self._stream = archive, stream

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        if size is None or size < 0:
            return b"".join(iter(lambda: self.read(_CHUNK), b""))
        try:
            words = self._stream.read(size)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError) as error:
            raise damaged(error) from None
        self._archive.count(len(words))
        return words


def xml_tree(words: bytes) -> etree._Element:
    """The root element of XML, read without entities, without a network, and with at most `MAX_TAGS` tags."""
    if words.count(b"<") > MAX_TAGS:
        raise UnreadableSource(
            f"the file holds a part with more than {MAX_TAGS:,} tags; expected an office file with one plan."
        )
    try:
        return etree.fromstring(words, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        raise damaged(error) from None


def _too_large(limit: int) -> UnreadableSource:
    return UnreadableSource(
        f"the file unpacks to more than {limit // 2**20} MB; expected an office file with one plan. "
        "It may be a zip bomb: get it again from where it came."
    )


def damaged(error: BaseException) -> UnreadableSource:
    """The refusal of a damaged file."""
    reason = " ".join(str(error).split()) or type(error).__name__
    return UnreadableSource(
        f"the file is a damaged zip archive or Office file ({reason}); expected a whole one. "
        "Get it again from where it came."
    )


def encrypted(kind: str) -> UnreadableSource:
    """The refusal of a file that needs a password."""
    return UnreadableSource(f"the file is {kind} locked by a password; expected one that opens without. Unlock it.")
