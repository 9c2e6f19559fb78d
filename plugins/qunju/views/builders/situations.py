"""The situations of a clause to the examples on its page: what is changed, in the form's words, and what comes out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final, TypeAlias

from qunju.regulation.clause import Clause
from qunju.regulation.limit import Limit, amount
from qunju.regulation.programme import Programme
from qunju.regulation.situation import Situation
from qunju.regulation.verdict import Reason, Status, Verdict
from qunju.schema.annotation import Json, child_of
from qunju.schema.form import MEMBER
from qunju.schema.legend import Legend
from qunju.views.reference import Change, Example

Play: TypeAlias = Callable[[Situation], Verdict | None]

STATUS_WORDS: Final = {
    Status.PASS: "符合",
    Status.FAIL: "不符",
    Status.NOT_APPLICABLE: "不適用",
    Status.UNDETERMINED: "尚無法判定",
}
_REASONS: Final = {
    Reason.MISSING: "缺資料",
    Reason.PRIVATE: "要讀 private/",
    Reason.UNSOUND: "檔案有誤",
    Reason.PERSON: "由人判斷",
    Reason.UNRENDERED: "要看產出的文件",
    Reason.STAGE: "還沒到這個階段",
    Reason.CATEGORY: "不適用這一類",
    Reason.SCOPE: "不在判定範圍",
    Reason.CONDITION: "沒有這種情形",
}
_LONGEST: Final = 160


def examples(clause: Clause, situations: Sequence[Situation], play: Play) -> tuple[Example, ...]:
    """Return every situation of a clause as its page shows it; `play` gives the verdict in full, where it can."""
    return tuple(_example(clause, situation, play(situation)) for situation in situations)


def chosen(shown: Sequence[Example]) -> tuple[Example | None, Example | None]:
    """Return a passing and a failing example; where nothing fails, one that is left open."""
    passing = [example for example in shown if example.status == Status.PASS.value]
    failing = [example for example in shown if example.status == Status.FAIL.value]
    open_ones = [example for example in shown if example.status == Status.UNDETERMINED.value]
    return _telling(passing), _telling(failing or open_ones)


def _telling(shown: Sequence[Example]) -> Example | None:
    """Return the first example that changes something and says what comes of it: it tells where the boundary is."""
    return max(shown, key=lambda example: (bool(example.changes), bool(example.message)), default=None)


def _example(clause: Clause, situation: Situation, verdict: Verdict | None) -> Example:
    return Example(
        text=situation.text,
        base=f"{situation.base} 類示範提案",
        changes=tuple(_changes(clause.programme, situation)),
        status=situation.status.value,
        verdict=STATUS_WORDS[situation.status],
        severity=situation.severity.word if situation.severity else "",
        reason=_REASONS[situation.reason] if situation.reason else "",
        measured=_measured(clause, situation.measured),
        gap="" if situation.gap is None else amount(situation.gap, ""),
        message="" if verdict is None else verdict.message.removeprefix(f"{clause.title}："),
        notes=() if verdict is None else tuple(note.message for note in verdict.notes),
    )


def _measured(clause: Clause, value: Any) -> str:
    if value is None:
        return ""
    unit = clause.limit.unit if isinstance(clause.limit, Limit) else ""
    return amount(value, unit) if isinstance(value, int | Decimal) else str(value)


def _changes(programme: Programme, situation: Situation) -> Iterator[Change]:
    if situation.sealed:
        yield Change("送件內容的雜湊值", "先記錄下來", "progress.submission.snapshot_sha256")
    for path, value in situation.change.items():
        yield _change(programme, path, value)
    for identifier, times in situation.copies.items():
        yield Change(
            f"成員 {identifier}", f"再加 {times} 家一樣的公司，名稱與統一編號各不相同", f"members.{identifier}"
        )
    for file, text in situation.append.items():
        yield Change(f"{file} 檔尾", f"加上：{_short(text.strip())}", file)
    for name, other in situation.others.items():
        changed = "、".join(_words(_change(programme, *one)) for one in (other.get("change") or {}).items())
        yield Change(f"另有一案 {name}", f"以 {other['base']} 類示範提案為底" + (f"：{changed}" if changed else ""), "")
    for file in situation.tracked:
        yield Change(file, "已被 git 追蹤", file)
    for flag, choice in situation.flags.items():
        yield Change(f"年度設定 {flag}", _value(choice), "")
    for name, field in situation.fields.items():
        yield Change(f"結構定義 {name}", f"加上欄位「{field['title']}」", "schema/")
    if situation.private:
        yield Change("檢查方式", "加 --private，連同 private/ 一起讀", "")


def _words(change: Change) -> str:
    return f"{change.field}改為「{change.value}」"


def _change(programme: Programme, path: str, value: Any) -> Change:
    """Return a change in words: the titles that lead to a field, and the value with what it means."""
    first, *keys = path.split(".")
    private = first == "private"
    if private:
        first, *keys = keys
    kind = MEMBER if first == "members" else first
    trail = [f"成員 {keys.pop(0)}"] if kind == MEMBER else []
    family = programme.form.private if private else programme.form.committed
    if kind not in family:
        return Change(path, _value(value), path)
    schema = family[kind]
    here: Json | None = schema.json
    trail = trail or [str(schema.json["title"])]
    for key in keys:
        below = child_of(here, key, schema.json) if here is not None else None
        named = here is not None and key in here.get("properties", {})
        trail.append(
            str(below.get("title", key)) if named and below else f"第 {int(key) + 1} 筆" if key.isdigit() else key
        )
        here = below
    meanings = {} if here is None else _meanings(Legend.of(schema, programme.form, programme), here)
    words = _value(value)
    if not keys:
        words = "拿掉這個檔案" if value is None else f"改寫為 {words}"
    meaning = meanings.get(words, "")
    return Change(" › ".join(trail), f"{words}（{meaning}）" if meaning else words, path)


def _meanings(legend: Legend, schema: Json) -> Mapping[str, str]:
    return {choice.value: choice.meaning for choice in legend.choices(schema)}


def _value(value: Any) -> str:
    if value is None:
        return "不填"
    if isinstance(value, str) and not value.strip():
        return "（空白）"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return _short("、".join(map(_value, value))) if value else "[]（沒有任何一筆）"
    if isinstance(value, dict):
        return _short("，".join(f"{key}: {_value(item)}" for key, item in value.items()))
    return _short(str(value))


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…（共 {len(text):,} 字）"
