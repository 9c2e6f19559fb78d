"""What people really type, and the words that tell them what to type instead."""

from __future__ import annotations

import datetime
import difflib
import re
import unicodedata
from collections.abc import Iterable
from typing import Any, TypeAlias

Words: TypeAlias = tuple[str, str]
"""What is wrong, and how to mend it."""

_KINDS = {
    "string": "文字",
    "integer": "整數",
    "number": "數字",
    "boolean": "true 或 false",
    "array": "清單",
    "object": "一組欄位",
}
_YES = frozenset({"是", "有", "yes", "y", "on", "對", "v", "✓", "1"})
_NO = frozenset({"否", "無", "no", "n", "off", "沒有", "x", "0"})
_MONEY = re.compile(r"(?:NT\$|NTD|TWD|新台幣|新臺幣|\$)\s*", re.IGNORECASE)
_GROUPED = re.compile(r"-?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_LEADING = re.compile(r"(-?[0-9]+(?:\.[0-9]+)?)\s*(\D*)")
_DATE = re.compile(r"(?:民國)?\s*([0-9]{2,4})\s*[-/.年]\s*([0-9]{1,2})\s*[-/.月]\s*([0-9]{1,2})\s*日?")


def shown(value: Any) -> str:
    """Return a value as a person typed it, cut where it is long."""
    text = str(value).lower() if isinstance(value, bool) else str(value)
    text = " ".join(text.split())
    return f"「{text[:40]}…」" if len(text) > 40 else f"「{text}」"


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that was probably meant."""
    found = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return found[0] if found else None


def wrong_type(value: Any, wanted: str) -> Words:
    """Word a value of another type than the schema wants."""
    if value is None:
        return "這一筆是空的。", "寫上內容，或刪去這一行。"
    if wanted == "array":
        return "這裡應是清單。", "每一筆各寫一行，以「- 」開頭；一筆也沒有時寫 []。"
    if wanted == "object":
        return "這裡應是一組欄位，不是單一內容。", "換行後縮排兩個空白，逐行寫「欄位: 內容」。"
    if isinstance(value, list | dict):
        return (
            f"這裡應是{_KINDS[wanted]}，卻寫了清單或一組欄位。",
            f"只寫一個{_KINDS[wanted]}，不要以「- 」或下一層欄位開頭。",
        )
    if wanted == "boolean":
        return _wrong_boolean(value)
    if wanted in ("integer", "number"):
        return _wrong_number(str(value), wanted)
    return f"{shown(value)}不是{_KINDS[wanted]}。", f"請寫{_KINDS[wanted]}。"


def wrong_date(value: str) -> Words:
    """Word a text that is no ISO date."""
    narrow = unicodedata.normalize("NFKC", value).strip()
    found = _DATE.fullmatch(narrow)
    if found is None:
        return f"{shown(value)}不是日期。", "寫成西元年-月-日，例如 2022-03-18。"
    year, month, day = (int(part) for part in found.groups())
    western = year if year > 1000 else year + 1911
    try:
        meant = datetime.date(western, month, day)
    except ValueError:
        return (
            f"{shown(value)}：{western} 年 {month} 月沒有 {day} 日。",
            "查明日期後，寫成西元年-月-日，例如 2022-03-18。",
        )
    reason = "民國年要換成西元年" if western != year else "年月日以半形「-」相連，月、日各兩位數"
    return f"{shown(value)}不是要求的日期寫法（{reason}）。", f"改寫成 {meant.isoformat()}。"


def wrong_pattern(value: str, title: str, examples: Iterable[Any]) -> Words:
    """Word a text that does not have the form its field wants."""
    narrow = unicodedata.normalize("NFKC", value)
    if narrow != value:
        return f"「{title}」用了全形字元{shown(value)}。", f"改用半形，寫成 {narrow}。"
    example = next(iter(examples), None)
    return (
        f"「{title}」不能寫成{shown(value)}。",
        f"例如：{example}。" if example is not None else "請看欄位說明的寫法。",
    )


def wrong_choice(value: Any, choices: Iterable[Any], titles: dict[str, str]) -> Words:
    """Word a value outside its choices."""
    known = [str(choice) for choice in choices]
    labels = "、".join(f"{choice}（{titles[choice]}）" if choice in titles else choice for choice in known)
    by_title = {title: code for code, title in titles.items()}
    meant = by_title.get(str(value)) or nearest(str(value), known)
    return f"{shown(value)}不是可用的選項。", (
        f"您要寫的是不是「{meant}」？" if meant else ""
    ) + f"可用的有：{labels}。"


def unknown_key(key: str, known: Iterable[str]) -> Words:
    """Word a field name that the file does not have."""
    meant = nearest(key, known)
    if key == "<<":
        return "不使用 YAML 的合併鍵「<<」。", "把內容直接寫出來。"
    return (
        f"沒有「{key}」這個欄位。",
        f"您要寫的是不是「{meant}」？" if meant else "對照欄位說明改正名稱，或刪去這一欄。",
    )


def _wrong_boolean(value: Any) -> Words:
    word = unicodedata.normalize("NFKC", str(value)).strip().lower()
    meant = "true" if word in _YES else "false" if word in _NO else None
    return f"{shown(value)}不是 true 或 false。", f"改寫成 {meant}。" if meant else "是寫 true，否寫 false。"


def _wrong_number(text: str, wanted: str) -> Words:
    kind = _KINDS[wanted]
    narrow = unicodedata.normalize("NFKC", text).strip()
    bare = _MONEY.sub("", narrow).strip().removesuffix("元").strip()
    digits = bare.replace(",", "") if _GROUPED.fullmatch(bare) else bare
    if re.fullmatch(r"-?0+[0-9]+", digits):
        return f"{shown(text)}開頭多了 0。", f"改寫成 {int(digits)}。"
    if re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", digits):
        if wanted == "integer" and "." in digits:
            return f"{shown(text)}不是整數。", "這一欄只收整數，請去掉小數。"
        if len(digits) > 18:
            return f"{shown(text)}太大了。", "檢查是否多打了幾個位數。"
        reason = _why_not_bare(text, narrow, bare)
        return f"{shown(text)}不是單純的{kind}（{reason}）。", f"改寫成 {digits}。"
    leading = _LEADING.fullmatch(digits)
    if leading and leading[2]:
        return f"{shown(text)}不是單純的{kind}（帶了「{leading[2].strip()}」）。", f"只寫數字，改寫成 {leading[1]}。"
    return f"{shown(text)}不是{kind}。", f"請寫半形阿拉伯數字的{kind}，例如 12。"


def _why_not_bare(text: str, narrow: str, bare: str) -> str:
    if narrow != text.strip():
        return "用了全形字元"
    return "帶了千分位逗號" if "," in bare and bare == narrow else "帶了幣別或單位"
