"""Chapter MEM, across the repository: one company, and one responsible person, in one cluster."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from qunju.model.member import Member, Responsible
from qunju.model.portfolio import UNKNOWN, Company, Entry, Portfolio, Summary
from qunju.model.record import Missing, Unsound
from qunju.regulation.clause import Clause
from qunju.regulation.verdict import Level, Note, Verdict
from qunju.source.place import Place

_HANDED_IN: Final = "submission"
_NUMBER: Final = (Member.ubn.key,)
_OWNER: Final = (Member.responsible.key, Responsible.name.key)


@dataclass(frozen=True, slots=True)
class _Match:
    """A member of this cluster that is also in another one; `sure` where it is known to be the same."""

    words: str
    places: tuple[Place, Place]
    company: Company
    other: Entry
    sure: bool


def clusters_per_company(summary: Summary, portfolio: Portfolio, clause: Clause) -> Verdict:
    """How many clusters of the year a company, or its 負責人, takes part in (限參與 1 個群聚).

    Only proposals handed in count, and both of those in conflict fail; a draft passes and is told. A 負責人 is the same
    by name and mobile number: without the number, the name alone asks and does not refuse. Who joined after the
    contract is pointed out only, since qualification is judged on the roster as contracted (CON-38).
    """
    matches = [match for company in summary.companies for match in _matches(summary, company, portfolio)]
    if not clause.programme.has_reached(summary.stage, _HANDED_IN):
        return clause.passes(f"{clause.title}：草稿不判定。", notes=[_note(match, Level.ADVICE) for match in matches])
    matches = [match for match in matches if clause.programme.has_reached(match.other[0].claimed, _HANDED_IN)]
    refused = [match for match in matches if match.sure]
    notes = [_note(match, Level.WARNING) for match in matches if not match.sure]
    if refused:
        clusters: dict[Company, set[str]] = {}
        for match in refused:
            clusters.setdefault(match.company, {summary.id}).add(match.other[0].id)
        places = (place for match in refused for place in match.places)
        verdict = clause.compare_value(max(map(len, clusters.values())), *places, notes=notes)
        words = "；".join(match.words for match in refused[:6]) + ("；…" if len(refused) > 6 else "")
        return replace(verdict, message=f"{clause.title}：{words}。")
    lacking: list[Missing | Unsound] = [*map(Unsound, summary.unsound), *_lacking(summary)]
    return clause.unknown(*lacking) if lacking else clause.compare_value(1, notes=notes)


def _matches(summary: Summary, company: Company, portfolio: Portfolio) -> Iterator[_Match]:
    same = list(portfolio.with_number(summary, company))
    for entry in same:
        yield _match(summary, company, entry, f"統一編號 {company.number} ", _NUMBER, sure=True)
    for entry in portfolio.with_owner(summary, company):
        other = entry[1]
        known = company.mobile is not None and other.mobile is not None
        if entry not in same and (not known or company.mobile == other.mobile):
            yield _match(summary, company, entry, f"負責人{company.owner}", _OWNER, sure=known)


def _match(summary: Summary, company: Company, entry: Entry, what: str, key: tuple[str, ...], *, sure: bool) -> _Match:
    cluster, other = entry
    words = f"members/{company.id}.yml 的{what}也在 {cluster.id} 的 members/{other.id}.yml"
    if key is _OWNER:
        words += "，手機也相同" if sure else "，沒有手機可比對是否同一人"
    if not (company.contracted and other.contracted):
        words, sure = f"{words}（其一為簽約後加入）", False
    return _Match(words, (_place(summary, company, key), _place(cluster, other, key)), company, entry, sure)


def _note(match: _Match, level: Level) -> Note:
    return Note(level, f"{match.words}。", match.places)


def _lacking(summary: Summary) -> Iterator[Missing]:
    unsound = {path.rpartition("/")[2].removesuffix(".yml") for path in summary.unsound}
    for company in (company for company in summary.companies if company.id not in unsound):
        if company.number == UNKNOWN:
            yield Missing(_place(summary, company, _NUMBER), Member.ubn.key, "missing")
        if company.owner == UNKNOWN:
            yield Missing(_place(summary, company, _OWNER), Responsible.name.key, "missing")


def _place(summary: Summary, company: Company, key: tuple[str, ...]) -> Place:
    return Place(f"proposals/{summary.id}/members/{company.id}.yml", key)
