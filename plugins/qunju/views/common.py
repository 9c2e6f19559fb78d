"""What the pages of the site share.

A view is all a template ever gets, and whatever stands in a view is published: only properties whose visibility is
public reach one. Plain text is escaped by the templates; narrative text arrives as `Markup`, already sanitised.
"""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from hashlib import sha256
from typing import Self

MOTIFS = 4
"""How many drawings `_cover.html.j2` holds: one for each of the first three types, one for any other."""
COUNTY_LENGTH = 3
"""Characters in the name of every county and city."""
TONES = 3
"""How many gradients of each accent `cover.css` mixes."""


@dataclass(frozen=True, slots=True)
class Link:
    """A place to go to; `url` is relative to the page that shows it, or a whole address."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Tab:
    """One of the pages of a cluster, as the tab that leads there."""

    text: str
    url: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class ClusterType:
    """群聚型態; `accent` is its place, from 1, in the year's list of types and picks its colour."""

    name: str
    accent: int


@dataclass(frozen=True, slots=True)
class Aspect:
    """輔導面向: one of O, E, S and I with its name as the form prints it."""

    code: str
    name: str

    @property
    def key(self) -> str:
        """The code as style sheets spell it."""
        return self.code.lower()


@dataclass(frozen=True, slots=True)
class Amount:
    """A number that people read: thousands grouped, no idle zeros."""

    value: Decimal

    @property
    def text(self) -> str:
        """1200 reads 1,200 and 12.50 reads 12.5."""
        digits = f"{self.value:,f}"
        return digits.rstrip("0").rstrip(".") if "." in digits else digits


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole in tenths of a percent, rounded down: 34.96 % must not read as the 35 % that is asked for."""

    permille: int

    @classmethod
    def of(cls, part: Fraction | Decimal | int, whole: Decimal | int) -> Self:
        """The share of `part` in `whole`; nothing of nothing is none."""
        return cls(Fraction(part) * 1000 // Fraction(whole) if whole else 0)

    @property
    def text(self) -> str:
        """As people read it: 35%, 34.9%."""
        return f"{Amount(Decimal(self.permille) / 10).text}%"

    @property
    def drawn(self) -> str:
        """Percent for charts and bars, kept between 0 and 100."""
        tenths = min(max(self.permille, 0), 1000)
        return f"{tenths // 10}.{tenths % 10}"


def one_line(areas: tuple[str, ...]) -> str:
    """Townships on one line, a county named once for those that follow each other: 臺東縣池上鄉、關山鎮."""
    words, county = [], ""
    for area in areas:
        words.append(area.removeprefix(county) or area)
        county = area[:COUNTY_LENGTH]
    return "、".join(words)


@dataclass(frozen=True, slots=True)
class Cover:
    """The parameters of a generated cover: the same name always gets the same picture, in every build."""

    accent: int
    motif: int
    tone: int
    far: int
    near: int
    sun_x: int
    sun_y: int

    @classmethod
    def of(cls, name: str, accent: int) -> Self:
        """Derive a picture from the name; the motif follows the type, so that a type is recognised at a glance."""
        digest = sha256(name.encode()).digest()
        return cls(
            accent=accent,
            motif=min(accent, MOTIFS),
            tone=digest[4] % TONES,
            far=digest[0] * 400 // 256,
            near=digest[1] * 400 // 256,
            sun_x=60 + digest[2] * 280 // 256,
            sun_y=40 + digest[3] * 50 // 256,
        )


@dataclass(frozen=True, slots=True)
class Masthead:
    """The head of each page of a cluster: who it is, where the visitor is, and what to know before reading on."""

    name: str
    year: int
    category: str
    type: ClusterType
    stage: str
    theme: str
    areas: tuple[str, ...]
    member_count: int
    cover: Cover
    gallery: Link
    tabs: tuple[Tab, ...]
    draft: bool = False
    notice: str = ""

    @property
    def place(self) -> str:
        """Where the cluster is, on one line."""
        return one_line(self.areas)
