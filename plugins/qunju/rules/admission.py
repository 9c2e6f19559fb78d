"""Whether a proposal is admitted at all: what becomes of one whose documents are wanting (不予受理)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from qunju.model.cluster import Cluster
from qunju.model.record import Missing, Unsound
from qunju.regulation.application import category_of
from qunju.regulation.clause import Clause
from qunju.regulation.verdict import Level, Quantity, Reason, Status, Verdict
from qunju.rules import advisors, completeness, documents, roster, tax_proofs, video, vocabulary

_FORMULAS: Final[Mapping[str, Callable[[Cluster, Clause], Verdict]]] = {
    f"{formula.__module__.rpartition('.')[2]}.{formula.__name__}": formula
    for formula in (
        documents.proposal_format,
        documents.proposal_size,
        documents.forms_merged,
        documents.forms_uploaded,
        documents.representative_named,
        documents.slides,
        completeness.filled,
        vocabulary.listed,
        tax_proofs.in_the_proposers_name,
        tax_proofs.recent_period,
        tax_proofs.newly_established,
        tax_proofs.exempt_with_certificate,
        tax_proofs.period_without_arrears,
        video.length,
        video.published,
        advisors.form_sealed,
        roster.sheets_sealed,
    )
}
_GRAVEST: Final = (Reason.UNSOUND, Reason.MISSING, Reason.PRIVATE, Reason.PERSON)


def documents_complete(cluster: Cluster, clause: Clause) -> Verdict:
    """Every document that is due is there and as it should be; else the proposal is not admitted (不予受理).

    The regulation knows no handing in afterwards. What only a produced document shows is left out: it is no document
    that could be wanting. So are the originals, which are sent once the proposal has been chosen. Each fault is told by
    its own clause; here stands only what follows, and the first place.
    """
    category = category_of(cluster, clause.programme)
    due = [
        other
        for other in (clause.programme.clauses[name] for name in clause.uses)
        if other.level(category, cluster.stage) is Level.ERROR
    ]
    verdicts = [_judge(other, cluster) for other in due]
    failed = [verdict for verdict in verdicts if verdict.status is Status.FAIL]
    if failed:
        return clause.fails(
            f"{clause.title}：{'、'.join(verdict.rule for verdict in failed)} 不符，本案依規範不予受理。",
            *failed[0].places[:1],
            measured=Quantity(len(failed), "條", f"{len(due)} 條中 {len(failed)} 條不符"),
            sensitive=any(verdict.sensitive for verdict in failed),
        )
    open_ones = [verdict for verdict in verdicts if verdict.status is Status.UNDETERMINED]
    for reason in _GRAVEST:
        for verdict in open_ones:
            if verdict.reason is reason:
                return _as_open_as(verdict, reason, clause)
    return clause.passes(f"{clause.title}：應備文件 {len(due)} 條皆無不符。")


def _as_open_as(verdict: Verdict, reason: Reason, clause: Clause) -> Verdict:
    """Leave the clause open for the same reason and in the same words, so that readers are told of it once."""
    words = verdict.message.removeprefix(f"{clause.programme.clauses[verdict.rule].title}：")
    return clause.undetermined(reason, f"{clause.title}：{words}", *verdict.places, remedy=verdict.remedy)


def _judge(clause: Clause, cluster: Cluster) -> Verdict:
    try:
        return _FORMULAS[clause.formula or ""](cluster, clause)
    except (Missing, Unsound) as cause:
        return clause.unknown(cause)
