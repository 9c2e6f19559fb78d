"""All that the site shows, gathered in one pass: proposals checked, and the views of those that may be seen."""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from qunju.check.pipeline import Check, Request, check
from qunju.model.cluster import Cluster
from qunju.model.progress import Progress as ProgressFile
from qunju.regulation.programme import Programme
from qunju.report.digest import Totals
from qunju.report.text import write_text
from qunju.site.reference import Reference, reference
from qunju.views.builders.canvas import canvas
from qunju.views.builders.gallery import card, gallery
from qunju.views.builders.home import Sums, home
from qunju.views.builders.progress import progress
from qunju.views.builders.showcase import showcase
from qunju.views.canvas import Canvas
from qunju.views.gallery import Card, Gallery
from qunju.views.home import Home
from qunju.views.progress import Progress
from qunju.views.publication import may_be_shown, publish
from qunju.views.showcase import Showcase


@dataclass(frozen=True, slots=True)
class ClusterPages:
    """The three pages of a cluster."""

    id: str
    showcase: Showcase
    canvas: Canvas
    progress: Progress


@dataclass(slots=True)
class Content:
    """What the site is made of. `as_of` is the latest day that any data speaks of."""

    programme: Programme
    report: str
    totals: Totals
    as_of: datetime.date
    reference: Reference
    clusters: list[ClusterPages] = field(default_factory=list)
    cards: list[Card] = field(default_factory=list)
    sums: Sums = field(default_factory=Sums)

    @property
    def home(self) -> Home:
        """The home page."""
        return home(self.programme, self.cards, self.sums)

    @property
    def gallery(self) -> Gallery:
        """The page with every cluster."""
        return gallery(self.cards)


def gather(root: Path, *, drafts: bool) -> Content:
    """Check every proposal and build the views of those that may be shown.

    Raises `ConfigurationError` where schemas or programme data are broken. Proposals with errors have no pages.
    """
    prepared = check(Request(root))
    programmes = {year: book.programme for year, book in prepared.library.rulebooks.items()}
    latest = prepared.library.latest
    published = datetime.date.fromisoformat(latest.programme.facts["source"]["published_on"])
    content = Content(latest.programme, "", Totals(), published, reference(root, prepared.library))
    report = io.StringIO()

    def visit(cluster: Cluster) -> None:
        if cluster.profile.file.sound and may_be_shown(cluster, drafts=drafts):
            _add(cluster, programmes[cluster.id.partition("/")[0]], prepared, content)

    content.totals = write_text(prepared, report, visit)
    content.report = report.getvalue()
    return content


def _add(cluster: Cluster, programme: Programme, prepared: Check, content: Content) -> None:
    if not all(file.sound for files in cluster.files.values() for file in files):
        return
    publication = publish(cluster, prepared.library.form)
    pages = ClusterPages(
        cluster.id,
        showcase(publication, programme),
        canvas(publication, programme),
        progress(cluster, publication, programme),
    )
    content.clusters.append(pages)
    content.cards.append(card(publication, programme, pages.progress.actual))
    content.sums.add(publication, pages.showcase)
    content.as_of = max(content.as_of, *_days(cluster))


def _days(cluster: Cluster) -> Iterator[datetime.date]:
    yield cluster.progress.maybe(ProgressFile.as_of) or datetime.date.min
