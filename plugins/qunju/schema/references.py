"""What a schema alone cannot say of a value: that the identifier it names exists, that its path stays in the folder."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

from qunju.schema import wording
from qunju.schema.annotation import find
from qunju.schema.finding import FormFinding
from qunju.schema.form import FileSchema
from qunju.source.place import Place

_ROOTS = {"media": "media/", "evidence": "private/evidence/"}
_WHAT = {
    "personnel": "proposer.yml 的 personnel",
    "staff": "proposer.yml 的 staff",
    "members": "members/ 的檔名",
    "rows": "schedule.yml 的 rows",
    "problems": "plan.yml 的 common_problems",
    "member_items": "成員自評項目",
    "cluster_items": "群聚自評項目",
    "party": "proposer 或成員的識別字",
    "lecturer": "proposer.yml 的 personnel，或 external",
}


def check_references(
    values: Any, path: str, schema: FileSchema, known: Mapping[str, Collection[str]], media: Collection[str]
) -> Iterator[FormFinding]:
    """Yield findings for identifiers that nothing has, for file paths that leave their folder, and for absent pictures.

    `known` holds the identifiers of each kind; a kind that could not be read is left out, and then not judged.
    """
    for field in schema.references:
        target = field.schema.get("x-ref")
        folder = field.schema.get("x-file")
        for found in find(values, field.path):
            if not isinstance(found.value, str):
                continue
            place = Place(path, found.pointer)
            if target is not None and target in known and found.value not in known[target]:
                yield _dangling(found.value, place, target, known[target])
            elif folder is not None:
                yield from _misplaced(found.value, place, _ROOTS[folder], media)


def _dangling(value: str, place: Place, target: str, known: Collection[str]) -> FormFinding:
    meant = wording.nearest(value, known)
    listed = "、".join(sorted(known)[:12]) or "（目前一個也沒有）"
    remedy = f"您要寫的是不是「{meant}」？" if meant else f"{_WHAT[target]}有：{listed}。"
    return FormFinding("SHP-REFERENCE", place, f"找不到識別字{wording.shown(value)}（應是{_WHAT[target]}）。", remedy)


def _misplaced(value: str, place: Place, root: str, media: Collection[str]) -> Iterator[FormFinding]:
    parts = PurePosixPath(value).parts
    leaves = "\\" in value or ":" in value or value.startswith(("/", "~")) or ".." in parts
    if leaves or not value.startswith(root) or len(parts) <= root.count("/"):
        remedy = f"檔案放進提案資料夾的 {root}，寫成「{root}檔名」，以半形斜線分隔。"
        yield FormFinding("SHP-PATH", place, f"路徑{wording.shown(value)}不在 {root} 之下。", remedy)
    elif root == _ROOTS["media"] and value not in media:
        meant = wording.nearest(value, media)
        remedy = f"您要寫的是不是「{meant}」？" if meant else "把檔案放進去，或改正檔名（大小寫也要相同）。"
        yield FormFinding("SHP-PATH", place, f"找不到檔案{wording.shown(value)}。", remedy)
