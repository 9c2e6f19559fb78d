"""When two companies, or two people, are the same."""

from __future__ import annotations

import pytest

from qunju.model.identity import mobile_key, name_key, number_key
from qunju.model.portfolio import Company, Portfolio, Summary


@pytest.mark.parametrize(
    ("one", "other"),
    [("台東好店", "臺東好店"), ("好 店", "好店"), ("好　店", "好店"), ("好店（池上）", "好店(池上)"), ("Ａbc", "abc")],
)
def test_names_that_are_the_same(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


def test_names_that_differ() -> None:
    assert name_key("好店一號") != name_key("好店二號")


def test_numbers_are_compared_by_their_digits() -> None:
    assert number_key(" ９９９01024 ") == "99901024"
    assert mobile_key("+886 912-345-678") == mobile_key("0912 345678") == "0912345678"


def _summary(cluster: str, *companies: Company) -> Summary:
    return Summary(cluster, "A", "submission", "submission", companies, ())


def _company(name: str, number: str | None = None, owner: str = "") -> Company:
    return Company(name, number, owner, None, contracted=True)


def test_a_company_may_be_in_one_cluster_of_each_year() -> None:
    one = _company("one", "99901024", "甲")
    summaries = [_summary("111/x", one), _summary("112/x", one)]
    portfolio = Portfolio(summaries)
    assert not list(portfolio.with_number(summaries[0], one))
    assert not list(portfolio.with_owner(summaries[0], one))


def test_every_member_of_another_cluster_that_is_the_same_is_found() -> None:
    one, two, three = _company("one", owner="甲"), _company("two", owner="甲"), _company("three", owner="甲")
    here, there = _summary("111/here", one, two), _summary("111/there", three)
    portfolio = Portfolio([here, there])
    assert [company.id for _, company in portfolio.with_owner(there, three)] == ["one", "two"]
    assert [company.id for _, company in portfolio.with_owner(here, one)] == ["three"]


def test_companies_without_a_number_are_not_the_same() -> None:
    none, unknown = _company("none"), _company("unknown", "")
    here, there = _summary("111/here", none, unknown), _summary("111/there", none, unknown)
    portfolio = Portfolio([here, there])
    assert not list(portfolio.with_number(here, none))
    assert not list(portfolio.with_number(here, unknown))
