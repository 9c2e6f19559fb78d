"""Chapter EVD: what every meeting, training, visit and event has to show for itself (活動佐證)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import Final

from qunju.model.achievement import RECORDS, called
from qunju.model.answers import every
from qunju.model.cluster import Cluster
from qunju.model.progress import Event
from qunju.model.record import Missing
from qunju.regulation.application import category_of
from qunju.regulation.clause import Clause
from qunju.regulation.limit import Limit, amount
from qunju.regulation.verdict import Verdict

_ONE: Final = Limit("at_least", 1, "份")


@dataclass(frozen=True, slots=True)
class _Want:
    """Evidence of some kinds, so much of it; of `pictures` only those count that are pictures by their names."""

    kinds: tuple[str, ...]
    name: str
    limit: Limit = _ONE
    pictures: bool = False

    def files(self, event: Event) -> tuple[set[str], int, list[Missing]]:
        """Return the files there are, how many are no pictures, and what lacks its file; one listed twice is one."""
        found, others, unknown = set[str](), 0, list[Missing]()
        for item in event.evidence:
            if item.kind not in self.kinds:
                continue
            try:
                if self.pictures and not item.is_picture:
                    others += 1
                else:
                    found.add(item.file_path)
            except Missing as missing:
                unknown.append(missing)
        return found, others, unknown

    def is_met(self, event: Event) -> bool:
        """Tell whether an activity has enough of it; raise `Missing` where that depends on files not named yet."""
        found, _, unknown = self.files(event)
        if self.limit.holds(len(found)) != self.limit.holds(len(found) + len(unknown)):
            raise unknown[0]
        return self.limit.holds(len(found))

    def shortage(self, event: Event) -> str:
        """Say what an activity lacks, empty where it may lack nothing."""
        found, others, unknown = self.files(event)
        if self.limit.holds(len(found) + len(unknown)):
            return ""
        doubt = f"（另有 {others} 件不是圖檔，不計）" if others else ""
        if not found and self.limit == _ONE:
            return f"沒有{self.name}{doubt}"
        return f"{self.name} {amount(len(found), self.limit.unit)}，規定{self.limit.quantity.text}{doubt}"


def meeting_pictures(cluster: Cluster, clause: Clause) -> Verdict:
    """Every meeting has its photographs (會議照片): different files that are pictures by their names (CON-34)."""
    return _each_has(clause, cluster.progress.meetings.values(), _pictures(clause.number_limit, "photo"))


def meeting_sign_in(cluster: Cluster, clause: Clause) -> Verdict:
    """Every meeting has a sign-in sheet (簽到表); the sheet itself stays in private/ (CON-34)."""
    return _each_has(clause, cluster.progress.meetings.values(), _SIGN_IN)


def meeting_minutes(cluster: Cluster, clause: Clause) -> Verdict:
    """Every meeting has its minutes (會議記錄) (CON-34)."""
    return _each_has(clause, cluster.progress.meetings.values(), _Want(("minutes",), "會議記錄"))


def training_pictures(cluster: Cluster, clause: Clause) -> Verdict:
    """Every training has its photographs or screenshots (研習照片或截圖), either as good as the other (CON-34)."""
    wanted = _pictures(clause.number_limit, "photo", "screenshot")
    return _each_has(clause, cluster.progress.trainings.values(), wanted)


def training_sign_in(cluster: Cluster, clause: Clause) -> Verdict:
    """Every training has a sign-in sheet (成員簽到表); of one online a list exported by the system will do (CON-34)."""
    return _each_has(clause, cluster.progress.trainings.values(), _SIGN_IN)


def training_papers(cluster: Cluster, clause: Clause) -> Verdict:
    """Every training has both an outline and materials (研習大綱及教材) (CON-34)."""
    wanted = (_Want(("outline",), "研習大綱"), _Want(("materials",), "教材"))
    return _each_has(clause, cluster.progress.trainings.values(), *wanted)


def visit_evidence(cluster: Cluster, clause: Clause) -> Verdict:
    """Every visit and event has photographs and a sign-in sheet (參訪與虛實整合活動佐證), as many as a meeting.

    The regulation does not say what these have to show; they are taken like meetings (CON-34).
    """
    category = category_of(cluster, clause.programme)
    limit = clause.used(category).number_limit
    events = [
        event
        for facts in clause.programme.facts["basic_rows"].values()
        if facts.get("records") in ("visits", "o2o_events") and category in facts.get("categories", clause.categories)
        for event in RECORDS[facts["records"]].of(cluster.progress).values()
    ]
    return _each_has(clause, events, _pictures(limit, "photo"), _SIGN_IN)


_SIGN_IN: Final = _Want(("sign_in",), "簽到表")


def _pictures(limit: Limit, *kinds: str) -> _Want:
    return _Want(kinds, "照片或截圖" if len(kinds) > 1 else "照片", limit, pictures=True)


def _each_has(clause: Clause, events: Iterable[Event], *wanted: _Want) -> Verdict:
    """Demand of every activity all that is wanted; where there is no activity there is nothing to show."""
    events = tuple(events)
    if not events:
        return clause.not_applicable(message=f"{clause.title}：尚無活動紀錄。")
    return clause.for_all(
        events,
        lambda event: every(partial(want.is_met, event) for want in wanted),
        lambda event: called(event) + "，".join(filter(None, (want.shortage(event) for want in wanted))),
        place=lambda event: event.place(Event.evidence),
    )
