"""The files of a new proposal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, Final, TypeAlias

from qunju.regulation.programme import Programme
from qunju.scaffold.contents import CLUSTER_ITEMS, MEMBER_ITEMS, ROWS, Basics, cluster_items, member_items
from qunju.scaffold.outline import Outline
from qunju.scaffold.text import comment, wrap
from qunju.scaffold.writer import Writer
from qunju.schema.compose import EDITOR, editor_path
from qunju.schema.form import FILES, MEMBER, PRIVATE_FILES, FileSchema
from qunju.schema.legend import Legend

UNNAMED: Final = "○○○○"
"""Stands for a name that is still to be given; the regulation's check for leftovers of the form finds it."""

Contents: TypeAlias = Mapping[tuple[str, ...], Sequence[str]]

_HOW_TO: Final = (
    "在冒號後面空一格寫內容；還不知道的先留空，草稿階段不算錯誤。",
    "欄位後面是「|-」的，內容從下一行寫起，每行比欄位名稱往右縮兩格，可以分段。",
    "清單的每一筆各以「- 」開頭。內容含有半形冒號或 #，或是號碼、日期，前後加半形單引號。",
    "以 # 開頭的行是說明或備用的欄位，檢查時略過；要用備用的欄位，刪掉那幾行開頭的「# 」再改。",
    "括號裡的代號（如 MEM-17）是規範條文，執行 qunju explain MEM-17 可看全文。",
)


@dataclass(frozen=True)
class Start:
    """What is known of a proposal when it begins."""

    category: str
    type: str
    members: int
    stage: str
    name: str = UNNAMED


@dataclass(frozen=True)
class Scaffold:
    """Writes files for a programme year."""

    programme: Programme

    def proposal(self, start: Start, *, private: bool) -> Iterator[tuple[PurePosixPath, str]]:
        """Yield path (from the proposal's folder) and text of every file, the private twins too where wanted."""
        form, year = self.programme.form, self.programme.year
        known = {"name": start.name, "year": year, "category": start.category, "type": start.type, "stage": start.stage}
        for name in FILES:
            given = known if name == "cluster" else {}
            contents = self._contents(name, start)
            yield PurePosixPath(f"{name}.yml"), self._file(form.committed[name], start.category, given, contents)
            if private and name in PRIVATE_FILES:
                path = PurePosixPath("private", f"{name}.yml")
                yield path, self._file(form.private[name], start.category, {}, {})
        digits = max(2, len(str(start.members)))
        for number in range(1, start.members + 1):
            yield from self.member(f"m{number:0{digits}}", start.category, leads=number == 1, private=private)

    def member(
        self, name: str, category: str | None, *, leads: bool, private: bool
    ) -> Iterator[tuple[PurePosixPath, str]]:
        """Yield path and text of a member's file, and of its private twin where wanted."""
        form = self.programme.form
        roles = form.committed[MEMBER].json["properties"]["role"]["enum"]
        given = {"name": UNNAMED, "role": roles[0] if leads else roles[1]}
        contents: Contents = {MEMBER_ITEMS: tuple(member_items(self.programme))}
        path = PurePosixPath("members", f"{name}.yml")
        yield path, self._file(form.committed[MEMBER], category, given, contents)
        if private:
            yield "private" / path, self._file(form.private[MEMBER], category, {}, {})

    def _contents(self, name: str, start: Start) -> Contents:
        if name == "assessment":
            return {CLUSTER_ITEMS: tuple(cluster_items(self.programme))}
        if name == "schedule":
            outline = self._outline(self.programme.form.committed[name], start.category, {})
            return {ROWS: tuple(Basics(self.programme, start.category, start.members).lines(outline))}
        return {}

    def _outline(self, schema: FileSchema, category: str | None, given: Mapping[str, Any]) -> Outline:
        legend = Legend.of(schema, self.programme.form, self.programme)
        return Outline(schema.json, legend, category, {(key,): value for key, value in given.items()})

    def _file(
        self,
        schema: FileSchema,
        category: str | None,
        given: Mapping[str, Any],
        contents: Contents,
    ) -> str:
        writer = Writer(self._outline(schema, category, given), contents)
        lines = [*self._head(schema), *writer.document()]
        return "".join(f"{line}\n" for line in lines)

    def _head(self, schema: FileSchema) -> Iterator[str]:
        depth = 3 + (schema.name == MEMBER) + schema.private
        folder = PurePosixPath("schema/programmes", str(self.programme.year), EDITOR)
        yield f"# yaml-language-server: $schema={'../' * depth}{folder / editor_path(schema)}"
        yield "#"
        yield from comment(wrap(f"{schema.json['title']}｜{schema.json['description']}"))
        yield "#"
        for advice in _HOW_TO:
            first, *rest = wrap(advice)
            yield from comment([f"・{first}", *(f"　{line}" for line in rest)])
