"""Chapter SCR: by what the committee scores (評分標準), and what a continued cluster must have to be scored."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from qunju.model.answers import every
from qunju.model.cluster import Cluster
from qunju.model.profile import Continues, FormerResult
from qunju.regulation.application import category_of
from qunju.regulation.clause import Clause
from qunju.regulation.tally import Tally
from qunju.regulation.verdict import Verdict

_GROWTH: Final = "enterprise_growth"


def weights(cluster: Cluster, clause: Clause) -> Verdict:
    """What each part of a proposal weighs in the committee's score (評核比重); all of them make up the whole.

    A fact of the year that no proposal changes: it is told here, and the year's own figures are proved.
    """
    category = category_of(cluster, clause.programme)
    shares = {row["item"]: row[category] for row in clause.programme.facts["weights"].values() if row[category]}
    verdict = clause.compare_value(sum(shares.values()))
    words = "、".join(f"{item} {share}%" for item, share in shares.items())
    return replace(verdict, message=f"{clause.title}：{words}，合計 {sum(shares.values())}%。")


def growth_results(cluster: Cluster, clause: Clause) -> Verdict:
    """How many results of the year before tell in figures how the companies grew (參與企業成長效益)."""
    continues = cluster.profile.continues

    def is_growth(result: FormerResult) -> bool:
        return every((lambda: result.kind == _GROWTH, lambda: result.value is not None))

    tally = Tally.of(continues.results, is_growth)
    return clause.compare(tally, unit=clause.number_limit.unit, places=(continues.place(Continues.results),))
