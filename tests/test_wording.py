"""What people type in place of what a field wants, and what they are told to type instead."""

from __future__ import annotations

import datetime
import re
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.repository import library

from qunju.schema import repair, wording
from qunju.schema.finding import TITLES
from qunju.schema.validate import validate
from qunju.schema.whereabouts import personal_title, whereabouts
from qunju.source.place import Place


@pytest.mark.parametrize(
    ("text", "value", "reasons"),
    [
        ("12人", "12", "帶了「人」"),
        ("約12人", None, ""),
        ("12 人", "12", "帶了「人」"),
        ("１２", "12", "用了全形字元"),
        ("１２人", "12", "用了全形字元、帶了「人」"),
        ("1,000,000", "1000000", "帶了千分位逗號"),
        ("1,000,000元", "1000000", "帶了千分位逗號、帶了「元」"),
        ("１，０００", "1000", "用了全形字元、帶了千分位逗號"),
        ("1,00", None, ""),
        ("NT$1,000", "1000", "帶了幣別、帶了千分位逗號"),
        ("$ 500", "500", "帶了幣別"),
        ("新臺幣500元整", "500", "帶了幣別、帶了「元整」"),
        ("12萬", "120000", "帶了「萬」"),
        ("1.5萬元", "15000", "帶了「萬元」"),
        ("100 萬", "1000000", "帶了「萬」"),
        ("2億", "200000000", "帶了「億」"),
        ("70%", "70", "帶了「%」"),
        ("3.5 人月", "3.5", "帶了「人月」"),
        ("+5", "5", "帶了正號"),
        ("-5元", "-5", "帶了「元」"),
        ("007", "7", "開頭多了 0"),
        ("0", "0", ""),
        ("1e3", "1000", "用了科學記號"),
        ("1e99999999", None, ""),
        ("0x1F", None, ""),
        ("12-15", None, ""),
        ("十二", None, ""),
        ("", None, ""),
        ("9" * 30, None, ""),
    ],
)
def test_numbers(text: str, value: str | None, reasons: str) -> None:
    found = repair.number(text)
    assert (None if found is None else found.value) == (None if value is None else Decimal(value))
    assert "、".join(found.reasons if found else ()) == reasons


@pytest.mark.parametrize(
    ("text", "date", "roc"),
    [
        ("111/03/18", (2022, 3, 18), True),
        ("111.3.18", (2022, 3, 18), True),
        ("民國111年3月18日", (2022, 3, 18), True),
        ("民國 99 年 12 月 1 日", (2010, 12, 1), True),
        ("１１１／０３／１８", (2022, 3, 18), True),
        ("1110318", (2022, 3, 18), True),
        ("2022/3/18", (2022, 3, 18), False),
        ("2022年3月18日", (2022, 3, 18), False),
        ("20220318", (2022, 3, 18), False),
        (" 2022-3-18 ", (2022, 3, 18), False),
    ],
)
def test_dates(text: str, date: tuple[int, int, int], roc: bool) -> None:  # noqa: FBT001 - a column of the table
    found = repair.day(text)
    assert found is not None
    assert (found.value, found.roc) == (datetime.date(*date), roc)


@pytest.mark.parametrize("text", ["3/18", "2022-03", "明天", "2022", "18-3-2022-1", "", "1/2/3"])
def test_what_is_no_date(text: str) -> None:
    assert repair.day(text) is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2022-02-30", "2022 年 2 月沒有 30 日"),
        ("108/2/30", "2019 年 2 月沒有 30 日"),
        ("2022-13-01", "2022 年沒有 13 月"),
        ("2022-00-01", "2022 年沒有 0 月"),
        ("111/03/18", "民國年要換成西元年"),
        ("2022/3/18", "月、日各兩位數"),
        ("三月十八", "不是完整的日期"),
    ],
)
def test_words_on_dates(text: str, words: str) -> None:
    assert words in wording.wrong_date("成立日期", text).message


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("111/3/15 下午 4:20", "2022-03-15T16:20:00+08:00"),
        ("2022/3/15 16:20", "2022-03-15T16:20:00+08:00"),
        ("2022-03-15 16:20:59", "2022-03-15T16:20:59+08:00"),
        ("2022-03-15T16:20", "2022-03-15T16:20:00+08:00"),
        ("2022/3/15 上午12:05", "2022-03-15T00:05:00+08:00"),
        ("2022/3/15 下午12:05", "2022-03-15T12:05:00+08:00"),
        ("2022/3/15 PM 11:59", "2022-03-15T23:59:00+08:00"),
        ("2022/3/15 25:00", None),
        ("2022/2/30 12:00", None),
        ("16:20", None),
    ],
)
def test_moments(text: str, moment: str | None) -> None:
    assert repair.moment(text) == moment


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("是", True),
        ("有", True),
        ("YES", True),
        ("Ｖ", True),
        ("否", False),
        ("無", False),
        ("off", False),
        ("?", None),
    ],
)
def test_yes_and_no(text: str, value: bool | None) -> None:  # noqa: FBT001 - a column of the table
    assert repair.boolean(text) is value


@pytest.mark.parametrize(
    ("text", "pattern", "repaired"),
    [
        ("9990-1024", "^[0-9]{8}$", ("中間多了空白或連字號", "99901024")),
        ("９９９０１０２４", "^[0-9]{8}$", ("用了全形字元", "99901024")),
        ("99901024 ", "^[0-9]{8}$", ("前後多了空白", "99901024")),
        ("9990\u200b1024", "^[0-9]{8}$", ("夾了看不見的字元", "99901024")),
        ("shop.example", "^https?://[^\\s]+$", ("少了開頭的 https://", "https://shop.example")),
        ("k1", "^K[0-9]+$", ("大小寫不對", "K1")),
        ("一二", "^[0-9]{8}$", None),
    ],
)
def test_texts(text: str, pattern: str, repaired: tuple[str, str] | None) -> None:
    assert repair.text(text, lambda candidate: re.fullmatch(pattern, candidate) is not None) == repaired


@settings(derandomize=True)
@given(st.text(max_size=40))
def test_no_text_is_too_strange(text: str) -> None:
    for wanted in ("string", "integer", "number", "boolean", "array", "object"):
        wording.wrong_type("欄位", text, wanted)
    wording.wrong_date("欄位", text)
    wording.wrong_text("欄位", text, "^[0-9]{8}$", str.isdecimal, ())
    wording.wrong_choice("欄位", text, ["formal", "contract"], {"formal": "正式員工"})
    wording.wrong_identifier("欄位", text, str.isidentifier, ())
    wording.unknown_field(text, {"name": "名稱"}, None)
    wording.misplaced_file("欄位", text, "media/", ())
    assert repair.identifier(text) == "" or re.fullmatch("[a-z][a-z0-9-]*", repair.identifier(text))


@settings(derandomize=True)
@given(st.dates(min_value=datetime.date(1912, 1, 1), max_value=datetime.date(2200, 12, 31)), st.sampled_from("/.-"))
def test_every_day_of_the_republic_is_understood(day: datetime.date, sign: str) -> None:
    if day.year - 1911 >= 10:
        roc = repair.day(f"{day.year - 1911}{sign}{day.month}{sign}{day.day}")
        assert roc is not None
        assert roc.value == day
    western = repair.day(f"{day.year}{sign}{day.month:02}{sign}{day.day:02}")
    assert western is not None
    assert western.value == day


def found_in(kind: str, values: dict[str, Any], *, private: bool = False) -> list[tuple[str, str, str]]:
    form = library().form
    path = f"proposals/111/one/{'private/' * private}{'members/one' if kind == 'member' else kind}.yml"
    found = validate(values, path, form.schema(kind, private=private), form)
    return [(finding.rule, finding.message, finding.remedy) for finding in found]


def test_a_wrong_choice_shows_the_choices_and_their_names() -> None:
    ((rule, message, remedy),) = found_in("member", {"name": "甲", "registration_type": "商業登記"})
    assert (rule, message) == ("SHP-CHOICE", "「登記型態」寫成「商業登記」，不是可用的選項。")
    assert remedy.startswith("您要寫的是不是「business」？可用的有：company（公司登記）、")


@pytest.mark.parametrize(
    ("values", "rule", "words"),
    [
        ({"name": "甲", "employees": "true"}, "SHP-TYPE", "「員工人數」寫成「true」"),
        ({"name": "甲", "employees": -1}, "SHP-RANGE", "不能小於 0"),
        ({"name": "甲", "employees": {"a": 1}}, "SHP-TYPE", "應是一個整數"),
        ({"name": "甲", "brief": None}, "SHP-TYPE", "空的"),
        ({"name": "甲", "contact": "王：小明"}, "SHP-TYPE", "冒號是全形"),
        ({"name": "甲", "coached_years": "-110"}, "SHP-TYPE", "減號後面少了空白"),
        ({"name": "甲", "ubn": "1234567"}, "SHP-FORMAT", "應有 8 位數字，這裡有 7 位"),
        ({"name": "甲" * 101}, "SHP-LENGTH", "有 101 字，至多 100 字"),
        ({}, "SHP-REQUIRED", "缺少「"),
        ({"name": "甲", "self_assessment": {"X-1": {"detail": "有"}}}, "SHP-FIELD", "識別字「X-1」"),
        ({"name": "甲", "": 1}, "SHP-FIELD", "「」"),
    ],
)
def test_findings_of_form(values: dict[str, Any], rule: str, words: str) -> None:
    found = found_in("member", values)
    assert [name for name, _, _ in found] == [rule]
    assert words in found[0][1]


def test_what_python_lets_pass_is_found_all_the_same() -> None:
    """Before a line break at the end `$` matches in Python, in no other language of patterns."""
    assert found_in("proposer", {"website": "https://shop.example\n"}) == [
        ("SHP-FORMAT", "「官網網址」的寫法不對。", "檢查結尾是否多了換行或空白。")
    ]


def test_a_private_file_says_where_and_of_what_kind_only() -> None:
    secret = "王小明0912345678"
    values = {
        "phone_mobile": [secret],
        secret: secret,
        "responsible": {"gender": {secret: 1}, "attributes": [secret, secret], "mobile": secret * 20},
    }
    found = found_in("member", values, private=True)
    assert {rule for rule, _, _ in found} == {"SHP-TYPE", "SHP-FIELD", "SHP-FORMAT", "SHP-LENGTH"}
    assert not [said for finding in found for said in finding if secret in said or "王" in said]


def test_every_rule_of_form_can_be_worded_without_content() -> None:
    for rule in TITLES:
        words = wording.concealed(rule, "欄位")
        assert words.message.endswith("。")
        assert words.remedy.endswith("。")


def test_where_a_field_belongs() -> None:
    form = library().form
    cluster, member = form.schema("cluster", private=False), form.schema("member", private=False)
    assert whereabouts(form, cluster, "budget_total") == " cluster.yml 的 summary 之下"
    assert whereabouts(form, cluster, "signature_products") == "成員檔案的最外層"
    assert whereabouts(form, cluster, "nothing-like-it") is None
    assert whereabouts(form, member, "name") is None, "there are several"


def test_what_is_personal_wherever_it_stands() -> None:
    form = library().form
    path = "proposals/111/one/members/one.yml"
    assert personal_title(form, "member", Place(path, ("responsible", "gender"))) == "性別"
    assert personal_title(form, "member", Place(path, ("gender",))) == "性別"
    assert personal_title(form, "member", Place(path, ("brief",))) is None
    assert personal_title(form, "proposer", Place("proposer.yml", ("personnel", "pi", "name"))) is not None
    assert personal_title(form, "proposer", Place("proposer.yml", ("contacts", "name"))) is None
    assert personal_title(form, "cluster", Place("cluster.yml", ("gender",))) is None
