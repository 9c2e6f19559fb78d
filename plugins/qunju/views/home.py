"""The home page: what the programme is, what it has reached, where to go on."""

from dataclasses import dataclass

from qunju.views.common import Aspect, ClusterType, Link
from qunju.views.gallery import Card


@dataclass(frozen=True, slots=True)
class Figure:
    """A computed number worth showing: 24 家, 參與企業."""

    value: str
    unit: str
    label: str


@dataclass(frozen=True, slots=True)
class TypeNote:
    """What a 群聚型態 is for, and how many clusters have chosen it."""

    type: ClusterType
    text: str
    count: int


@dataclass(frozen=True, slots=True)
class AspectNote:
    """What an 輔導面向 strengthens, and its 應用情境."""

    aspect: Aspect
    text: str
    scenarios: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Home:
    """The page; `year` is the programme year it speaks of, `guide` the handbook for those who want to propose."""

    year: int
    organizer: str
    executor: str
    figures: tuple[Figure, ...]
    types: tuple[TypeNote, ...]
    aspects: tuple[AspectNote, ...]
    cards: tuple[Card, ...]
    gallery: Link
    guide: Link
    notice: str = ""
