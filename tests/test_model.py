"""What records say of themselves: definitions, derived facts, and what is missing."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest
from tests.modelling import FOLDER, cluster, file, member

from qunju.model.budget import Line
from qunju.model.member import Member, MemberItem
from qunju.model.proposer import Person, Proposer, StaffMember
from qunju.model.record import Missing, Unsound
from qunju.model.schedule import Row
from qunju.model.ubn import is_valid_ubn, is_valid_under_old_rule
from qunju.source.place import Place

APPLICATION = datetime.date(2022, 3, 15)
STANDARD = {"capital_at_most": 100_000_000, "employees_below": 200}
DEEMED = {"kind": "merged", "until": "2022-03-15", "proof": "經濟部函"}
BIG = {"registration_type": "company", "paid_in_capital": 100_000_001, "employees": 200}


@pytest.mark.parametrize(
    ("company", "meets"),
    [
        ({"registration_type": "company", "paid_in_capital": 100_000_000, "employees": 250}, True),
        ({"registration_type": "business", "paid_in_capital": 100_000_001, "employees": 199}, True),
        (BIG, False),
        ({"registration_type": "company", "employees": 30}, True),
        ({"registration_type": "company", "paid_in_capital": 1}, True),
        ({"registration_type": "none", "paid_in_capital": 1, "employees": 1}, False),
        ({"registration_type": "none"}, False),
        ({"paid_in_capital": 100_000_001, "employees": 200}, False),
        ({**BIG, "sme_deemed": {"kind": "none"}}, False),
        ({**BIG, "sme_deemed": DEEMED}, True),
        ({**BIG, "sme_deemed": {**DEEMED, "until": "2022-03-14"}}, False),
        ({**BIG, "sme_deemed": {"kind": "merged", "until": "2022-03-14"}}, False),
        ({"registration_type": "company", "sme_deemed": DEEMED}, True),
    ],
)
def test_sme_standard(company: dict[str, Any], *, meets: bool) -> None:
    assert member(**company).meets_sme_standard(APPLICATION, **STANDARD) is meets


@pytest.mark.parametrize(
    ("company", "field"),
    [
        ({"registration_type": "company"}, "paid_in_capital"),
        ({"registration_type": "company", "employees": 200}, "paid_in_capital"),
        ({"registration_type": "company", "paid_in_capital": 100_000_001}, "employees"),
        ({"employees": 30}, "registration_type"),
        ({}, "registration_type"),
        ({**BIG, "sme_deemed": {"kind": "expanded", "proof": "函"}}, "until"),
        ({**BIG, "sme_deemed": {"kind": "expanded", "until": "2023-01-01", "proof": " "}}, "proof"),
    ],
)
def test_sme_standard_undecided(company: dict[str, Any], field: str) -> None:
    with pytest.raises(Missing) as caught:
        member(**company).meets_sme_standard(APPLICATION, **STANDARD)
    assert caught.value.field == field
    assert caught.value.reason == "missing"


def test_sme_standard_of_an_unsound_file_is_unknown() -> None:
    broken = Member(file("members/one", {"employees": 3}, sound=False), key="one")
    with pytest.raises(Unsound):
        broken.meets_sme_standard(APPLICATION, **STANDARD)


@pytest.mark.parametrize(
    ("number", "now", "before"),
    [
        ("04595257", True, True),
        ("10458574", True, True),
        ("00501508", True, False),
        ("00501502", False, False),
        ("00000000", False, False),
        ("0459525", False, False),
        ("045952570", False, False),
        ("０４５９５２５７", False, False),
        ("04595257\n", False, False),
        ("", False, False),
    ],
)
def test_uniform_number(number: str, *, now: bool, before: bool) -> None:
    assert is_valid_ubn(number) is now
    assert is_valid_under_old_rule(number) is before


def test_year_founded_is_that_of_the_date() -> None:
    assert member(founded_date="2011-10-19", founded_year=99).year_founded == 100
    assert member(founded_year=99).year_founded == 99


def test_years_coached() -> None:
    assert member(coached_years=[]).years_coached == frozenset()
    assert member(coached_years=[{"year": 109}, {"year": 110}, {"year": 110}]).years_coached == {109, 110}
    with pytest.raises(Missing):
        _ = member().years_coached


def test_self_assessment_lists_what_the_company_has() -> None:
    answered = member(self_assessment={"subtotal": {"O": 1}, "M-O01": {"detail": "研習 2 場"}})
    assert answered.self_assessment.ids == ("M-O01",)
    assert answered.self_assessment.item("M-O01").place().pointer == ("self_assessment", "M-O01")
    assert [item.id for item in answered.self_assessment.stating(MemberItem.detail)] == ["M-O01"]
    assert answered.self_assessment.stating(MemberItem.score) == ()
    assert answered.self_assessment.subtotal == {"O": 1}
    assert answered.has("M-O01")
    assert not answered.has("M-O02")
    assert not member(self_assessment={}).has("M-O01")
    with pytest.raises(Missing):
        member().has("M-O01")


@pytest.mark.parametrize(
    ("values", "whole"),
    [
        ({"mid": 4, "final": 3}, 7),
        ({"mid": 4, "final": 3, "total": 8}, 8),
        ({"mid": 60, "final": 80, "aggregation": "level"}, 80),
    ],
)
def test_whole_of_a_row(values: dict[str, Any], whole: int) -> None:
    row = Row(file("schedule", values))
    assert row.whole == whole
    assert not row.is_downward


def test_what_is_not_ticked_is_no() -> None:
    assert member().small_scale is False
    assert member().contact.same_as_responsible is False
    assert StaffMember(file("proposer", {})).unpaid is False


# Missing, private, unsound


def test_missing_and_private_differ() -> None:
    closed = member(contact={"name": "  "})
    with pytest.raises(Missing) as caught:
        _ = closed.contact.name
    assert caught.value.reason == "private"
    assert caught.value.place == Place(f"{FOLDER}/private/members/one.yml", ("contact", "name"))
    opened = Member(file("members/one", {}, private=True), key="one")
    with pytest.raises(Missing) as caught:
        _ = opened.contact.name
    assert caught.value.reason == "missing"
    with pytest.raises(Missing) as caught:
        _ = closed.responsible.name
    assert caught.value.reason == "missing"
    assert caught.value.place == Place(f"{FOLDER}/members/one.yml", ("responsible", "name"))


def test_a_list_that_is_personal_as_a_whole_is_private() -> None:
    proposer = Proposer(file("proposer", {"staff": {"pi": {}}}))
    with pytest.raises(Missing) as caught:
        _ = proposer.staff["pi"].experience
    assert caught.value.reason == "private"
    assert caught.value.place.path == f"{FOLDER}/private/proposer.yml"


def test_maybe_tells_absent_from_closed() -> None:
    assert member().maybe(Member.ubn) is None
    with pytest.raises(Missing):
        member().maybe(Member.phone_mobile)
    person = Person(file("proposer", {}, private=True))
    assert person.maybe(Person.name) is None


def test_records_are_read_only() -> None:
    with pytest.raises(AttributeError):
        member().name = "別的名字"
    with pytest.raises(AttributeError):
        cluster({}).id = "111/other"  # type: ignore[misc]  # what must not work


def test_a_number_is_exact() -> None:
    charged = Line(file("budget", {"quantities": [{"value": Decimal("0.1")}]}))
    assert charged.quantities[0].value + Decimal("0.2") == Decimal("0.3")
