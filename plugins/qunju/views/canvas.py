"""The business model canvas (商業營運模式規劃): nine blocks, on one landscape page of A4 whatever their length."""

import re
from bisect import bisect_left
from dataclasses import dataclass
from math import ceil
from unicodedata import east_asian_width

from qunju.views.common import Masthead

PAPER_HEIGHT = 168.0
"""Millimetres that `canvas-print.css` leaves to the blocks on A4 landscape, below the title and above the notice."""
COLUMN_WIDTH = 49.0
"""Millimetres of text in one of the five columns."""
HALF_WIDTH = 132.0
"""Millimetres of text in one of the two blocks of the bottom row."""
BLOCK_FRAME = 6.0
"""Millimetres that a block's padding and the gap to the next one take."""
MILLIMETRES_A_POINT = 0.3528
SIZES = range(110, 10, -1)
"""Type sizes to try, in tenths of a point: 11 pt is comfortable, and nothing is cut off before 1 pt."""
LINE = 1.45
"""Height of a line, in type sizes."""
HEADING = 3.0
"""Height of a block's heading, in type sizes."""
ENTRY_GAP = 0.4
"""Space after each entry, in type sizes."""
INDENT = 2.0
"""What the bullet takes from a line, and a character that may not begin the next one, in type sizes."""
BOTTOM_ROW = frozenset({"cost_structure", "revenue_streams"})
WORD = re.compile(r"[^\s\u2e80-\U0003ffff]+|.", re.DOTALL)
"""What a line break keeps whole: a run of Latin letters and marks, or a single Chinese character."""


@dataclass(frozen=True, slots=True)
class Block:
    """One of the nine: `key` as in canvas.yml, with the titles that the form prints."""

    key: str
    title: str
    english: str
    entries: tuple[str, ...]

    def height(self, size: float, width: float) -> float:
        """Millimetres the block needs at most, with type of `size` millimetres on lines of `width` millimetres."""
        per_line = max(width / size - INDENT, 1.0)
        lines = sum(_lines(entry, per_line) for entry in self.entries)
        return BLOCK_FRAME + size * (HEADING + lines * LINE + len(self.entries) * ENTRY_GAP)


@dataclass(frozen=True, slots=True)
class Canvas:
    """The page: nine blocks in reading order, that of a phone; the wide layout places them by key."""

    head: Masthead
    blocks: tuple[Block, ...]

    @property
    def print_size(self) -> str:
        """The largest type size, in points, at which the canvas fits on its page. Paper cannot scroll."""
        first = bisect_left(SIZES, -PAPER_HEIGHT, key=lambda tenths: -self._height(tenths / 10))
        return f"{SIZES[min(first, len(SIZES) - 1)] / 10:g}pt"

    def _height(self, points: float) -> float:
        size = points * MILLIMETRES_A_POINT
        column = {block.key: block.height(size, COLUMN_WIDTH) for block in self.blocks}
        upper = max(column["key_activities"], column["customer_relationships"])
        lower = max(column["key_resources"], column["channels"])
        whole = max(column["key_partners"], column["value_proposition"], column["customer_segments"])
        bottom = [block.height(size, HALF_WIDTH) for block in self.blocks if block.key in BOTTOM_ROW]
        return max(upper + lower, whole) + max(bottom)


def _lines(text: str, per_line: float) -> int:
    """How many lines of `per_line` type sizes a text takes, words kept whole where they fit on a line."""
    lines, used = 1, 0.0
    for word in WORD.findall(text):
        width = sum(_em(character) for character in word)
        used += width
        if used > per_line:
            lines += ceil(width / per_line)
            used = width % per_line
    return lines


def _em(character: str) -> float:
    """Width in type sizes, on the generous side, since fonts differ."""
    if east_asian_width(character) in "WFA" or character in "MWmw@%":
        return 1.0
    return 0.75 if character.isupper() else 0.6
