"""The home page: the programme, and what the published clusters add up to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from qunju.model.member import Member
from qunju.regulation.programme import Programme
from qunju.views.builders.gallery import notice_for
from qunju.views.builders.masthead import GALLERY, aspect, cluster_type, member_count
from qunju.views.builders.reading import line
from qunju.views.common import Link
from qunju.views.gallery import Card
from qunju.views.home import AspectNote, Figure, Home, TypeNote
from qunju.views.publication import Publication
from qunju.views.showcase import Showcase

CARDS_SHOWN = 6


@dataclass(slots=True)
class Sums:
    """What the figures of the home page count, added up cluster by cluster."""

    clusters: int = 0
    companies: int = 0
    counties: set[str] = field(default_factory=set)
    tools: int = 0
    types: Counter[str] = field(default_factory=Counter)

    def add(self, publication: Publication, page: Showcase) -> None:
        """Count one published cluster."""
        self.clusters += 1
        self.companies += member_count(publication)
        self.counties.update(filter(None, (line(member, Member.county) for member in publication.public.members_now)))
        self.tools += sum(tool.change == "new" for part in page.aspects for tool in part.tools)
        self.types[page.head.type.name] += 1

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The computed numbers worth showing."""
        if not self.clusters:
            return ()
        return (
            Figure(f"{self.clusters:,}", "個", "群聚"),
            Figure(f"{self.companies:,}", "家", "參與企業"),
            Figure(f"{len(self.counties)}", "個", "縣市"),
            Figure(f"{self.tools:,}", "項", "新導入的實踐工具"),
        )


def home(programme: Programme, cards: Iterable[Card], sums: Sums) -> Home:
    """Return the page of a programme year."""
    shown = tuple(cards)
    facts = programme.facts
    return Home(
        year=programme.year,
        organizer=str(facts["organizer"]),
        executor=str(facts["executor"]),
        figures=sums.figures,
        types=tuple(
            TypeNote(cluster_type(name, programme), str(facts["type_goals"][name]), sums.types[name])
            for name in programme.vocabulary("types")
        ),
        aspects=tuple(
            AspectNote(aspect(code, programme), str(entry["theme"]), tuple(facts["scenarios"][code]))
            for code, entry in facts["aspects"].items()
        ),
        cards=shown[:CARDS_SHOWN],
        gallery=Link(GALLERY, "clusters/"),
        guide=Link("我要提案", "handbook/"),
        notice=notice_for(shown),
    )
