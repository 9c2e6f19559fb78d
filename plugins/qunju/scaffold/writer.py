"""A schema written out as a file to fill in: each field under a comment that explains it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from qunju.scaffold.outline import Outline, Use
from qunju.scaffold.text import WIDTH, comment, indent, pack, pair, scalar, wrap
from qunju.schema.annotation import FieldSchema, Json
from qunju.schema.compose import SHORT
from qunju.schema.legend import Choice, conditions_of, vocabulary_of

_BRIEF: Final = 12
"""Choices whose meanings are longer than this get a line each."""

_ITEM_HOMES: Final = {"member_items": "members/ 的成員檔案", "cluster_items": "assessment.yml"}
"""Where the items of the self-assessments are listed, each with its name: too many to repeat elsewhere."""


@dataclass(frozen=True)
class Writer:
    """Writes one file. `contents` replaces what stands under a field, by path: rows and items that the year gives."""

    outline: Outline
    contents: Mapping[tuple[str, ...], Sequence[str]] = field(default_factory=dict)

    def document(self) -> Iterator[str]:
        """Yield the lines of the file's fields."""
        children = self.outline.children(FieldSchema((), self.outline.root))
        uses = [self.outline.use(child) for child in children]
        if Use.WANTED not in uses:
            # A file of nothing but comments would count as empty.
            uses[uses.index(Use.SPARE)] = Use.WANTED
        for child, use in zip(children, uses, strict=True):
            yield from self._field(child, use)

    def example(self, of: FieldSchema, key: str = "") -> Iterator[str]:
        """Yield an element of a list or keyed mapping, as it would stand below the field."""
        element = self.outline.element(of)
        if element is None:
            return
        if of.schema["type"] == "object":
            name = key or of.schema.get("propertyNames", {}).get("examples", ("a",))[0]
            if element.schema["type"] == "object":
                yield f"{name}:"
                yield from indent(self._example_fields(element))
            else:
                # Unlike a field, an element cannot be left empty.
                yield pair(name, self._first(element) or element.schema.get("minimum"))
        elif element.schema["type"] == "object":
            first, *rest = self._example_fields(element)
            yield f"- {first}"
            yield from indent(rest)
        else:
            listed = next(iter(of.schema.get("examples", ())), None)
            yield from (f"- {scalar(value)}" for value in listed or [self._first(element) or f"（{element.title}）"])

    def _field(self, of: FieldSchema, use: Use) -> Iterator[str]:
        """Yield the lines of a field, with an empty one in front; none for a field that is left out."""
        if use is Use.NONE:
            return
        yield ""
        yield from comment(self._explanation(of, use))
        yield from self._wanted(of) if use is Use.WANTED else comment(self._spare(of))

    def _wanted(self, of: FieldSchema) -> Iterator[str]:
        key = of.path[-1]
        if of.path in self.contents:
            yield f"{key}:"
            yield from indent(self.contents[of.path])
        elif self.outline.element(of) is not None:
            yield f"{key}:"
            yield from indent(comment(self.example(of)))
        elif of.schema["type"] == "object":
            yield f"{key}:"
            children = self.outline.children(of)
            inner = [line for child in children for line in self._field(child, self.outline.use(child))]
            yield from indent(inner[1:])
        elif of.schema.get("x-markdown"):
            yield f"{key}: |-"
        else:
            yield pair(key, self.outline.given.get(of.path))

    def _spare(self, of: FieldSchema) -> Iterator[str]:
        """Yield a field's lines with an example in it; they are to be commented out."""
        key = of.path[-1]
        if self.outline.element(of) is not None:
            yield f"{key}:"
            yield from indent(self.example(of))
        elif of.schema["type"] == "object":
            yield f"{key}:"
            for child in self.outline.children(of):
                first, *rest = self._spare(child)
                yield from indent([f"{first}  # {child.title}", *rest])
        else:
            yield self._sample(of)

    def _example_fields(self, element: FieldSchema) -> Iterator[str]:
        """Yield the fields of an example: all of a few, of many those demanded."""
        outline = self.outline
        children = self._concerned(element)
        values = {child.path: self._first(child) for child in children}
        fitting = [child for child in children if self._applies(child, values)]
        needed = [
            child
            for child in fitting
            if child.path[-1] in element.schema.get("required", ()) or outline.use(child) is Use.WANTED
        ]
        for child in needed if needed and len(children) > SHORT else fitting:
            inner = outline.element(child)
            if inner is None and child.schema["type"] != "object":
                yield self._sample(child)
            else:
                yield f"{child.path[-1]}:"
                yield from indent(self._example_fields(child) if inner is None else self.example(child))

    def _applies(self, of: FieldSchema, values: Mapping[tuple[str, ...], Any]) -> bool:
        """Tell whether an example's other fields have values under which this one is asked for."""
        for name, allowed in conditions_of(of).items():
            path = self.outline.legend.related(name, of).path
            if path in values and values[path] not in allowed:
                return False
        return True

    def _sample(self, of: FieldSchema) -> str:
        value = self._first(of)
        return f"{of.path[-1]}: |-" if value is None and of.schema.get("x-markdown") else pair(of.path[-1], value)

    def _first(self, of: FieldSchema) -> Any:
        """Return what an example says of a field: its known value, its first example or choice, true for a flag."""
        if of.path in self.outline.given:
            return self.outline.given[of.path]
        choices = [choice.value for choice in self.outline.legend.choices(of.schema)]
        samples = [value for value in of.schema.get("examples", ()) if not choices or value in choices] or choices
        return next(iter(samples), True if of.schema["type"] == "boolean" else None)

    def _explanation(self, of: FieldSchema, use: Use) -> Iterator[str]:
        """Yield what the comment above a field says: what to write, in what unit, from when, and who sees it."""
        legend, element = self.outline.legend, self.outline.element(of)
        notes = [self._demand(of, use), legend.visibility(of), "、".join(of.clauses)]
        shown = "｜".join(note for note in notes if note)
        yield from _hung(f"{of.title}（{shown}）" if shown else of.title, 0)
        yield from indent(_hung(of.schema.get("description", ""), 0))
        yield from indent(self._choices((element or of).schema))
        example = next(iter(of.schema.get("examples", ())), None)
        if use is Use.WANTED and isinstance(example, str | int | float) and not legend.choices(of.schema):
            yield from indent(_hung(f"例：{scalar(example)}", 0))
        if element is not None and self._concerned(element):
            yield "  每一筆的欄位："
            yield from indent(self._notes(element), 4)

    def _demand(self, of: FieldSchema, use: Use) -> str:
        if use is Use.WANTED:
            return self.outline.legend.demand(of) or ("必填" if of.path in self.outline.given else "")
        if self.outline.element(of) is None:
            return "選填"
        # From when a list must have entries is said of their fields, if anything is.
        return "" if self.outline.use_inside(of) is Use.WANTED else "有才填"

    def _notes(self, of: FieldSchema) -> Iterator[str]:
        """Yield a line or two for each field of an element, and deeper ones below theirs."""
        for child in self._concerned(of):
            demand = self.outline.legend.demand(child)
            notes = f"（{demand}）" if demand else ""
            yield from _hung(f"{child.path[-1]}　{child.title}{notes}：{child.schema.get('description', '')}", 2)
            inner = self.outline.element(child) or child
            yield from indent(self._choices(inner.schema))
            yield from indent(self._notes(inner))

    def _concerned(self, of: FieldSchema) -> list[FieldSchema]:
        return [child for child in self.outline.children(of) if self.outline.use(child) is not Use.NONE]

    def _choices(self, schema: Json) -> Iterator[str]:
        choices = self.outline.legend.choices(schema) if schema["type"] == "string" else ()
        home = _ITEM_HOMES.get(vocabulary_of(schema) or "")
        if home:
            yield f"可填：{choices[0].value} 至 {choices[-1].value}，名稱見 {home}"
        elif any(len(choice.meaning) > _BRIEF for choice in choices):
            yield "可填："
            for choice in choices:
                yield from indent(_hung(f"{choice.value}　{choice.meaning}", 2))
        elif choices:
            *others, last = map(_labelled, choices)
            # Some of the words hold a 、 themselves.
            first, *rest = pack(["可填：", *(f"{choice} ／ " for choice in others), last], WIDTH - 2)
            yield first
            yield from indent(rest)


def _labelled(choice: Choice) -> str:
    return f"{choice.value}（{choice.meaning}）" if choice.meaning else choice.value


def _hung(text: str, by: int) -> Iterator[str]:
    """Break a text into lines; those after the first are moved to the right."""
    first, *rest = wrap(text, WIDTH - by) if text else ("",)
    if first:
        yield first
    yield from indent(rest, by)
