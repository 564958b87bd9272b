"""The exception tree. Each message says what was met, what was expected and what to do.

::

    ZerenError
    ├── SourceError            a file cannot be read as a plan
    │   ├── UnreadableSource   neither text nor a known format, or damaged
    │   ├── ReadingStopped     it takes more time or memory than it may, or ends the process that reads it
    │   ├── ReadingFailed      a fault of the program while it was read; carries its trace
    │   └── EmptyPlan          it has no item and no duty
    │       └── NoText         it has no text at all
    ├── ReadersBusy            as many files as may are being read
    ├── NoRoom                 as much as may is kept or waits already
    ├── WrongState             what was asked does not fit what became of the object meanwhile
    ├── UnknownReference       a name or id given by the caller
    │   ├── NotFound           no object has it; carries the nearest names
    │   └── Ambiguous          several objects have it; carries the candidates
    ├── ParameterError         a query's parameter is missing, unknown or of the wrong type
    ├── StoreError             the store cannot do what was asked
    │   ├── StoreUnavailable   not reachable, engine missing, held by another process
    │   ├── StoreBusy          a load is in progress and did not end within the bounded wait
    │   ├── SchemaMismatch     the schema is newer, or was changed by hand
    │   └── DocumentConflict   another document has the same id, or the same text or items
    └── CatalogueError         a file under cypher/ breaks the rules of the catalogue
"""

from collections.abc import Sequence


class ZerenError(Exception):
    """The base of every error that a caller may meet."""


class SourceError(ZerenError):
    pass


class UnreadableSource(SourceError):
    pass


class ReadingStopped(SourceError):
    pass


class ReadingFailed(SourceError):
    """``trace`` is the traceback of the fault, for a log."""

    def __init__(self, message: str, trace: str = "") -> None:
        super().__init__(message)
        self.trace = trace


class EmptyPlan(SourceError):
    pass


class NoText(EmptyPlan):
    pass


class ReadersBusy(ZerenError):
    pass


class NoRoom(ZerenError):
    pass


class KeptFull(ZerenError):
    """What people keep (a basket, notes) has as much as it may."""


class WrongState(ZerenError):
    pass


class UnknownReference(ZerenError):
    """A reference that does not name exactly one object. ``candidates`` are ids or names, nearest first."""

    def __init__(self, message: str, candidates: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.candidates = tuple(candidates)


class NotFound(UnknownReference):
    pass


class Ambiguous(UnknownReference):
    pass


class ParameterError(ZerenError):
    pass


class StoreError(ZerenError):
    pass


class StoreUnavailable(StoreError):
    pass


class StoreBusy(StoreError):
    pass


class SchemaMismatch(StoreError):
    pass


class DocumentConflict(StoreError):
    """``candidates`` are the ids of the stored documents that are in the way."""

    def __init__(self, message: str, candidates: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.candidates = tuple(candidates)


class CatalogueError(ZerenError):
    pass


ENDING = "the service is ending; expected it to run. Ask again when it is back; nothing was half done."
"""What is answered to whatever is at work when the service has waited long enough for it."""
