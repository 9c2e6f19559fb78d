"""Cards and the gallery page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import groupby

from qunju.regulation.programme import Programme
from qunju.views.builders.masthead import DEMONSTRATION, masthead
from qunju.views.common import Share
from qunju.views.gallery import Card, Gallery, Year
from qunju.views.publication import Publication


def card(publication: Publication, programme: Programme, progress: Share | None) -> Card:
    """Return a cluster's card; its address is relative to the site's root."""
    head = masthead(publication, programme, "")
    return Card(
        url=f"clusters/{publication.public.id}/",
        name=head.name,
        theme=head.theme,
        year=head.year,
        category=head.category,
        type=head.type,
        stage=head.stage,
        areas=head.areas,
        member_count=head.member_count,
        cover=head.cover,
        progress=progress,
        draft=head.draft,
        demonstration=bool(head.notice),
    )


def gallery(cards: Iterable[Card]) -> Gallery:
    """Return the page, newest year first; the addresses of its cards are relative to it."""
    ordered = sorted(cards, key=lambda card: -card.year)
    years = tuple(Year(year, tuple(relative(group, "clusters/"))) for year, group in groupby(ordered, lambda c: c.year))
    return Gallery(years, notice_for(ordered))


def notice_for(cards: Iterable[Card]) -> str:
    """Return what a page says that shows a fictitious cluster."""
    return DEMONSTRATION if any(card.demonstration for card in cards) else ""


def relative(cards: Iterable[Card], folder: str) -> Iterable[Card]:
    """Return cards whose addresses are relative to a folder of the site."""
    return (replace(card, url=card.url.removeprefix(folder)) for card in cards)
