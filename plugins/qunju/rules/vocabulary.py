"""Whether words are among those that the year's form offers: one formula for every clause that judges a vocabulary."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from qunju.model.cluster import Cluster
from qunju.model.record import File, Missing, Unsound
from qunju.regulation.clause import Clause
from qunju.regulation.verdict import Verdict
from qunju.regulation.wording import alias_key, wording_key
from qunju.rules.completeness import lacking_fields
from qunju.schema import wording
from qunju.schema.annotation import ABSENT, FieldSchema, Found, find, values_at
from qunju.schema.demand import is_demanded
from qunju.source.place import Place


def listed(cluster: Cluster, clause: Clause) -> Verdict:
    """Every word of the fields that the schemas give to this clause (x-vocabulary) is one the form offers.

    What such a word asks to be filled in besides (x-clause), as 其他 asks which, is; in private/ only where it is read.
    """
    wrong, unknown = _judge_words(cluster, clause)
    unknown.extend(cause for cause in lacking_fields(cluster, clause) if not _is_closed(cause))
    if wrong:
        # What stands in private/ is not repeated, so that several words may be told of alike.
        told = list(dict.fromkeys(message.removesuffix("。") for message, _ in wrong))[:6]
        words = "；".join(told) + ("" if told[-1].endswith("？") else "。")
        return clause.fails(f"{clause.title}：{words}", *(place for _, place in wrong))
    return clause.unknown(*unknown) if unknown else clause.passes(f"{clause.title}：皆在列舉之內。")


def _judge_words(cluster: Cluster, clause: Clause) -> tuple[list[tuple[str, Place]], list[Missing | Unsound]]:
    """Return the words that the form does not offer, with their places, and the demanded fields that are empty."""
    wrong: list[tuple[str, Place]] = []
    unknown: list[Missing | Unsound] = []
    for schema, field in clause.programme.form.vocabularies.get(clause.id, ()):
        for file in cluster.files_of(schema.name):
            if not file.sound:
                unknown.append(Unsound(file.path))
            elif not schema.private or file.private_loaded:
                wrong.extend(_wrong_in(file, field, clause, personal=schema.private))
                unknown.extend(_empty_in(file, field, personal=schema.private))
    return wrong, unknown


def _wrong_in(file: File, field: FieldSchema, clause: Clause, *, personal: bool) -> Iterator[tuple[str, Place]]:
    vocabulary = field.schema["x-vocabulary"]["of"]
    words = clause.programme.vocabulary(vocabulary)
    if all(is_listed(value, words) for value in values_at(file.values, field.path)):
        return
    for found in find(file.values, field.path):
        for key, word in _words_at(found):
            if word in words or clause.programme.canonical(vocabulary, word) in words:
                continue
            meant = _in_other_words(word, words, vocabulary, clause) or wording.nearest(word, words)
            shown = "內容" if personal else wording.shown(word)
            hint = f"，您要寫的是不是「{meant}」？" if meant and not personal else "。"
            yield f"「{field.title}」的{shown}不在列舉之內{hint}", file.place(key, personal=personal)


def is_listed(value: Any, words: Collection[str]) -> bool:
    """Tell whether a field holds nothing but some words, letter for letter."""
    if isinstance(value, str):
        return value in words
    return all(word in words for word in value if isinstance(word, str)) if isinstance(value, list | dict) else True


def _in_other_words(word: str, words: Collection[str], vocabulary: str, clause: Clause) -> str | None:
    """Return the word of the form that another wording stands for: 其他 for 其它."""
    key = alias_key(clause.programme, vocabulary, word)
    return next((each for each in words if wording_key(clause.programme, each) == key), None)


def _is_closed(cause: Missing | Unsound) -> bool:
    return isinstance(cause, Missing) and cause.reason == "private"


def _words_at(found: Found) -> Iterator[tuple[tuple[str | int, ...], str]]:
    value: Any = found.value
    if isinstance(value, str) and value.strip():
        yield found.pointer, value
    elif isinstance(value, Mapping):
        yield from (((*found.pointer, key), key) for key in value if key != "subtotal")
    elif isinstance(value, list):
        yield from (((*found.pointer, index), word) for index, word in enumerate(value) if isinstance(word, str))


def _empty_in(file: File, field: FieldSchema, *, personal: bool) -> Iterator[Missing]:
    if field.due is None or not any(map(_is_blank, values_at(file.values, field.path))):
        return
    for found in find(file.values, field.path):
        if _is_blank(found.value) and is_demanded(found, field, file.values):
            yield Missing(file.place(found.pointer, personal=personal), field.path[-1], "missing")


def _is_blank(value: Any) -> bool:
    return value is ABSENT or (isinstance(value, str) and not value.strip())
