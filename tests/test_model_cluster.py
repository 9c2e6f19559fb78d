"""The cluster as a whole: rosters, lead, advisors, and files that are not there."""

from __future__ import annotations

from typing import Any

import pytest
from tests.modelling import FOLDER, cluster, file

from qunju.model.cluster import build
from qunju.model.member import Member
from qunju.model.record import Missing, Unsound

COMPANIES: dict[str, dict[str, Any]] = {
    "ash": {"role": "群聚成員企業"},
    "elm": {"role": "群聚領導企業"},
    "oak": {"role": "群聚成員企業"},
}


def names(members: tuple[Member, ...]) -> list[str]:
    return [company.id for company in members]


@pytest.mark.parametrize(
    ("changes", "contracted", "now"),
    [
        (None, ["ash", "elm", "oak"], ["ash", "elm", "oak"]),
        ([], ["ash", "elm", "oak"], ["ash", "elm", "oak"]),
        ([{"date": "2022-06-01", "out": "ash", "in": "oak"}], ["ash", "elm"], ["elm", "oak"]),
        ([{"date": "2022-06-01", "out": "ash"}], ["ash", "elm", "oak"], ["elm", "oak"]),
        ([{"in": "oak"}], ["ash", "elm"], ["ash", "elm", "oak"]),
        # The order of the days counts, not that of the list: oak left and came back, ash came and left.
        (
            [
                {"date": "2022-07-01", "in": "oak", "out": "ash"},
                {"date": "2022-06-01", "in": "ash", "out": "oak"},
            ],
            ["elm", "oak"],
            ["elm", "oak"],
        ),
        ([{"date": "2022-06-01", "out": "unknown"}], ["ash", "elm", "oak"], ["ash", "elm", "oak"]),
    ],
)
def test_rosters(changes: list[dict[str, Any]] | None, contracted: list[str], now: list[str]) -> None:
    found = cluster(COMPANIES, progress={"roster_changes": changes})
    assert names(found.members) == contracted
    assert names(found.members_now) == now
    assert list(found.all_members) == ["ash", "elm", "oak"]


def test_without_progress_the_roster_is_that_of_the_files() -> None:
    assert names(cluster(COMPANIES).members) == ["ash", "elm", "oak"]


def test_the_roster_of_an_unsound_progress_is_unknown() -> None:
    files = {"member": (file("members/ash", {}),), "progress": (file("progress", {}, sound=False),)}
    with pytest.raises(Unsound) as caught:
        _ = build("111/slow-valley", files, frozenset()).members
    assert caught.value.path == f"{FOLDER}/progress.yml"


def test_lead() -> None:
    lead = cluster(COMPANIES).lead
    assert lead is not None
    assert lead.id == "elm"
    assert cluster({"ash": {"role": "群聚成員企業"}}).lead is None
    assert cluster({**COMPANIES, "fir": {"role": "群聚領導企業"}}).lead is None
    known = cluster({**COMPANIES, "fir": {}}).lead
    assert known is not None
    with pytest.raises(Missing):
        _ = cluster({"ash": {"role": "群聚成員企業"}, "fir": {}}).lead


def test_what_the_cluster_says_of_its_files() -> None:
    people = {
        "a": {"project_roles": ["計畫主持人", "顧問"]},
        "b": {"project_roles": ["外聘顧問"]},
        "c": {"project_roles": ["其他"]},
    }
    rows = {"BW1": {"kind": "basic"}, "K1": {"kind": "O"}, "K2": {"kind": "other"}}
    found = cluster(
        {},
        cluster={"name": "慢谷", "year": 111, "category": "A", "type": "觀光休閒合作", "stage": "draft"},
        proposer={"personnel": people},
        schedule={"rows": rows},
    )
    assert (found.name, found.year, found.category, found.type, found.stage) == (
        "慢谷",
        111,
        "A",
        "觀光休閒合作",
        "draft",
    )
    assert [person.id for person in found.advisors] == ["a", "b"]
    assert [row.id for row in found.indicators] == ["K1", "K2"]
    basic = found.basic("BW1")
    assert basic is not None
    assert basic.place().pointer == ("rows", "BW1")
    assert found.basic("BW2") is None


def test_an_absent_file_has_nothing_filled_in() -> None:
    empty = build("111/slow-valley", {}, frozenset())
    assert empty.members == ()
    with pytest.raises(Missing) as caught:
        _ = empty.category
    assert caught.value.place.path == f"{FOLDER}/cluster.yml"
    assert empty.files["budget"][0].path == f"{FOLDER}/budget.yml"
