"""What tests look at of a file that was read: the cells of its tables, and what is told of it."""

from loaders.files.source import Source


def cells(source: Source, table: int = 0) -> list[list[str]]:
    """The words at every place of a table."""
    return [[source.text[slice(*span)] for span in row] for row in source.tables[table].rows]


def told(source: Source) -> list[tuple[str, str | None, str | None]]:
    """Kind, place and words of each note."""
    return [(note.code, note.place, note.words) for note in source.notes]
