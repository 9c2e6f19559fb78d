"""What counts as achieved (實績): what is recorded within the coaching period, up to a day."""

from __future__ import annotations

import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from tests.modelling import cluster

from qunju.model.achievement import achieved, activities, called, completion, counts, latest_reading
from qunju.model.cluster import Cluster
from qunju.model.progress import Progress
from qunju.model.record import Missing

ANNOUNCED = {"announce_date": "2022-04-08"}
MID = datetime.date(2022, 7, 31)


def _held(*days: str, award: dict[str, str] = ANNOUNCED, **more: Any) -> Cluster:
    meetings = {f"m{number}": {"date": day} for number, day in enumerate(days)}
    return cluster({}, progress={"award": award, "meetings": meetings, **more})


@pytest.mark.parametrize(
    ("day", "counted"), [("2022-04-07", False), ("2022-04-08", True), ("2022-07-31", True), ("2022-08-01", False)]
)
def test_the_first_and_the_last_day_count(day: str, *, counted: bool) -> None:
    one = _held(day)
    (meeting,) = one.progress.meetings.values()
    assert counts(meeting, one, MID) is counted
    assert len(activities(one, "meetings", MID)) == counted


def test_what_is_too_late_is_so_whenever_the_period_began() -> None:
    one = _held("2022-08-01", "2022-07-01", award={})
    late, early = one.progress.meetings.values()
    assert counts(late, one, MID) is False
    with pytest.raises(Missing) as caught:
        counts(early, one, MID)
    assert caught.value.field == "announce_date"


def test_while_no_award_is_announced_all_is_shown() -> None:
    assert len(activities(_held("2022-03-01", award={}), "meetings", MID)) == 1


def test_a_reading_states_what_is_reached_in_all() -> None:
    readings = [
        {"row": "K1", "date": "2022-04-07", "value": 9},
        {"row": "K1", "date": "2022-06-30", "value": 3},
        {"row": "K1", "date": "2022-05-31", "value": 2},
        {"row": "K1", "date": "2022-06-30", "value": 4},
        {"row": "K1", "date": "2022-08-01", "value": 8},
        {"row": "K2", "date": "2022-07-31", "value": 7},
    ]
    one = cluster({}, progress={"award": ANNOUNCED, "readings": readings})
    reading = latest_reading(one, "K1", MID)
    assert reading is not None
    assert reading.value == 4
    assert latest_reading(one, "K1", datetime.date(2022, 4, 30)) is None


def test_a_list_of_activities_goes_before_readings() -> None:
    readings = [{"row": "BW1", "date": "2022-07-01", "value": 7}]
    assert achieved(_held("2022-07-01", readings=readings), "BW1", MID, "meetings") == 1
    unlisted = cluster({}, progress={"award": ANNOUNCED, "readings": readings})
    assert achieved(unlisted, "BW1", MID, "meetings") == 7
    assert achieved(unlisted, "BW2", MID, "trainings") is None


def test_a_roster_of_the_present_is_without_those_who_left() -> None:
    changes = [{"date": "2022-06-01", "out": "one", "in": "three"}]
    both = cluster({"one": {}, "two": {}, "three": {}}, progress={Progress.roster_changes.key: changes})
    assert [member.id for member in both.members] == ["one", "two"]
    assert [member.id for member in both.present.members] == ["three", "two"]


def test_an_activity_is_called_by_its_title_or_its_identifier() -> None:
    one = cluster(
        {}, progress={"visits": {"v1": {"date": "2022-07-05"}, "v2": {"date": "2022-07-06", "title": "參訪"}}}
    )
    assert [called(visit) for visit in one.progress.visits.values()] == [
        "「v1」（2022-07-05）",
        "「參訪」（2022-07-06）",
    ]


@pytest.mark.parametrize(
    ("actual", "goal", "downward", "reached"),
    [
        (3, 4, False, "3/4"),
        (5, 4, False, "1"),
        (0, 4, False, "0"),
        (0, 0, False, "1"),
        (8, 8, True, "1"),
        (7, 8, True, "1"),
        (12, 9, True, "3/4"),
        (1, 0, True, "0"),
        (0, 0, True, "1"),
    ],
)
def test_completion(actual: int, goal: int, *, downward: bool, reached: str) -> None:
    assert completion(Decimal(actual), Decimal(goal), downward=downward) == Fraction(reached)
