"""Findings of form in words: what is wrong in one sentence, and what to type instead."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from qunju.schema import repair

MAX_SHOWN = 40
_MOST_NAMED: Final = 6
"""More absent files than these are not named one by one."""


class Words(NamedTuple):
    """What is wrong, and how to mend it."""

    message: str
    remedy: str


_KINDS = {
    "string": "一段文字",
    "integer": "一個整數",
    "number": "一個數字",
    "boolean": "true 或 false",
}
_CONCEALED = {
    "SHP-FIELD": ("這裡有格式裡沒有的欄位名稱或識別字", "對照欄位說明改正名稱"),
    "SHP-REQUIRED": ("「{}」缺少必要的欄位", "對照欄位說明補上"),
    "SHP-TYPE": ("「{}」的內容不是這一欄要的型別", "對照欄位說明，改寫成文字、數字、是否或清單"),
    "SHP-DATE": ("「{}」不是正確的日期", "寫成西元年-月-日，例如 2022-03-18"),
    "SHP-FORMAT": ("「{}」的寫法不對", "對照欄位說明的例子改正；常見的是全形字元、多餘的空白"),
    "SHP-CHOICE": ("「{}」不是可用的選項", "對照欄位說明所列的選項改正"),
    "SHP-RANGE": ("「{}」的數值太大或太小", "檢查是否打錯位數"),
    "SHP-LENGTH": ("「{}」太長、太短或筆數太多", "對照欄位說明的長度改正"),
    "SHP-REFERENCE": ("「{}」的識別字在提案裡找不到", "改成提案裡有的識別字"),
    "SHP-PATH": ("「{}」的檔案路徑不對", "檔案放進提案資料夾，寫相對路徑"),
}
"""What may be said of a field whose content must not be shown."""


LONE_TWIN = Words("這個識別字在會提交的同名檔案裡沒有，無從併入。", "改正識別字，使兩邊相同。")


def concealed(rule: str, title: str) -> Words:
    """Word a finding without a word of what the field holds."""
    message, remedy = _CONCEALED[rule]
    return Words(f"{message.format(title)}。", f"{remedy}。")


def shown(value: Any) -> str:
    """Return a value as a person typed it, cut where it is long."""
    text = " ".join((str(value).lower() if isinstance(value, bool) else str(value)).split())
    return f"「{text[:MAX_SHOWN]}…」" if len(text) > MAX_SHOWN else f"「{text}」"


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that was probably meant."""
    found = difflib.get_close_matches(repair.narrow(word), list(known), n=1, cutoff=0.6)
    return found[0] if found else None


def wrong_type(title: str, value: Any, wanted: str) -> Words:
    """Word a value of another type than the schema wants."""
    if value is None:
        return Words(f"「{title}」有一筆是空的。", "寫上內容，或刪去這一行。")
    if wanted == "array":
        return _wrong_list(title, value)
    if wanted == "object":
        typed = isinstance(value, str) and "：" in value
        reason = "；這裡的冒號是全形" if typed else ""
        remedy = "換行後縮排兩個空白，逐行寫「欄位: 內容」，冒號用半形、後面空一格。"
        return Words(f"「{title}」要分成幾個欄位來寫{reason}。", remedy)
    if isinstance(value, list | dict):
        remedy = f"只寫{_KINDS[wanted]}，不要以「- 」或下一層的欄位開頭。"
        return Words(f"「{title}」應是{_KINDS[wanted]}，卻寫了清單或一組欄位。", remedy)
    if wanted == "boolean":
        meant = repair.boolean(str(value))
        remedy = "是寫 true，否寫 false。" if meant is None else f"改寫成 {str(meant).lower()}。"
        return Words(f"「{title}」寫成{shown(value)}，這一欄只能寫 true（是）或 false（否）。", remedy)
    return _wrong_number(title, str(value), wanted)


def wrong_date(title: str, value: str) -> Words:
    """Word a text that is no ISO date."""
    day = repair.day(value)
    if day is None:
        return Words(f"「{title}」寫成{shown(value)}，不是完整的日期。", "寫成西元年-月-日，例如 2022-03-18。")
    if day.value is None:
        month = 1 <= day.month <= 12
        reason = f"{day.year} 年 {day.month} 月沒有 {day.day} 日" if month else f"{day.year} 年沒有 {day.month} 月"
        return Words(f"「{title}」寫成{shown(value)}，{reason}。", "查明日期後，寫成西元年-月-日，例如 2022-03-18。")
    reason = "民國年要換成西元年，以「-」相連" if day.roc else "年月日要以半形「-」相連，月、日各兩位數"
    return Words(f"「{title}」寫成{shown(value)}，{reason}。", f"改寫成 {day.value.isoformat()}。")


def wrong_text(title: str, value: str, pattern: str, accepts: Callable[[str], bool], examples: Iterable[Any]) -> Words:
    """Word a text that does not have the form (pattern) that its field wants."""
    found = repair.text(value, accepts)
    if found:
        reason, meant = found
        return Words(f"「{title}」寫成{shown(value)}，{reason}。", f"改寫成 {meant}。")
    example = next(iter(examples), None)
    remedy = "對照欄位說明的寫法改正。" if example is None else f"照這樣寫：{example}。"
    digits = re.fullmatch(r"\^\[0-9\]\{([0-9]+)\}\$", pattern)
    if digits and value.isdecimal():
        message = f"「{title}」寫成{shown(value)}，應有 {digits[1]} 位數字，這裡有 {len(value)} 位。"
        return Words(message, "查明後補足或刪去；開頭的 0 也要寫。")
    return Words(f"「{title}」不能寫成{shown(value)}。", remedy)


def wrong_choice(title: str, value: Any, choices: Iterable[Any], titles: Mapping[str, str]) -> Words:
    """Word a value outside its choices."""
    known = [str(choice) for choice in choices]
    by_title = {words: code for code, words in titles.items()}
    word = repair.narrow(str(value))
    meant = by_title.get(word) or nearest(word, known) or by_title.get(nearest(word, by_title) or "")
    labels = "、".join(f"{choice}（{titles[choice]}）" if choice in titles else choice for choice in known)
    remedy = f"您要寫的是不是「{meant}」？可用的有：{labels}。" if meant else f"可用的有：{labels}。"
    return Words(f"「{title}」寫成{shown(value)}，不是可用的選項。", remedy)


def wrong_identifier(title: str, value: str, accepts: Callable[[str], bool], examples: Iterable[Any]) -> Words:
    """Word a key that does not have the form of its map's identifiers."""
    if value == "<<":
        return Words("不使用 YAML 的合併鍵「<<」。", "把內容直接寫出來。")
    meant = next((word for word in (value.upper(), repair.identifier(value)) if accepts(word)), None)
    example = next(iter(examples), None)
    remedy = f"改寫成 {meant}。" if meant else f"照這樣寫：{example}。" if example else "對照欄位說明改正。"
    return Words(f"「{title}」之下的識別字{shown(value)}寫法不對。", remedy)


def unknown_field(name: str, titles: Mapping[str, str], elsewhere: str | None) -> Words:
    """Word a field name that does not exist here; `elsewhere` says where it does."""
    if name == "<<":
        return Words("不使用 YAML 的合併鍵「<<」。", "把內容直接寫出來。")
    by_title = {title: known for known, title in titles.items()}
    word = repair.narrow(name)
    meant = word if word in titles else by_title.get(word)
    if meant is None and elsewhere is None:
        meant = nearest(word.lower(), titles) or by_title.get(nearest(word, by_title) or "")
    if meant:
        label = f"（{titles[meant]}）" if titles[meant] != meant else ""
        return Words(f"沒有{shown(name)}這個欄位。", f"您要寫的是不是「{meant}」{label}？")
    if elsewhere:
        return Words(f"{shown(name)}不是這裡的欄位。", f"它應寫在{elsewhere}；請移過去，或檢查縮排。")
    return Words(f"沒有{shown(name)}這個欄位。", "對照欄位說明改正名稱，或刪去這一欄。")


def personal_field(name: str, title: str) -> Words:
    """Word a personal field in a committed file."""
    remedy = "移到 private/ 的同名檔案、同一層欄位之下，並從這裡刪除。"
    return Words(f"「{title}」（{name}）是個人資料，不能寫在會提交的檔案裡。", remedy)


def repeated(title: str, value: Any) -> Words:
    """Word something that stands in a list twice."""
    return Words(f"「{title}」重複寫了{shown(value)}。", "刪去重複的一筆。")


def missing_field(name: str, title: str) -> Words:
    """Word the absence of a field without which the rest means nothing."""
    return Words(f"缺少「{title}」（{name}）。", f"加一行「{name}: 」並填寫內容。")


def out_of_bounds(keyword: str, title: str, value: Any, bound: Any) -> Words | None:
    """Word a value that is too large, too small, too long or too many; None where the keyword is not about that."""
    match keyword:
        case "minimum":
            return Words(f"「{title}」寫成 {value}，不能小於 {bound}。", "檢查數字，負數與 0 是否打錯。")
        case "maximum":
            return Words(f"「{title}」寫成 {value}，不能大於 {bound}。", "檢查是否多打了位數。")
        case "maxLength":
            return Words(f"「{title}」有 {len(value)} 字，至多 {bound} 字。", f"刪減 {len(value) - bound} 字以上。")
        case "maxItems" | "maxProperties":
            return Words(f"「{title}」有 {len(value)} 筆，至多 {bound} 筆。", f"刪去 {len(value) - bound} 筆以上。")
        case _:
            return None


def dangling(title: str, value: str, known: Iterable[str], where: str) -> Words:
    """Word an identifier that nothing has."""
    listed = sorted(known)
    meant = nearest(value, listed)
    some = "、".join(listed[:12]) + ("等" if len(listed) > 12 else "")
    remedy = f"您要寫的是不是「{meant}」？" if meant else f"{where.lstrip()}有：{some or '（還沒有）'}。"
    return Words(f"「{title}」寫了{shown(value)}，但{where}沒有這個識別字。", remedy)


def misplaced_file(title: str, value: str, root: str, known: Iterable[str]) -> Words:
    """Word a file path that leaves the folder where it must stay."""
    path = repair.narrow(value).replace("\\", "/").removeprefix("./")
    meant = next((one for one in (path, f"{root}{path.rpartition('/')[2]}") if one in known), None)
    remedy = f"改寫成 {meant}。" if meant else f"檔案放進提案資料夾的 {root}，寫成「{root}檔名」。"
    return Words(f"「{title}」的路徑{shown(value)}不在 {root} 之下。", remedy)


def absent_file(title: str, value: str, known: Iterable[str]) -> Words:
    """Word a file that is not there."""
    meant = nearest(value, known)
    remedy = f"您要寫的是不是「{meant}」？" if meant else "把檔案放進去，或改正檔名（大小寫也要相同）。"
    return Words(f"「{title}」所寫的{shown(value)}不在提案資料夾裡。", remedy)


def absent_evidence(title: str, names: Sequence[str], root: str) -> Words:
    """Word files under private/ that are not there, however many a document names."""
    if len(names) == 1:
        return absent_file(title, names[0], ())
    listed = "、".join(shown(name.removeprefix(root)) for name in names[:_MOST_NAMED])
    more = "等" if len(names) > _MOST_NAMED else ""
    message = f"這裡所列的檔案有 {len(names)} 個不在提案資料夾的 {root}：{listed}{more}。"
    return Words(message, "把檔案放進去，或改正檔名（大小寫也要相同）。")


def no_picture(title: str, value: str, endings: Iterable[str]) -> Words:
    """Word a file for the public whose name is not that of a picture."""
    remedy = f"換成圖檔，檔名結尾可以是 {'、'.join(endings)}。"
    return Words(f"「{title}」所寫的{shown(value)}不是圖檔。", remedy)


UNSEEN: Final = "另有 {} 件佐證放在 private/evidence/，檔案在不在要到有這些檔案的電腦上才知道。"
"""What is said where files under private/ are named and nobody looks for them."""


def _wrong_list(title: str, value: Any) -> Words:
    tight = isinstance(value, str) and value.startswith("-")
    remedy = "每一筆各寫一行，以「- 」開頭（減號後空一格）；一筆也沒有時寫 []。"
    return Words(f"「{title}」應是清單{'；減號後面少了空白' if tight else ''}。", remedy)


def _wrong_number(title: str, text: str, wanted: str) -> Words:
    found = repair.number(text)
    if found is None:
        many = sum(char.isdigit() for char in text) > repair.MAX_DIGITS
        remedy = "檢查是否多打了位數。" if many else "只寫半形阿拉伯數字，例如 12。"
        return Words(f"「{title}」寫成{shown(text)}，不是{_KINDS[wanted]}。", remedy)
    value, reasons = found
    if wanted == "integer" and value != value.to_integral_value():
        return Words(f"「{title}」寫成{shown(text)}，不是整數。", "這一欄只收整數，請去掉小數。")
    meant = f"{value.to_integral_value() if value == value.to_integral_value() else value.normalize():f}"
    reason = "、".join(reasons) or "不是單純的數字"
    return Words(f"「{title}」寫成{shown(text)}，{reason}。", f"只寫數字，改成 {meant}。")
