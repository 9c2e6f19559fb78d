"""Accept fast, explain slowly: jsonschema-rs decides, jsonschema says where a document that failed departs from it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from qunju.schema import wording
from qunju.schema.annotation import Json
from qunju.schema.finding import FormFinding
from qunju.schema.form import FileSchema, Form
from qunju.schema.formats import FORMATS
from qunju.schema.whereabouts import personal_title, whereabouts
from qunju.schema.wording import Words
from qunju.source.place import Place, Pointer


def validate(values: Any, path: str, schema: FileSchema, form: Form) -> list[FormFinding]:
    """Return where a document departs from its schema; nothing when it is well formed."""
    if schema.validator.is_valid(values):
        return []
    explanation = _Explanation(path, schema, form)
    return list(explanation.of(values)) or list(explanation.of_the_fast_judge(values))


class _Explanation:
    """What is wrong with one document; what a private file holds is never repeated."""

    def __init__(self, path: str, schema: FileSchema, form: Form) -> None:
        self._path = path
        self._schema = schema
        self._form = form

    def of(self, values: Any) -> Iterator[FormFinding]:
        """Yield the findings, in the order of the schema."""
        # Imported here because it costs as much as a small repository's whole check and sound files never need it.
        from jsonschema import Draft202012Validator, FormatChecker  # noqa: PLC0415

        formats = FormatChecker(formats=())
        for name, judge in FORMATS.items():
            formats.checks(name)(judge)
        checker = Draft202012Validator(dict(self._schema.json), format_checker=formats)
        # Of a value that is wrong in two ways the form is told, not the length that follows from it.
        errors = sorted(checker.iter_errors(values), key=lambda error: str(error.validator) == "maxLength")
        told: set[Pointer] = set()
        for error in errors:
            if error.validator == "maxLength" and tuple(error.absolute_path) in told:
                continue
            told.add(tuple(error.absolute_path))
            place = Place(self._path, tuple(error.absolute_path))
            if "propertyNames" in error.absolute_schema_path:
                yield self._wrong_identifier(error, place)
            elif error.validator == "additionalProperties":
                yield from self._unknown_fields(error, place)
            elif error.validator == "uniqueItems":
                yield from self._repeated(error.instance, place)
            else:
                yield self._wrong_value(error, place)

    def of_the_fast_judge(self, values: Any) -> Iterator[FormFinding]:
        """Yield findings for what jsonschema-rs alone refuses: a line break at the end passes `$` in Python."""
        for error in self._schema.validator.iter_errors(values):
            place = Place(self._path, tuple(error.instance_path))
            words = Words(f"「{self._form.label(place)}」的寫法不對。", "檢查結尾是否多了換行或空白。")
            yield self._finding("SHP-FORMAT", place, words)

    def _finding(self, rule: str, place: Place, words: Words, *, at_key: bool = False) -> FormFinding:
        if self._schema.private:
            words = wording.concealed(rule, self._form.label(place))
        return FormFinding(rule, place, *words, at_key=at_key, sensitive=self._schema.private)

    def _wrong_value(self, error: Any, place: Place) -> FormFinding:
        schema: Json = error.schema
        value, keyword, bound = error.instance, error.validator, error.validator_value
        title, examples = self._form.label(place), schema.get("examples", ())
        if keyword == "type":
            return self._finding("SHP-TYPE", place, wording.wrong_type(title, value, bound))
        if keyword == "format":
            return self._finding("SHP-DATE", place, wording.wrong_date(title, str(value)))
        if keyword == "enum":
            words = wording.wrong_choice(title, value, bound, schema.get("x-enum-titles", {}))
            return self._finding("SHP-CHOICE", place, words)
        if keyword == "required":
            name = next(key for key in bound if key not in value and f"'{key}'" in error.message)
            label = schema.get("properties", {}).get(name, {}).get("title", name)
            return self._finding("SHP-REQUIRED", place, wording.missing_field(name, label))
        beyond = wording.out_of_bounds(keyword, title, value, bound)
        if beyond is not None:
            rule = "SHP-RANGE" if keyword in ("minimum", "maximum") else "SHP-LENGTH"
            return self._finding(rule, place, beyond)
        words = wording.wrong_text(title, str(value), schema.get("pattern", ""), _acceptor(schema), examples)
        return self._finding("SHP-FORMAT", place, words)

    def _wrong_identifier(self, error: Any, place: Place) -> FormFinding:
        key, schema = str(error.instance), error.schema
        words = wording.wrong_identifier(self._form.label(place), key, _acceptor(schema), schema.get("examples", ()))
        return self._finding("SHP-FIELD", place.at(key), words, at_key=True)

    def _repeated(self, values: list[Any], place: Place) -> Iterator[FormFinding]:
        for index, value in enumerate(values):
            if value in values[:index]:
                words = wording.repeated(self._form.label(place), value)
                yield self._finding("SHP-FORMAT", place.at(index), words)

    def _unknown_fields(self, error: Any, place: Place) -> Iterator[FormFinding]:
        known: Json = error.schema.get("properties", {})
        patterns = error.schema.get("patternProperties", {})
        titles = {name: str(child.get("title", name)) for name, child in known.items()}
        for key in error.instance:
            if key in known or any(re.search(pattern, key) for pattern in patterns):
                continue
            where = place.at(key)
            title = None if self._schema.private else personal_title(self._form, self._schema.name, where)
            if title is not None:
                words = wording.personal_field(key, title)
                yield FormFinding("SHP-FIELD", where, *words, at_key=True, sensitive=True)
            elif patterns:
                accepts = _acceptor({"pattern": next(iter(patterns))})
                words = wording.wrong_identifier(self._form.label(place), key, accepts, ())
                yield self._finding("SHP-FIELD", where, words, at_key=True)
            else:
                words = wording.unknown_field(key, titles, whereabouts(self._form, self._schema, key))
                yield self._finding("SHP-FIELD", where, words, at_key=True)


def _acceptor(schema: Json) -> Callable[[str], bool]:
    pattern, longest = re.compile(schema.get("pattern", "")), schema.get("maxLength", 10_000)
    return lambda text: len(text) <= longest and pattern.search(text) is not None and not text.endswith("\n")
