"""Accept fast, explain slowly: jsonschema-rs decides, jsonschema words what is wrong with a document that failed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from qunju.schema import wording
from qunju.schema.annotation import Json
from qunju.schema.finding import FormFinding
from qunju.schema.form import FileSchema, Form
from qunju.source.place import Place


def validate(values: Any, path: str, schema: FileSchema, form: Form) -> list[FormFinding]:
    """Return where a document departs from its schema; nothing when it is well formed."""
    if schema.validator.is_valid(values):
        return []
    findings = list(_explain(values, path, schema, form))
    return findings or [_unexplained(error, path, schema) for error in schema.validator.iter_errors(values)]


def _explain(values: Any, path: str, schema: FileSchema, form: Form) -> Iterator[FormFinding]:
    # Imported here because it costs as much as a small repository's whole check and sound files never need it.
    from jsonschema import Draft202012Validator, FormatChecker  # noqa: PLC0415

    checker = Draft202012Validator(dict(schema.json), format_checker=FormatChecker(["date"]))
    for error in checker.iter_errors(values):
        place = Place(path, tuple(error.absolute_path))
        if error.validator == "additionalProperties":
            yield from _unknown_keys(error, place, schema, form)
        else:
            yield _finding(error, place, sensitive=schema.private)


def _finding(error: Any, place: Place, *, sensitive: bool) -> FormFinding:
    rule, (message, remedy), at_key = _words(error)
    if error.validator == "propertyNames" or (
        error.validator == "pattern" and "propertyNames" in error.absolute_schema_path
    ):
        place = place.at(str(error.instance))
    if sensitive:
        message = "這一欄的內容不合格式。"
    return FormFinding(
        rule, place, message, remedy if not sensitive else _remedy_without_value(error), at_key, sensitive
    )


def _words(error: Any) -> tuple[str, wording.Words, bool]:
    schema: Json = error.schema
    value, keyword = error.instance, error.validator
    title = schema.get("title", "內容")
    if "propertyNames" in error.absolute_schema_path:
        return (
            "SHP-FIELD",
            (f"識別字{wording.shown(value)}的寫法不對。", f"例如：{_identifier_example(schema)}。"),
            True,
        )
    if keyword == "type":
        return "SHP-TYPE", wording.wrong_type(value, error.validator_value), False
    if keyword == "format":
        return "SHP-DATE", wording.wrong_date(str(value)), False
    if keyword == "pattern":
        return "SHP-FORMAT", wording.wrong_pattern(str(value), title, schema.get("examples", ())), False
    if keyword == "enum":
        return (
            "SHP-CHOICE",
            wording.wrong_choice(value, error.validator_value, dict(schema.get("x-enum-titles", {}))),
            False,
        )
    if keyword == "required":
        missing = next(key for key in error.validator_value if key not in value and f"'{key}'" in error.message)
        label = schema.get("properties", {}).get(missing, {}).get("title", missing)
        return "SHP-REQUIRED", (f"缺少「{label}」（{missing}）。", f"加一行「{missing}: 」並填寫內容。"), False
    return _bound_words(keyword, value, error.validator_value, title)


def _bound_words(keyword: str, value: Any, bound: Any, title: str) -> tuple[str, wording.Words, bool]:
    words: dict[str, tuple[str, str, str]] = {
        "minimum": ("SHP-RANGE", f"「{title}」{wording.shown(value)}太小。", f"不得小於 {bound}。"),
        "maximum": (
            "SHP-RANGE",
            f"「{title}」{wording.shown(value)}太大。",
            f"不得大於 {bound}，請檢查是否多打了位數。",
        ),
        "maxLength": ("SHP-LENGTH", f"「{title}」太長。", f"至多 {bound} 字。"),
        "minLength": ("SHP-LENGTH", f"「{title}」太短。", f"至少 {bound} 字。"),
        "maxItems": ("SHP-LENGTH", f"「{title}」的筆數太多。", f"至多 {bound} 筆。"),
        "maxProperties": ("SHP-LENGTH", f"「{title}」的筆數太多。", f"至多 {bound} 筆。"),
        "minItems": ("SHP-LENGTH", f"「{title}」的筆數太少。", f"至少 {bound} 筆。"),
        "uniqueItems": ("SHP-FORMAT", f"「{title}」裡有重複的內容。", "刪去重複的一筆。"),
    }
    rule, message, remedy = words.get(keyword, ("SHP-FORMAT", f"「{title}」不合格式。", "請對照欄位說明改正。"))
    return rule, (message, remedy), False


def _unknown_keys(error: Any, place: Place, schema: FileSchema, form: Form) -> Iterator[FormFinding]:
    known = error.schema.get("properties", {})
    patterns = error.schema.get("patternProperties", {})
    for key in error.instance:
        if key in known or any(_matches(pattern, key) for pattern in patterns):
            continue
        where = place.at(key)
        personal = not schema.private and _is_personal(form, schema.name, where)
        if personal:
            message, remedy = (
                f"「{key}」是個人資料，不能寫在會提交的檔案裡。",
                "移到 private/ 的同名檔案、同一層欄位之下，並從這裡刪除。",
            )
        else:
            message, remedy = wording.unknown_key(key, known or [p.strip("^$") for p in patterns])
        yield FormFinding("SHP-FIELD", where, message, remedy, at_key=True, sensitive=personal or schema.private)


def _is_personal(form: Form, name: str, place: Place) -> bool:
    """Tell whether a field unknown in a committed file exists in the file's private twin."""
    if name not in form.private:
        return False
    shape = form.private[name].shape
    for key in place.pointer:
        child = shape.items if isinstance(key, int) else shape.properties.get(key, shape.others)
        if child is None:
            return False
        shape = child
    return True


def _matches(pattern: str, key: str) -> bool:
    import re  # noqa: PLC0415  # only where a document failed

    return re.search(pattern, key) is not None


def _identifier_example(schema: Json) -> str:
    examples = schema.get("examples", ())
    return str(next(iter(examples), "小寫英文字母開頭，接小寫英數字與連字號，如 dao-lang"))


def _remedy_without_value(error: Any) -> str:
    if error.validator == "format":
        return "日期寫成西元年-月-日，例如 2022-03-18。"
    return f"請對照「{error.schema.get('title', '欄位')}」的說明改正。"


def _unexplained(error: Any, path: str, schema: FileSchema) -> FormFinding:
    place = Place(path, tuple(error.instance_path))
    return FormFinding(
        "SHP-FORMAT",
        place,
        "這裡的內容不合格式。",
        "請對照欄位說明改正；注意結尾多餘的換行與全形字元。",
        sensitive=schema.private,
    )
