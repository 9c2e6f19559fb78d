"""The gallery: every published cluster as a card, by year."""

from dataclasses import dataclass

from qunju.views.common import ClusterType, Cover, Share, one_line


@dataclass(frozen=True, slots=True)
class Card:
    """One cluster in a list. `progress` is None while nothing has been measured."""

    url: str
    name: str
    theme: str
    year: int
    category: str
    type: ClusterType
    stage: str
    areas: tuple[str, ...]
    member_count: int
    cover: Cover
    progress: Share | None = None
    draft: bool = False
    demonstration: bool = False

    @property
    def place(self) -> str:
        """Where the cluster is, on one line."""
        return one_line(self.areas)


@dataclass(frozen=True, slots=True)
class Year:
    """The clusters of one programme year."""

    year: int
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Gallery:
    """The page: newest year first."""

    years: tuple[Year, ...]
    notice: str = ""

    @property
    def total(self) -> int:
        """How many clusters the page shows."""
        return sum(len(year.cards) for year in self.years)
