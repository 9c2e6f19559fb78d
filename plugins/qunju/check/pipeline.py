"""The check of a whole repository: every proposal examined once, then judged among all the others."""

from __future__ import annotations

import datetime
import gc
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from qunju.check.examination import ClusterReport, Examination, Examiner, Visitor
from qunju.check.judge import judge_summary
from qunju.check.location import Located, Locator
from qunju.check.repository import Survey, survey
from qunju.check.rulebook import Library, load_library
from qunju.check.spool import Spool
from qunju.model.portfolio import Portfolio, Summary

CHUNK = 8
"""Proposals handed to a worker process at a time."""
PATIENCE = 20_000
"""New containers that the garbage collector waits for before it looks through them, 700 by default."""


@dataclass(frozen=True)
class Request:
    """What to check: `paths` limit what is reported, never what is compared; an empty tuple reports all.

    `everywhere` reports every verdict with its places, not only those that a reader has to do with. `today` adds a word
    on deadlines that have passed; without it nothing depends on the clock.
    """

    root: Path
    paths: tuple[str, ...] = ()
    stage: str | None = None
    private: bool = False
    jobs: int = 1
    everywhere: bool = False
    today: datetime.date | None = None


@dataclass(frozen=True)
class Check:
    """A check about to run: what concerns the repository as a whole is known, the clusters stream."""

    request: Request
    library: Library
    survey: Survey

    @property
    def repository(self) -> tuple[Located, ...]:
        """Verdicts that belong to no proposal."""
        return self.survey.verdicts

    def clusters(self, visit: Visitor | None = None) -> Iterator[ClusterReport]:
        """Yield the report of each cluster asked for, in order of year and slug.

        `visit` is shown every cluster while it is in memory; it runs in this process, whatever `jobs` says.
        """
        with Spool() as spool:
            summaries: list[Summary | None] = []
            for examination in _examinations(self.request, self.library, self.survey, visit):
                summaries.append(examination.summary)
                spool.write(examination.report)
            portfolio = Portfolio(tuple(summary for summary in summaries if summary is not None))
            asked = self.request
            locator = Locator(asked.root, everywhere=asked.everywhere, private=asked.private)
            for report, summary in zip(spool, summaries, strict=True):
                if _is_asked_for(report.id, self.request.paths):
                    yield report.with_verdicts(tuple(self._among_all(report.id, summary, portfolio, locator)))

    def _among_all(
        self, name: str, summary: Summary | None, portfolio: Portfolio, locator: Locator
    ) -> Iterator[Located]:
        year = name.partition("/")[0]
        for clause, formula in self.library.rulebooks[year].portfolio_rules:
            verdict = judge_summary(clause, formula, summary, portfolio)
            if self.request.everywhere or not verdict.is_silent:
                yield locator.locate(verdict)


def check(request: Request) -> Check:
    """Prepare a check; raise `ConfigurationError` where the repository's schemas or programme data are broken."""
    library = load_library(request.root)
    return Check(request, library, survey(request.root, library, request.paths))


def _examinations(request: Request, library: Library, survey: Survey, visit: Visitor | None) -> Iterator[Examination]:
    proposals = survey.proposals
    if request.jobs <= 1 or len(proposals) <= CHUNK or visit is not None:
        examiner = _examiner(request, library, survey)
        yield from (examiner.examine(year, slug, visit) for year, slug in proposals)
        return
    # Imported here because it takes as long as checking a proposal, and one process needs none.
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415

    batches = [proposals[start : start + CHUNK] for start in range(0, len(proposals), CHUNK)]
    with ProcessPoolExecutor(request.jobs, initializer=_start_worker, initargs=(request, survey)) as pool:
        yield from chain.from_iterable(pool.map(_examine_batch, batches))


def _examiner(request: Request, library: Library, survey: Survey) -> Examiner:
    # A cluster is thousands of objects, freed all at once when the next one comes: the collector, which looks for
    # circles among them, at its usual pace walks them again and again while they are in use (a fifth of the time).
    gc.set_threshold(PATIENCE)
    return Examiner(
        request.root,
        library,
        request.stage,
        request.private,
        survey.tracked,
        everywhere=request.everywhere,
        today=request.today,
        past=survey.past,
    )


_worker: Examiner


def _start_worker(request: Request, survey: Survey) -> None:
    """Give a worker process its examiner; processes are spawned on Windows and share nothing."""
    global _worker  # noqa: PLW0603  # a worker process has exactly one examiner
    _worker = _examiner(request, load_library(request.root), survey)


def _examine_batch(proposals: tuple[tuple[str, str], ...]) -> list[Examination]:
    return [_worker.examine(year, slug) for year, slug in proposals]


def _is_asked_for(name: str, paths: tuple[str, ...]) -> bool:
    folder = f"proposals/{name}"
    return not paths or any(
        path == folder or folder.startswith(f"{path}/") or path.startswith(f"{folder}/") for path in paths
    )
