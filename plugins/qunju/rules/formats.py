"""How numbers, places, dates and words are written (FMT)."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial

from qunju.model.cluster import Cluster
from qunju.model.identity import number_of
from qunju.model.member import REGISTERED, ROC_EPOCH, Member
from qunju.model.profile import Continues, FormerMember
from qunju.model.progress import Submission
from qunju.model.proposer import Proposer
from qunju.model.record import Missing, Record, Text, Unsound
from qunju.model.ubn import is_valid_ubn, is_valid_under_old_rule
from qunju.regulation.application import day_of_application
from qunju.regulation.clause import Clause
from qunju.regulation.programme import Programme
from qunju.regulation.verdict import Level, Note, Verdict
from qunju.regulation.wording import alias_key, wording_key
from qunju.rules.vocabulary import is_listed
from qunju.schema.annotation import find, values_at
from qunju.schema.wording import nearest, shown
from qunju.source.place import Place

_WIDE = re.compile("[０-９Ａ-Ｚａ-ｚ₀-₉]")
_DETAILS = (("items", "*", "initial", "detail"), ("items", "*", "target", "detail"))


def business_number(cluster: Cluster, clause: Clause) -> Verdict:
    """Every 統一編號 has eight digits and the right check digit: the proposer's, the members', the former members'.

    The check is the one since 2023, which divides by 5. A number that only this one admits earns a note, for it could
    not be issued before. A member without registration may have none. Numbers are read as written: what is no eight
    digits is a fault of form that keeps the file from other rules.
    """
    wrong: list[tuple[str, Place]] = []
    notes: list[Note] = []
    for owner, field, name in _numbers(cluster):
        number = owner.values.get(field.key)
        if not isinstance(number, str) or not number.strip():
            continue
        if not is_valid_ubn(number):
            reason = "檢查碼不符" if re.fullmatch("[0-9]{8}", number) else "不是八位數字"
            wrong.append((f"{name}的統一編號{shown(number)}{reason}", owner.place(field)))
        elif not is_valid_under_old_rule(number):
            since = clause.programme.day("window.ubn_by_five_since")
            if clause.programme.day("window.coaching_ends") < since:
                month = f"{since.year - ROC_EPOCH} 年 {since.month} 月"
                words = f"{name}的統一編號{shown(number)}只合 {month}起的檢查碼，這一年還不會核發，請再核對。"
                notes.append(Note(Level.WARNING, words, (owner.place(field),)))
    if wrong:
        return _fail(clause, wrong, notes)
    unknown = _unanswered(
        (lambda: cluster.proposer.ubn, *(partial(number_of, member) for member in cluster.all_members.values()))
    )
    return clause.unknown(*unknown) if unknown else clause.passes(f"{clause.title}：檢查碼皆相符。", notes=notes)


def county_township(cluster: Cluster, clause: Clause) -> Verdict:
    """Every member's county is one of the 22 (縣市), and its township lies in it; 臺 and 台 are the same.

    The regulation's own sample has 花蓮市 for a county, so it is read like any other text and only warned of (CON-11).
    """
    programme = clause.programme

    def is_known(member: Member) -> bool:
        county = _county(member, programme)
        return county is not None and _has_town(programme, county, member.township)

    def wrong(member: Member) -> str:
        county = _county(member, programme)
        if county is None:
            return f"{_called(member)}的{shown(member.county)}不是縣市{_meant_county(member, programme)}"
        return f"{_called(member)}的{shown(member.township)}不在{county}{_meant_town(member, county, programme)}"

    return clause.for_all(
        cluster.all_members.values(),
        is_known,
        wrong,
        place=lambda member: member.place(Member.county if _county(member, programme) is None else Member.township),
    )


def founding_dates(cluster: Cluster, clause: Clause) -> Verdict:
    """Every 核准設立日期 is a day that there was, since 民國元年, and not after the proposal was handed in.

    A member without registration may have none. Days are read as written: 30 February is a fault of form, too.
    """
    members = tuple(cluster.all_members.values())
    wrong = [
        (f"{_called(member)}的核准設立日期{reason}", member.place(Member.founded_date))
        for member in members
        if (reason := _wrong_founding(member, cluster, clause)) is not None
    ]
    if wrong:
        return _fail(clause, wrong)
    unknown = _unanswered(
        (partial(cluster.progress.submission.maybe, Submission.submitted_at), *(partial(_founded, m) for m in members))
    )
    return clause.unknown(*unknown) if unknown else clause.passes(f"{clause.title}：核准設立日期皆合理。")


def normalised(cluster: Cluster, clause: Clause) -> Verdict:
    """Words are compared in one form (正規化): every wording that the form itself has for a thing is accepted.

    So the clause never fails; it only names the usual word where another is written, and full-width digits and letters.
    What is printed stays as it was written (CON-14).
    """
    unsound = [file for kind in clause.programme.form.committed for file in cluster.files_of(kind) if not file.sound]
    if unsound:
        return clause.unknown(*(Unsound(file.path) for file in unsound))
    notes = [*_unusual_words(cluster, clause), *_unusual_texts(cluster, clause)]
    words = f"有 {len(notes)} 處的寫法與表單用字不同" if notes else "用字皆為表單的正式寫法"
    return clause.passes(f"{clause.title}：{words}。", notes=notes)


def _numbers(cluster: Cluster) -> Iterator[tuple[Record, Text, str]]:
    yield cluster.proposer, Proposer.ubn, "提案單位"
    for member in cluster.all_members.values():
        yield member, Member.ubn, _called(member)
    for former in cluster.profile.continues.maybe(Continues.roster) or ():
        yield former, FormerMember.ubn, f"原群聚成員「{former.values.get('name', '')}」"


def _called(member: Member) -> str:
    """Return what a message calls a member, whose file may have faults of form."""
    return f"「{member.values.get('name') or member.id}」"


def _fail(clause: Clause, wrong: list[tuple[str, Place]], notes: Iterable[Note] = ()) -> Verdict:
    words = "；".join(message for message, _ in wrong[:6])
    return clause.fails(f"{clause.title}：{words}。", *(place for _, place in wrong), notes=notes)


def _unanswered(questions: Iterable[Callable[[], object]]) -> list[Missing | Unsound]:
    """Return what is lacking to answer each question that has no answer."""
    unknown: list[Missing | Unsound] = []
    for question in questions:
        try:
            question()
        except (Missing, Unsound) as cause:
            unknown.append(cause)
    return unknown


def _county(member: Member, programme: Programme) -> str | None:
    """Return the county that a member's is, however it is written."""
    if member.county in programme.counties:
        return member.county
    key = wording_key(programme, member.county)
    return next((county for county in programme.counties if wording_key(programme, county) == key), None)


def _has_town(programme: Programme, county: str, township: str) -> bool:
    towns, key = programme.counties[county], wording_key(programme, township)
    return township in towns or any(wording_key(programme, town) == key for town in towns)


def _meant_county(member: Member, programme: Programme) -> str:
    """Suggest a county in place of what is none: 花蓮縣 for 花蓮市, which lies in it."""
    for text in (member.county, member.maybe(Member.township)):
        around = [county for county in programme.counties if text is not None and _has_town(programme, county, text)]
        if len(around) == 1:
            return f"，應填「{around[0]}」"
    meant = nearest(member.county, programme.counties)
    return f"，可能是「{meant}」" if meant else ""


def _meant_town(member: Member, county: str, programme: Programme) -> str:
    around = [name for name in programme.counties if _has_town(programme, name, member.township)]
    if around:
        return f"，而在{'、'.join(around)}"
    meant = nearest(member.township, programme.counties[county])
    return f"，可能是「{meant}」" if meant else ""


def _wrong_founding(member: Member, cluster: Cluster, clause: Clause) -> str | None:
    """Return what is wrong with a member's 核准設立日期, if something is."""
    written = member.values.get(Member.founded_date.key)
    if not isinstance(written, str) or not written.strip():
        return None
    try:
        founded = datetime.date.fromisoformat(written)
    except ValueError:
        return f"{shown(written)}不是西元年-月-日，或沒有這一天"
    if founded.year <= ROC_EPOCH:
        return f"{shown(written)}早於民國元年，年份應為西元"
    progress = cluster.progress
    if not progress.file.sound or progress.submission.maybe(Submission.submitted_at) is None:
        return None
    day = day_of_application(cluster, clause.programme)
    return f" {founded} 晚於送出日 {day}" if founded > day else None


def _founded(member: Member) -> datetime.date | None:
    """Return a member's 核准設立日期; raise `Missing` where it should have one."""
    if member.maybe(Member.founded_date) is None and member.registration_type not in REGISTERED:
        return None
    return member.founded_date


def _unusual_words(cluster: Cluster, clause: Clause) -> Iterator[Note]:
    """Note each word of a vocabulary that is another wording of one."""
    programme = clause.programme
    for schema, field in (pair for pairs in programme.form.vocabularies.values() for pair in pairs):
        vocabulary = field.schema["x-vocabulary"]["of"]
        usual = programme.vocabulary(vocabulary)
        for file in () if schema.private else cluster.files_of(schema.name):
            if all(is_listed(value, usual) for value in values_at(file.values, field.path)):
                continue
            for found in find(file.values, field.path):
                words = found.value if isinstance(found.value, list) else [found.value]
                for word in words:
                    if not isinstance(word, str) or word in usual:
                        continue
                    key = alias_key(programme, vocabulary, word)
                    meant = next((each for each in usual if wording_key(programme, each) == key), None)
                    if meant is not None:
                        words_said = f"「{field.title}」的{shown(word)}，表單用字是「{meant}」。"
                        yield Note(Level.ADVICE, words_said, (file.place(found.pointer, personal=False),))


def _unusual_texts(cluster: Cluster, clause: Clause) -> Iterator[Note]:
    """Note full-width digits and letters, and other names of an aspect, where the assessment is explained."""
    aliases = clause.programme.facts["aliases"]["aspects"]
    file = cluster.assessment.file
    texts = "\n".join(text for path in _DETAILS for text in values_at(file.values, path) if isinstance(text, str))
    if not _WIDE.search(texts) and not any(alias in texts for alias in aliases):
        return
    for path in _DETAILS:
        for found in find(file.values, path):
            text = found.value if isinstance(found.value, str) else ""
            words = [
                f"說明裡的「{alias}」，表單用字是「{usual}」。" for alias, usual in aliases.items() if alias in text
            ]
            if _WIDE.search(text):
                words.insert(0, "說明裡的數字與英文字母請用半形。")
            yield from (Note(Level.ADVICE, each, (file.place(found.pointer, personal=False),)) for each in words)
