"""Records: frozen dataclasses that are made as quickly as plain ones.

A frozen dataclass sets each of its fields by ``object.__setattr__``: 3.3 µs for a `Duty`, of which one plan has hundreds.
`record` gives the class an ``__init__`` that

1. lets the new object be, for that moment, of a twin class with the same slots, which does not refuse to be written to;
2. sets the fields plainly, and makes the object what it was: 0.7 µs.

All else (fields, equality, hash, ``replace``, pickling, the refusal to be changed afterwards) stays what dataclass made.

Used above ``@dataclass(frozen=True, slots=True)``: see `graph.model`.

Left to others: classes of which few are made; for them a plain dataclass is simpler.
"""

from dataclasses import MISSING, fields
from typing import Any, TypeVar

T = TypeVar("T")


def record(cls: type[T]) -> type[T]:
    """``cls``, a dataclass with ``frozen=True, slots=True`` whose defaults are plain values, with a quicker ``__init__``."""
    own = fields(cls)  # type: ignore[arg-type]  # that it is a dataclass cannot be told in a type
    names: dict[str, Any] = {f"_default_{f.name}": f.default for f in own if f.default is not MISSING}
    arguments = [f"{f.name}=_default_{f.name}" if f.default is not MISSING else f.name for f in own]
    lines = [
        f"def __init__(self, {', '.join(arguments)}):",
        "    _set(self, '__class__', _Twin)",
        *(f"    self.{f.name} = {f.name}" for f in own),
        "    self.__class__ = _Record",
    ]
    twin = type(cls.__name__, (), {"__slots__": tuple(f.name for f in own)})
    names |= {"_set": object.__setattr__, "_Twin": twin, "_Record": cls}
    exec("\n".join(lines), names)  # as dataclass writes its own: from the names of the fields only
    made = names["__init__"]
    made.__annotations__ = cls.__init__.__annotations__
    made.__qualname__ = f"{cls.__qualname__}.__init__"
    cls.__init__ = made  # type: ignore[method-assign]  # which is the purpose
    return cls
