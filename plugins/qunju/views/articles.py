"""規範對照: the regulation as it is printed, with the clauses beside the passages that they stand on."""

from dataclasses import dataclass

from qunju.views.common import Link


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text; `quoted` by a clause or not. `breaks` puts it on a line of its own."""

    text: str
    quoted: bool = False
    breaks: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """A clause beside its passage. One that names the line beside its own passage (`also`) quotes nothing there."""

    id: str
    title: str
    check: str
    kind: str
    page: str
    situations: int
    quote: str
    also: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A paragraph, or the cells of one row of a table, and what stands on it."""

    cells: tuple[tuple[Piece, ...], ...]
    standing: tuple[Standing, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A heading (`level` from 2), a paragraph (its `level` steps it in) or a table (with as many columns)."""

    kind: str
    rows: tuple[Row, ...]
    level: int = 0
    columns: int = 1
    anchor: str = ""
    header: bool = False

    @property
    def bare(self) -> bool:
        """Whether no clause stands on any of it."""
        return not any(row.standing for row in self.rows)


@dataclass(frozen=True, slots=True)
class Count:
    """How many clauses of a chapter, or of all, are checked in each way."""

    chapter: Link
    key: str
    numbers: tuple[int, ...]

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.numbers)


@dataclass(frozen=True, slots=True)
class ArticlesPage:
    """The whole regulation of a year."""

    year: int
    source: str
    trail: tuple[Link, ...]
    kinds: tuple[str, ...]
    counts: tuple[Count, ...]
    parts: tuple[Link, ...]
    blocks: tuple[Block, ...]
    situations: int

    @property
    def sums(self) -> Count:
        """The last row of the counts."""
        columns = zip(*(count.numbers for count in self.counts), strict=True)
        return Count(Link("合計", ""), "", tuple(map(sum, columns)))

    @property
    def bare(self) -> int:
        """How many paragraphs and rows no clause stands on, headings aside."""
        return sum(not row.standing for block in self.blocks if block.kind != "heading" for row in block.rows)

    @property
    def passages(self) -> int:
        """How many paragraphs and rows there are, headings aside."""
        return sum(len(block.rows) for block in self.blocks if block.kind != "heading")


@dataclass(frozen=True, slots=True)
class DecisionNote:
    """How an ambiguous passage is read: `places` as the regulation names them, `rules` that follow the reading."""

    id: str
    conflict: str
    reading: str
    why: str
    places: tuple[Link, ...]
    rules: tuple[Link, ...]
    flag: str = ""
    otherwise: str = ""


@dataclass(frozen=True, slots=True)
class DecisionsPage:
    """Every decision of a year."""

    year: int
    trail: tuple[Link, ...]
    decisions: tuple[DecisionNote, ...]
