"""What people really type, and what they meant by it."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Final, NamedTuple

MAX_DIGITS: Final = 18

_YES = frozenset({"是", "有", "yes", "y", "on", "對", "v", "✓", "1"})
_NO = frozenset({"否", "無", "no", "n", "off", "沒有", "x", "0"})
# Compiled when first used, which sound files spare.
_MONEY = r"(?i)(?:NT\$?|NTD|TWD|新台幣|新臺幣|\$)\s*"
_AMOUNT = r"([+-]?)([0-9][0-9,]*(?:\.[0-9]+)?)\s*([^0-9.,]*)"
_SCIENTIFIC = r"[+-]?[0-9]{1,6}(?:\.[0-9]{1,6})?[eE]\+?[0-9]{1,2}"
_GROUPED = r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?"
_MULTIPLES = {"百": 100, "千": 1_000, "萬": 10_000, "百萬": 1_000_000, "千萬": 10_000_000, "億": 100_000_000}
_DATE = r"(?:民國)?\s*([0-9]{2,4})\s*[-/.年]\s*([0-9]{1,2})\s*[-/.月]\s*([0-9]{1,2})\s*日?"
_CLOSE_DATE = r"([0-9]{3,4})([0-9]{2})([0-9]{2})"
_MOMENT = r"(?i)(.*?)[\sT]*(上午|下午|AM|PM)?\s*([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?"


class Number(NamedTuple):
    """A number as it was meant, and what stood around it."""

    value: Decimal
    reasons: tuple[str, ...]


class Day(NamedTuple):
    """A date as it was meant: None where the calendar has no such day, with the parts as typed."""

    value: datetime.date | None
    year: int
    month: int
    day: int
    roc: bool


def narrow(text: str) -> str:
    """Return a text with letters, digits and signs of full width made narrow, trimmed."""
    return unicodedata.normalize("NFKC", text).strip()


def boolean(text: str) -> bool | None:
    """Return the yes or no that a word means."""
    word = narrow(text).lower()
    return True if word in _YES else False if word in _NO else None


def number(text: str) -> Number | None:
    """Return the number that a text means, with its currency, separators and unit read away."""
    plain = narrow(text)
    reasons = ["用了全形字元"] if plain != text.strip() else []
    if re.fullmatch(_SCIENTIFIC, plain):
        return Number(Decimal(plain), (*reasons, "用了科學記號"))
    bare = re.sub(_MONEY, "", plain, count=1) if re.match(_MONEY, plain) else plain
    reasons.extend(["帶了幣別"] if bare != plain else [])
    found = re.fullmatch(_AMOUNT, bare)
    if found is None:
        return None
    sign, digits, unit = found[1], found[2], found[3].strip()
    if "," in digits:
        if not re.fullmatch(_GROUPED, digits):
            return None
        reasons.append("帶了千分位逗號")
        digits = digits.replace(",", "")
    if len(digits) > MAX_DIGITS:
        return None
    multiple = next((_MULTIPLES[word] for word in (unit, unit.removesuffix("元").strip()) if word in _MULTIPLES), 1)
    reasons.extend([f"帶了「{unit}」"] if unit else [])
    reasons.extend(["帶了正號"] if sign == "+" else [])
    reasons.extend(["開頭多了 0"] if digits.startswith("0") and digits[1:2].isdigit() else [])
    value = Decimal(f"{'-' if sign == '-' else ''}{digits}") * multiple
    return Number(value, tuple(reasons))


def day(text: str) -> Day | None:
    """Return the date that a text means, counted from the Republic where its year is short."""
    plain = narrow(text)
    found = re.fullmatch(_DATE, plain) or re.fullmatch(_CLOSE_DATE, plain)
    if found is None:
        return None
    year, month, number_of_day = (int(part) for part in found.groups())
    western = year if year > 1000 else year + 1911
    try:
        value = datetime.date(western, month, number_of_day)
    except ValueError:
        return Day(None, western, month, number_of_day, western != year)
    return Day(value, western, month, number_of_day, western != year)


def moment(text: str) -> str | None:
    """Return the point in time that a text means, in Taiwan's time, as ISO text."""
    found = re.fullmatch(_MOMENT, narrow(text))
    date = day(found[1]) if found else None
    if found is None or date is None or date.value is None:
        return None
    half, hour, minute, second = (found[2] or "").upper(), int(found[3]), int(found[4]), int(found[5] or 0)
    if half and hour <= 12:
        hour = hour % 12 + (12 if half in ("下午", "PM") else 0)
    if hour > 23 or minute > 59 or second > 59:
        return None
    return f"{date.value.isoformat()}T{hour:02}:{minute:02}:{second:02}+08:00"


def text(value: str, accepts: Callable[[str], bool]) -> tuple[str, str] | None:
    """Return why a text is not accepted and what it should be, where some simple repair makes it acceptable."""
    return next(((reason, meant) for reason, meant in _repairs(value) if meant != value and accepts(meant)), None)


def identifier(value: str) -> str:
    """Return the identifier that a name comes closest to; empty where nothing of it can be used."""
    return re.sub("[^a-z0-9]+", "-", narrow(value).lower()).strip("-0123456789")


def _repairs(value: str) -> Iterator[tuple[str, str]]:
    plain = narrow(value)
    visible = "".join(char for char in plain if unicodedata.category(char) not in ("Cf", "Cc"))
    tight = re.sub(r"[\s-]", "", visible)
    yield "前後多了空白", value.strip()
    yield "用了全形字元", plain
    yield "夾了看不見的字元", visible
    yield "中間多了空白或連字號", tight
    yield "大小寫不對", visible.lower()
    yield "大小寫不對", visible.upper()
    yield "少了開頭的 https://", f"https://{visible}"
    yield "日期時間要寫成 ISO 8601 的格式", moment(value) or value
