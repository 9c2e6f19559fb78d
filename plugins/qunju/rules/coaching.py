"""Chapter MEM, coaching: who was coached in the years before, or is by another programme this year."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from functools import partial

from qunju.model.answers import either
from qunju.model.cluster import Cluster
from qunju.model.continuation import former_members, is_new
from qunju.model.identity import called, name_key
from qunju.model.member import ROC_EPOCH, CoachedYear, Member
from qunju.regulation.application import day_of_application
from qunju.regulation.clause import Clause
from qunju.regulation.limit import share_text
from qunju.regulation.roster import compare_companies, places_of
from qunju.regulation.tally import Tally
from qunju.regulation.verdict import Level, Note, Status, Verdict
from qunju.source.place import Place


def last_year_share(cluster: Cluster, clause: Clause) -> Verdict:
    """Share of the companies that were coached in the year before (前一年受輔導企業), by whatever programme.

    An empty list says that there was none; a list not filled in says nothing. Who is on the roster of a cluster of that
    year, by its folder in the repository, counts whatever its file says. Exactly the limit passes with a word of
    warning, since 「(含)」 can be read both ways (CON-03); so does a programme that may not be a related one (CON-20).
    """
    year = clause.programme.fact("window.prior_year")
    members = cluster.roster.everyone
    tally = Tally.of(members, lambda member: _in_year(member, year, cluster))
    notes = list(_unstated(members, (year,), cluster))
    notes.extend(_other_programmes(members, tally.yes, (year,), "是否屬相關輔導不明，仍計入", clause))
    limit = clause.number_limit
    if limit.holds(tally.high, tally.total) and tally.high * 100 == limit.bound * tally.total:
        exactly = "最多可能恰為" if tally.unknown else "恰為"
        share = share_text(tally.high, tally.total)
        words = f"前一年受輔導者{exactly} {share}，「(含)」是否容許尚有疑義，請先洽執行單位。"
        notes.insert(0, Note(Level.WARNING, words, places_of(members, tally.yes, _where)))
    verdict = compare_companies(cluster, clause, lambda member: _in_year(member, year, cluster), _where, notes=notes)
    return _with_folders(verdict, members, (year,), cluster)


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

    def is_free(member: Member) -> bool:
        programmes = member.other_smea_programs_this_year
        if programmes and not any(name.strip() for name in programmes):
            # A line that was begun and left blank is neither a programme nor the answer that there is none.
            raise Member.other_smea_programs_this_year.missing(member)
        return not programmes

    return clause.for_all(
        cluster.members,
        is_free,
        lambda member: f"{called(member)}本年度另受{_quoted(member.other_smea_programs_this_year)}輔導",
        place=lambda member: member.place(Member.other_smea_programs_this_year),
    )


def _others_not_coached(cluster: Cluster, clause: Clause, years: Collection[int]) -> Verdict:
    def is_counted(member: Member) -> bool:
        return _in_year(member, prior, cluster)

    prior = clause.programme.fact("window.prior_year")
    tally = Tally.of(cluster.members, is_counted)
    counted = [member for member in cluster.members if member.place() in tally.yes]
    others = [member for member in cluster.members if member.place() not in tally.yes]
    verdict = clause.for_all(
        cluster.members,
        lambda member: either((lambda: is_counted(member), lambda: not _was_coached(member, years, cluster, clause))),
        lambda member: _told(member, years, cluster, clause),
        place=lambda member: _first_place(member, years, clause),
        notes=(
            *_other_programmes(cluster.members, tally.no, years, "故不計入三年內之輔導", clause),
            *_perhaps(others, [year for year in years if year != prior], cluster),
            *_only_if_related(counted, prior, years, cluster, clause),
        ),
    )
    return _with_folders(verdict, others, years, cluster)


def _newcomers_not_coached(cluster: Cluster, clause: Clause, years: Collection[int]) -> Verdict:
    def is_newcomer(member: Member) -> bool:
        return is_new(member, former_members(cluster))

    tally = Tally.of(cluster.members, is_newcomer)
    newcomers = [member for member in cluster.members if member.place() in tally.yes]
    verdict = clause.for_all(
        cluster.members,
        lambda member: either(
            (lambda: not is_newcomer(member), lambda: not _was_coached(member, years, cluster, clause))
        ),
        lambda member: f"新增的{_told(member, years, cluster, clause)}",
        place=lambda member: _first_place(member, years, clause),
        notes=(
            *_other_programmes(cluster.members, tally.yes, years, "故不計入三年內之輔導", clause),
            *_perhaps(newcomers, years, cluster),
        ),
    )
    return _with_folders(verdict, newcomers, years, cluster)


def _years_touched(cluster: Cluster, clause: Clause) -> Collection[int]:
    """The ROC years that the period of three years up to the day of the application has a part of."""
    last = day_of_application(cluster, clause.programme).year - ROC_EPOCH
    return range(last - len(clause.programme.fact("window.recent_years")), last + 1)


def _in_year(member: Member, year: int, cluster: Cluster) -> bool:
    """Tell whether a member was coached in a year: a folder of that year says so, whatever the member's file says."""
    return bool(cluster.past.coachings(member, (year,))) or year in member.years_coached


def _was_coached(member: Member, years: Collection[int], cluster: Cluster, clause: Clause) -> bool:
    """Tell whether a member had 數位群聚輔導 in one of the years; a coaching whose programme is not named may be it.

    A folder of one of those years says so, whatever the member's file says.
    """
    if cluster.past.coachings(member, years):
        return True
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


def _only_if_related(
    members: Iterable[Member], prior: int, years: Collection[int], cluster: Cluster, clause: Clause
) -> Iterator[Note]:
    """Note who passes only if what the year before was, not 數位群聚輔導 by its name, is a related one (CON-20)."""
    for member in members:
        if cluster.past.coachings(member, (prior,)) or not _coachings(member, years, clause):
            continue
        before = [entry for entry in member.coached_years if entry.year == prior]
        if all(entry.maybe(CoachedYear.program) is not None and not _is_digital(entry, clause) for entry in before):
            told = f"{called(member)}{prior} 年度受「{before[0].program}」輔導，如不屬相關輔導"
            words = f"{told}，其三年內之數位群聚輔導即不符，請先洽執行單位。"
            yield Note(Level.WARNING, words, (before[0].place(CoachedYear.program),))


def _named(member: Member, years: Collection[int]) -> Iterator[CoachedYear]:
    stated: tuple[CoachedYear, ...] = member.maybe(Member.coached_years) or ()
    return (entry for entry in stated if entry.year in years and entry.maybe(CoachedYear.program) is not None)


def _is_digital(entry: CoachedYear, clause: Clause) -> bool:
    return name_key(clause.programme.fact("window.programme")) in name_key(entry.program)


def _told(member: Member, years: Collection[int], cluster: Cluster, clause: Clause) -> str:
    stated = _coachings(member, years, clause)
    folders = cluster.past.coachings(member, years)
    had = "、".join(f"{year} 年度" for year in sorted({*(one.year for one in stated), *(one.year for one in folders)}))
    listed = f"（列在 {'、'.join(one.cluster for one in folders)} 的名冊）" if folders else ""
    return f"{called(member)}{had}受過數位群聚輔導{listed}"


def _first_place(member: Member, years: Collection[int], clause: Clause) -> Place:
    """Where a member's file states a coaching, or where it should."""
    stated = _coachings(member, years, clause)
    return stated[0].place(CoachedYear.year) if stated else _where(member)


def _with_folders(verdict: Verdict, members: Iterable[Member], years: Collection[int], cluster: Cluster) -> Verdict:
    """Add to a failed verdict where the folders of those years list its members."""
    if verdict.status is not Status.FAIL:
        return verdict
    files = {place.path for place in verdict.places}
    found = (one for each in members if each.file.path in files for one in cluster.past.coachings(each, years))
    return replace(verdict, places=(*verdict.places, *(one.place for one in found)))


def _unstated(members: Iterable[Member], years: Collection[int], cluster: Cluster) -> Iterator[Note]:
    """Note who is on a roster of those years and does not say so, or may have been coached there."""
    for member in members if cluster.past.clusters else ():
        if not member.file.sound:
            continue
        stated = {entry.maybe(CoachedYear.year) for entry in member.maybe(Member.coached_years) or ()}
        for one in cluster.past.coachings(member, years):
            if one.year not in stated:
                words = (
                    f"{called(member)}列在 {one.cluster} 的名冊，成員檔的受輔導年度卻沒有 {one.year}，已照名冊計入。"
                )
                yield Note(Level.WARNING, words, (_where(member), one.place))
    yield from _perhaps(members, years, cluster)


def _perhaps(members: Iterable[Member], years: Collection[int], cluster: Cluster) -> Iterator[Note]:
    """Note who is on the roster of a proposal of those years of which it is not known whether it was taken."""
    stages = {each.id: each.stage for each in cluster.past.clusters}
    for member in members if stages else ():
        if not member.file.sound:
            continue
        stated = {entry.maybe(CoachedYear.year) for entry in member.maybe(Member.coached_years) or ()}
        for one in cluster.past.coachings(member, years, sure=False):
            if one.year not in stated:
                where = f"{called(member)}也列在 {one.cluster} 的名冊"
                words = f"{where}，那一案停在「{stages[one.cluster]}」；如曾入選受輔導，請補填受輔導年度。"
                yield Note(Level.WARNING, words, (_where(member), one.place))


def _where(member: Member) -> Place:
    return member.place(Member.coached_years)


def _quoted(names: Iterable[str]) -> str:
    return "".join(f"「{name}」" for name in names)
