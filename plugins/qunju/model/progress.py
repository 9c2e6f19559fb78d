"""The file progress.yml: what happened from 送件 to 追蹤."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Final

from qunju.model.record import Date, Flag, Integer, Keyed, Moment, Number, Part, Parts, Record, Text, Texts

PICTURES: Final = (".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif", ".heic", ".heif", ".bmp", ".tif", ".tiff")
"""What the name of a photograph or a screenshot ends in."""


class Submission(Record):
    """送件."""

    status = Text()
    """completed or incomplete."""
    submitted_at = Moment()
    source = Text()
    """system_log or local: whose clock it is."""
    channel = Text()
    """online_system or other."""
    snapshot_sha256 = Text()


class Attendance(Record):
    """遴選會議出席 of one party."""

    present = Flag()
    reason_given = Flag()
    reason_accepted = Flag()
    """As 執行單位 recorded it."""
    name = Text(personal=True)
    reason = Text(personal=True)


class Selection(Record):
    """遴選會議."""

    attendance = Keyed(Attendance)
    """By party: `proposer` or the identifier of a member."""


class Presentation(Record):
    """簡報; its `id` is selection, midterm or closing."""

    date = Date()
    presenter_affiliation = Text()
    """The identifier of a member, `proposer` or `other`."""
    explanation_given = Flag()
    approved = Flag()
    presenter = Text(personal=True)
    explanation = Text(personal=True)


class Award(Record):
    """核定."""

    announce_date = Date()
    approved_total = Integer()
    """In NT$, tax included."""


class CommentResponse(Record):
    """委員意見 and its 回覆."""

    comment = Text()
    response = Text()


class Contract(Record):
    """簽約."""

    deadline = Date()
    submitted_at = Date()
    total = Integer()
    """In NT$, tax included."""
    comment_responses = Parts(CommentResponse)


class RosterChange(Record):
    """成員異動: who left, who joined, or one for the other."""

    date = Date()
    left = Text("out")
    joined = Text("in")
    approved = Flag()
    """Whether 執行單位 agreed."""


class Evidence(Record):
    """佐證 of an event."""

    kind = Text()
    file_path = Text("file")
    date = Date()
    period = Text()
    """mid or final."""

    @property
    def is_picture(self) -> bool:
        """Whether the file is a picture by its name; nobody opens it."""
        return self.file_path.lower().endswith(PICTURES)


class ReadingEvidence(Evidence):
    """佐證 of a reading, which may be on the web."""

    url = Text()


class Event(Record):
    """會議, 參訪 or 虛實整合活動."""

    date = Date()
    title = Text()
    attendee_count = Integer()
    lecturer_name = Text(personal=True)
    attendees = Texts(personal=True)
    evidence = Parts(Evidence)


class Training(Event):
    """研習."""

    mode = Text()
    """online, onsite or hybrid."""
    duration_hours = Number()
    open_cross_cluster = Flag()
    """開放跨群聚參與."""
    lecturer = Text()
    """An identifier of `Proposer.personnel`, or `external`."""


class Reading(Record):
    """實績: how far a row of schedule.yml has come by a day."""

    row = Text()
    date = Date()
    value = Number()
    evidence = Parts(ReadingEvidence)


class ProgramEvent(Record):
    """An event of the programme that the cluster was asked to."""

    date = Date()
    name = Text()
    attended = Flag()


class Tracking(Record):
    """結案後追蹤."""

    closing_date = Date()
    until = Date()
    reports = Texts()


class Progress(Record):
    """progress.yml."""

    as_of = Date()
    """資料截至."""
    submission = Part(Submission)
    selection = Part(Selection)
    presentations = Keyed(Presentation)
    award = Part(Award)
    contract = Part(Contract)
    roster_changes = Parts(RosterChange)
    meetings = Keyed(Event)
    """群聚會議."""
    trainings = Keyed(Training)
    """研習."""
    visits = Keyed(Event)
    """跨群聚參訪."""
    o2o_events = Keyed(Event)
    """虛實整合活動."""
    readings = Parts(Reading)
    program_events = Parts(ProgramEvent)
    tracking = Part(Tracking)
    retention_until = Date()
    """個資保存期限, stated."""

    @cached_property
    def readings_by_row(self) -> Mapping[str, tuple[Reading, ...]]:
        """The readings of each row of the schedule that has any, in the order of the file."""
        found: dict[str, list[Reading]] = {}
        for reading in self.readings:
            found.setdefault(reading.row, []).append(reading)
        return {row: tuple(readings) for row, readings in found.items()}
