"""Chapter MEM, coaching: who was coached in the years before, or is by another programme this year."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from functools import partial

from qunju.model.answers import either
from qunju.model.cluster import Cluster
from qunju.model.continuation import former_members, is_new
from qunju.model.identity import Roster, called, name_key
from qunju.model.member import ROC_EPOCH, CoachedYear, Member
from qunju.regulation.application import day_of_application
from qunju.regulation.clause import Clause
from qunju.regulation.limit import share_text
from qunju.regulation.roster import compare_companies, places_of
from qunju.regulation.tally import Tally
from qunju.regulation.verdict import Level, Note, Verdict
from qunju.source.place import Place


def last_year_share(cluster: Cluster, clause: Clause) -> Verdict:
    """Share of the companies that were coached in the year before (前一年受輔導企業), by whatever programme.

    An empty list says that there was none; a list not filled in says nothing. Exactly the limit passes with a word of
    warning, since 「(含)」 can be read both ways (CON-03); so does a programme that may not be a related one (CON-20).
    """
    year = clause.programme.fact("window.prior_year")
    members = Roster.of(cluster.members).everyone
    tally = Tally.of(members, lambda member: year in member.years_coached)
    notes = list(_other_programmes(members, tally.yes, (year,), "是否屬相關輔導不明，仍計入", clause))
    limit = clause.number_limit
    if limit.holds(tally.high, tally.total) and tally.high * 100 == limit.bound * tally.total:
        exactly = "最多可能恰為" if tally.unknown else "恰為"
        share = share_text(tally.high, tally.total)
        words = f"前一年受輔導者{exactly} {share}，「(含)」是否容許尚有疑義，請先洽執行單位。"
        notes.insert(0, Note(Level.WARNING, words, places_of(members, tally.yes, _where)))
    return compare_companies(cluster, clause, lambda member: year in member.years_coached, _where, notes=notes)


def others_not_coached(cluster: Cluster, clause: Clause) -> Verdict:
    """No member but those counted for the year before had 數位群聚輔導 in three years (三年內: three programme years).

    A coaching is 數位群聚輔導 by the name of its programme; another only earns a note (CON-20).
    """
    return _others_not_coached(cluster, clause, clause.programme.fact("window.recent_years"))


def others_not_coached_by_date(cluster: Cluster, clause: Clause) -> Verdict:
    """No member but those counted for the year before had 數位群聚輔導 within three years of the application (三年內).

    The other reading (CON-20): every year counts that the three years up to the day of the application touch.
    """
    return _others_not_coached(cluster, clause, _years_touched(cluster, clause))


def newcomers_not_coached(cluster: Cluster, clause: Clause) -> Verdict:
    """No member that is new to the cluster had 數位群聚輔導 within three years (三年內: three programme years).

    New is who is not on the roster of the cluster that is continued: by 統一編號, without one by name and 負責人.
    """
    return _newcomers_not_coached(cluster, clause, clause.programme.fact("window.recent_years"))


def newcomers_not_coached_by_date(cluster: Cluster, clause: Clause) -> Verdict:
    """No member that is new to the cluster had 數位群聚輔導 within three years of the application (三年內).

    The other reading (CON-20): every year counts that the three years up to the day of the application touch.
    """
    return _newcomers_not_coached(cluster, clause, _years_touched(cluster, clause))


def no_other_programme(cluster: Cluster, clause: Clause) -> Verdict:
    """No member is coached by another programme of 中小企業處 this year; an empty list says so.

    Programmes of other authorities, and those of the year before, are not to be listed. The note is printed in the
    column of category A only, so in B it warns (CON-04).
    """
    return clause.for_all(
        cluster.members,
        lambda member: not member.other_smea_programs_this_year,
        lambda member: f"{called(member)}本年度另受{_quoted(member.other_smea_programs_this_year)}輔導",
        place=lambda member: member.place(Member.other_smea_programs_this_year),
    )


def _others_not_coached(cluster: Cluster, clause: Clause, years: Collection[int]) -> Verdict:
    def is_counted(member: Member) -> bool:
        return clause.programme.fact("window.prior_year") in member.years_coached

    others = Tally.of(cluster.members, is_counted).no
    return clause.for_all(
        cluster.members,
        lambda member: either((lambda: is_counted(member), lambda: not _was_coached(member, years, clause))),
        lambda member: _told(member, years, clause),
        place=lambda member: _coachings(member, years, clause)[0].place(CoachedYear.year),
        notes=_other_programmes(cluster.members, others, years, "故不計入三年內之輔導", clause),
    )


def _newcomers_not_coached(cluster: Cluster, clause: Clause, years: Collection[int]) -> Verdict:
    def is_newcomer(member: Member) -> bool:
        return is_new(member, former_members(cluster))

    newcomers = Tally.of(cluster.members, is_newcomer).yes
    return clause.for_all(
        cluster.members,
        lambda member: either((lambda: not is_newcomer(member), lambda: not _was_coached(member, years, clause))),
        lambda member: f"新增的{_told(member, years, clause)}",
        place=lambda member: _coachings(member, years, clause)[0].place(CoachedYear.year),
        notes=_other_programmes(cluster.members, newcomers, years, "故不計入三年內之輔導", clause),
    )


def _years_touched(cluster: Cluster, clause: Clause) -> Collection[int]:
    """The ROC years that the period of three years up to the day of the application has a part of."""
    last = day_of_application(cluster, clause.programme).year - ROC_EPOCH
    return range(last - len(clause.programme.fact("window.recent_years")), last + 1)


def _was_coached(member: Member, years: Collection[int], clause: Clause) -> bool:
    """Tell whether a member had 數位群聚輔導 in one of the years; a coaching whose programme is not named may be it."""
    entries = (entry for entry in member.coached_years if entry.year in years)
    return either(partial(_is_digital, entry, clause) for entry in entries)


def _coachings(member: Member, years: Collection[int], clause: Clause) -> list[CoachedYear]:
    """The 數位群聚輔導 that a member is known to have had in the years."""
    return [entry for entry in _named(member, years) if _is_digital(entry, clause)]


def _other_programmes(
    members: Iterable[Member], chosen: Collection[Place], years: Collection[int], consequence: str, clause: Clause
) -> Iterator[Note]:
    """Note each coaching of the chosen members, in the years, by a programme whose name is not that of 數位群聚輔導."""
    for member in members:
        for entry in _named(member, years) if member.place() in chosen else ():
            if not _is_digital(entry, clause):
                words = f"{called(member)}{entry.year} 年度受「{entry.program}」輔導，不是數位群聚輔導，{consequence}。"
                yield Note(Level.WARNING, words, (entry.place(CoachedYear.program),))


def _named(member: Member, years: Collection[int]) -> Iterator[CoachedYear]:
    return (
        entry for entry in member.coached_years if entry.year in years and entry.maybe(CoachedYear.program) is not None
    )


def _is_digital(entry: CoachedYear, clause: Clause) -> bool:
    return name_key(clause.programme.fact("window.programme")) in name_key(entry.program)


def _told(member: Member, years: Collection[int], clause: Clause) -> str:
    had = "、".join(f"{entry.year} 年度" for entry in _coachings(member, years, clause))
    return f"{called(member)}{had}受過數位群聚輔導"


def _where(member: Member) -> Place:
    return member.place(Member.coached_years)


def _quoted(names: Iterable[str]) -> str:
    return "".join(f"「{name}」" for name in names)
