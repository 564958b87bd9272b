"""The shapes of chains, paths and the responsibility matrix (see `api.schemas.base`)."""

from typing import Literal

from pydantic import ConfigDict, Field

from api.schemas.base import (
    DocumentRef,
    Due,
    EvidenceShape,
    Inferred,
    ItemRef,
    LeftOut,
    Listing,
    Relation,
    Role,
    Shape,
    UnitRef,
)

Kind = Literal["regulation", "document", "section", "item", "task", "unit"]
Weakness = Literal["inferred", "collective", "open-list", "repaired", "unresolved", "not-basis"]
StepType = Literal[
    "LEADS",
    "RESPONSIBLE_FOR",
    "COOPERATES_ON",
    "MENTIONED_IN",
    "CITES",
    "HAS_SECTION",
    "HAS_ITEM",
    "HAS_PART",
    "HAS_TASK",
]


class ChainNode(Shape):
    kind: Kind
    id: str
    name: str | None
    number: int | None = Field(None, description="the figure of an item")
    label: str | None = Field(None, description="as printed before a section or item")
    part: int | None = Field(None, description="only on a part of an item")


class ChainStep(Inferred):
    """One stored relationship. A step of the outline has the heading below it as its evidence."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    id: str
    type: StepType
    from_: str = Field(alias="from", description="id of the node the step leaves, in the order of the path")
    to: str
    relation: Relation | None = Field(description="of a citation")
    task: str | None = Field(description="id of the task a citation stands in")
    position: int | None = Field(description="rank on its line, or among siblings")
    as_written: str | None
    open_list: bool | None = Field(description="the line ends in 等 or 等部门")
    weaknesses: list[Weakness]
    evidence: EvidenceShape | None


class Chain(Shape):
    """A path. ``chain``: from rule to unit or back; ``link``: through a node that both ends share."""

    length: int = Field(description="how many steps")
    shape: Literal["chain", "link"]
    nodes: list[ChainNode]
    steps: list[ChainStep]
    weaknesses: list[Weakness] = Field(description="of any step")


class PathListing(Listing[Chain]):
    """All shortest paths, then the next longer ones."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    from_: ChainNode = Field(alias="from")
    to: ChainNode
    kinds: list[StepType] = Field(description="the relationship types that were followed")
    max_length: int
    complete: bool = Field(description="false: a limit cut something off")


class ItemChain(Shape):
    """An item's chains, shortest first."""

    item: ChainNode
    upward: list[Chain] = Field(description="to each rule the duty rests on (依据, 落实); to the document if none")
    downward: list[Chain] = Field(description="to each unit that carries it")
    complete: bool
    left_out: list[LeftOut] = Field(description="citations in other relations, by relation")
    data_version: str


class RegulationChain(Shape):
    """The chains of an instrument, shortest first."""

    regulation: ChainNode
    downward: list[Chain] = Field(description="through the items that cite it to each unit that bears them")
    complete: bool
    data_version: str


class Carrier(Inferred):
    """A unit that bears items which cite an instrument; ``inferred``, ``rule``, ``because`` and ``evidence`` are those of its first
    duty.
    """

    unit: UnitRef
    collective: bool
    lead: int = Field(description="how many duties in this role")
    responsible: int
    cooperating: int
    items: list[str] = Field(description="ids of the items")
    evidence: EvidenceShape | None


class NearNode(ChainNode):
    depth: int = Field(description="how many steps away")


class GraphPiece(Shape):
    """What hangs together with one thing. An edge goes as it is stored: from a unit to what it bears, from a text to what it
    cites, from a whole to its part.
    """

    around: ChainNode
    depth: int
    kinds: list[StepType] = Field(description="the relationship types that were followed")
    nodes: list[NearNode]
    edges: list[ChainStep]
    complete: bool = Field(description="false: a limit cut something off")
    data_version: str


class MatrixUnit(UnitRef):
    """A column of the matrix, with the number of its cells for each role."""

    collective: bool
    lead: int
    responsible: int
    cooperating: int
    supervising: int


class MatrixDuty(Inferred):
    id: str
    role: Role
    position: int
    as_written: str
    open_list: bool
    evidence: EvidenceShape | None


class MatrixCell(Shape):
    unit: str = Field(description="id of the unit")
    duties: list[MatrixDuty]


Check = Literal["no-lead", "several-leads", "lead-and-responsible"]


class MatrixItem(ItemRef):
    """A row of the matrix; an item with parts has a row for each of them."""

    checks: list[Check] = Field(description="what a RACI chart would find fault with")
    cells: list[MatrixCell]


class Matrix(Shape):
    """Who is accountable (牵头), responsible (责任), cooperating (配合) or supervising (督导) for what."""

    document_id: str
    section: str | None = Field(description="id of the section, where one was asked for")
    units: list[MatrixUnit] = Field(description="in the order in which they are first named")
    items: list[MatrixItem]
    checks: dict[Check, int] = Field(description="how many items fail each check that any fails")
    data_version: str


class OtherDuty(Inferred):
    """The duty of the second unit."""

    id: str
    name: str
    role: Role
    position: int
    as_written: str
    open_list: bool
    collective: bool
    evidence: EvidenceShape | None


class SharedItem(Inferred):
    """An item, or a whole document (``item`` null), that gives two units a duty."""

    id: str
    role: Role
    position: int
    as_written: str
    open_list: bool
    collective: bool
    unit: UnitRef
    other: OtherDuty
    item: ItemRef | None
    document: DocumentRef | None = None
    due: Due
    ongoing: bool
    evidence: EvidenceShape | None
