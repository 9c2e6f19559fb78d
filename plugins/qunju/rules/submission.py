"""When and how a proposal was handed in: its time stamp, its channel, and that it stays as it was (SUB)."""

from __future__ import annotations

import datetime
from operator import ge, gt, le, lt
from typing import Final

from qunju.model.cluster import Cluster
from qunju.model.progress import Submission
from qunju.model.record import TAIPEI, Missing, Unsound
from qunju.regulation.clause import Clause
from qunju.regulation.verdict import Level, Note, Quantity, Reason, Verdict

_HOLDS: Final = {"at_least": ge, "more_than": gt, "at_most": le, "less_than": lt}
COMPLETED = "completed"
INCOMPLETE = "incomplete"
SYSTEM_LOG = "system_log"
ONLINE = "online_system"


def after_opening(cluster: Cluster, clause: Clause) -> Verdict:
    """The proposal was handed in after the system had opened: at 10:00:00 yes, at 09:59:59 no."""
    return _compare(cluster, clause)


def before_deadline(cluster: Cluster, clause: Clause) -> Verdict:
    """The proposal was handed in by its category's deadline: at 17:00:00 yes, at 17:00:01 no (CON-18).

    The moment counts, in whatever offset it is written: 09:00:00Z is 17:00:00 in Taipei. What was not handed in to the
    end is for another rule. The last hour earns a note.
    """
    submission = cluster.progress.submission
    if submission.maybe(Submission.status) == INCOMPLETE:
        return clause.not_applicable(message=f"{clause.title}：尚未送出，不判定時間。")
    at = submission.submitted_at
    if at.tzinfo is None:
        return _compare(cluster, clause)
    minutes = clause.programme.facts["window"]["last_minutes"]
    left = datetime.datetime.fromisoformat(clause.moment_limit.bound) - at
    close = datetime.timedelta(0) <= left <= datetime.timedelta(minutes=minutes)
    words = f"在截止前最後 {minutes} 分鐘內送出，請保留系統的送出完成紀錄。"
    notes = [Note(Level.ADVICE, words, (submission.place(Submission.submitted_at),))] if close else []
    return _compare(cluster, clause, notes)


def system_log(cluster: Cluster, clause: Clause) -> Verdict:
    """The recorded time is that of the system's own log, not of somebody's clock."""
    submission = cluster.progress.submission
    if submission.source == SYSTEM_LOG:
        return clause.passes()
    place = submission.place(Submission.source)
    return clause.fails(f"{clause.title}：所記時間不是系統後臺的送出完成紀錄。", place)


def completed(cluster: Cluster, clause: Clause) -> Verdict:
    """The proposal was handed in to the end (送出完成); one that was not counts as none."""
    submission = cluster.progress.submission
    if submission.status == COMPLETED:
        return clause.passes()
    return clause.fails(f"{clause.title}：送出未完成，視為未提案。", submission.place(Submission.status))


def time_zone(cluster: Cluster, clause: Clause) -> Verdict:
    """The recorded time says in which offset it is meant, so that it can be compared in UTC+08:00."""
    submission = cluster.progress.submission
    at = submission.maybe(Submission.submitted_at)
    if at is None:
        return clause.not_applicable(message=f"{clause.title}：尚未記錄送出時間。")
    if at.tzinfo is None:
        place = submission.place(Submission.submitted_at)
        return clause.fails(f"{clause.title}：送出時間 {at} 沒有寫時區，無從與截止時間比較。", place)
    return clause.passes(f"{clause.title}：臺北時間 {_shown(at)}。")


def unchanged(cluster: Cluster, clause: Clause) -> Verdict:
    """What was handed in is still what it was (送出後不可變更): its digest is the one recorded then.

    A later change is a new version and only warned of. Where no digest is recorded, the verdict names the present one.
    """
    submission, present = cluster.progress.submission, cluster.snapshot
    place = submission.place(Submission.snapshot_sha256)
    recorded = submission.maybe(Submission.snapshot_sha256)
    if present is None:
        unsound = [Unsound(file.path) for files in cluster.files.values() for file in files if not file.sound]
        return clause.unknown(*unsound, Missing(place, Submission.snapshot_sha256.key, "missing"))
    if recorded is None:
        words = f"{clause.title}：尚未記錄送件內容的雜湊值；如果送出的就是目前這一版，請填 {present}。"
        remedy = "請把訊息中的雜湊值填入 progress.yml 的 submission.snapshot_sha256 後再檢查。"
        return clause.undetermined(Reason.MISSING, words, place, remedy=remedy)
    if recorded == present:
        return clause.passes(f"{clause.title}：內容與送件時相同。")
    return clause.fails(f"{clause.title}：內容與送件時不同，目前內容的雜湊值是 {present}。", place)


def online(cluster: Cluster, clause: Clause) -> Verdict:
    """The proposal was handed in through the online system (線上繳件), not on paper or by mail."""
    submission = cluster.progress.submission
    if submission.channel == ONLINE:
        return clause.passes()
    return clause.fails(f"{clause.title}：不是由提案系統送件。", submission.place(Submission.channel))


def _compare(cluster: Cluster, clause: Clause, notes: list[Note] | None = None) -> Verdict:
    """Compare the time of the submission with the clause's moment; without an offset it is no moment."""
    submission, limit = cluster.progress.submission, clause.moment_limit
    at, place = submission.submitted_at, submission.place(Submission.submitted_at)
    if at.tzinfo is None:
        words = f"{clause.title}：送出時間 {at} 沒有寫時區，無法判定。"
        remedy = "請在 progress.yml 的 submission.submitted_at 的時間後加上時區（例如 +08:00）後再檢查。"
        return clause.undetermined(Reason.MISSING, words, place, remedy=remedy)
    bound = datetime.datetime.fromisoformat(limit.bound)
    measured = Quantity(at.isoformat(), "", _shown(at))
    words = f"{clause.title}：送出時間 {_shown(at)}（臺北），規定{limit.quantity.text}"
    if _HOLDS[limit.relation](at, bound):
        return clause.passes(f"{words}。", measured=measured, notes=notes or ())
    off = abs(at - bound)
    word = "恰為時限" if not off else f"{'晚' if at > bound else '早'}了 {_span(off)}"
    gap = Quantity(int(off.total_seconds()), "秒", word)
    return clause.fails(f"{words}，{gap.text}。", place, measured=measured, gap=gap)


def _shown(moment: datetime.datetime) -> str:
    return moment.astimezone(TAIPEI).strftime("%Y-%m-%d %H:%M:%S")


def _span(span: datetime.timedelta) -> str:
    """Return a length of time in the units that people use, the zero ones left out."""
    minutes, seconds = divmod(int(span.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    parts = ((days, "日"), (hours, "時"), (minutes, "分"), (seconds, "秒"))
    return " ".join(f"{value} {unit}" for value, unit in parts if value) or "不到 1 秒"
