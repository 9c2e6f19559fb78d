"""A small repository for tests: the real schemas and years, and proposals copied from the demonstration ones."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

import yaml

from qunju.check.examination import ClusterReport, Examiner
from qunju.check.location import Located
from qunju.check.pipeline import Check, Request, check
from qunju.check.rulebook import Library, load_library
from qunju.model.ubn import is_valid_under_old_rule
from qunju.regulation.situation import load_bases
from qunju.schema.form import FILES, MEMBER, PRIVATE_FILES
from qunju.source.positions import Positions
from qunju.source.reader import read
from qunju.source.text import decode

ROOT = Path(__file__).resolve().parent.parent
DEMONSTRATIONS = load_bases(ROOT)


@cache
def library() -> Library:
    """The real schemas and programme years, read once."""
    return load_library(ROOT)


class Repository:
    """A folder with schema/ and proposals/, whose proposals a test may change.

    `flags` choose other readings of 111; `years` are further years, and whether they are archived; `fields` are added
    to the schemas, by file and key: `private/member.national_id`. `schema` is the folder to take in place of the real
    one.
    """

    def __init__(
        self,
        root: Path,
        flags: Mapping[str, str | bool] | None = None,
        years: Mapping[str, bool] | None = None,
        schema: Path = ROOT / "schema",
        fields: Mapping[str, Mapping[str, Any]] | None = None,
    ) -> None:
        self.root = root
        (root / "proposals").mkdir()
        own = bool(flags or years or fields) or schema != ROOT / "schema"
        if own:
            shutil.copytree(schema, root / "schema")
            _set_flags(self.programme("111"), flags or {})
            _add_fields(root / "schema", fields or {})
            for year, archived in (years or {}).items():
                self.add_year(year, archived=archived)
        else:
            (root / "schema").symlink_to(ROOT / "schema", target_is_directory=True)
        self.library = load_library(root) if own else library()
        self.fresh_ubns = (number for number in map(str, count(70_000_000)) if is_valid_under_old_rule(number))

    def programme(self, year: str) -> Path:
        """Return the file with the facts of a year."""
        return self.root / "schema" / "programmes" / year / "programme.yml"

    def add_year(self, year: str, *, archived: bool) -> None:
        """Add a programme year: a copy of 111, checked or only read."""
        target = self.programme(year)
        shutil.copytree(self.programme("111").parent, target.parent)
        text = re.sub("(?m)^year: 111$", f"year: {year}", target.read_text(encoding="utf-8"))
        target.write_text(re.sub("(?m)^archive: false$", f"archive: {str(archived).lower()}", text), encoding="utf-8")

    def add(self, base: str, name: str | None = None) -> Proposal:
        """Copy a demonstration proposal, under its own name or another."""
        source = DEMONSTRATIONS[base]
        target = self.root / "proposals" / (name or source)
        shutil.copytree(ROOT / "proposals" / source, target)
        return Proposal(self, name or source)

    def track(self) -> None:
        """Have git track everything there is, whether or not it is ignored."""
        for command in (("init", "-q"), ("add", "-f", "proposals")):
            subprocess.run(["git", "-C", str(self.root), *command], check=True)

    def check(self, **options: Any) -> Check:
        """Prepare a check of everything."""
        return check(Request(self.root, **options))

    def reports(self, **options: Any) -> dict[str, ClusterReport]:
        """Check everything and return the reports, with every verdict, by cluster."""
        return {report.id: report for report in self.check(everywhere=True, **options).clusters()}


class Proposal:
    """One proposal of a test repository."""

    def __init__(self, repository: Repository, name: str) -> None:
        self.repository = repository
        self.name = name
        self.folder = repository.root / "proposals" / name

    def change(self, changes: Mapping[str, Any]) -> None:
        """Set fields by the form's own naming (`members.dao-lang.employees`); None takes a field or a file away."""
        for path, value in changes.items():
            self.set(path, value)

    def set(self, path: str, value: Any) -> None:
        """Set one field; `private.` in front writes to the private twin."""
        file, keys = self.file_of(path)
        if not keys:
            file.unlink() if value is None else self.write(file, value)
            return
        values = self.read(file)
        holder: Any = values
        for key in keys[:-1]:
            holder = holder[int(key)] if isinstance(holder, list) else holder.setdefault(key, {})
        last: Any = int(keys[-1]) if isinstance(holder, list) else keys[-1]
        if value is None:
            del holder[last]
        elif isinstance(holder, list) and last == len(holder):
            holder.append(value)
        else:
            holder[last] = value
        self.write(file, values)

    def append(self, name: str, text: str) -> None:
        """Add text to the end of a file, which need not be there yet."""
        file = self.folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("a", encoding="utf-8") as opened:
            opened.write(text)

    def copy_member(self, identifier: str, times: int) -> None:
        """Add companies like one that is there (`tiema-bike-2`, `tiema-bike-3`), names and numbers their own."""
        values = self.read(self.file_of(f"members.{identifier}")[0])
        for index in range(2, times + 2):
            fresh = next(self.repository.fresh_ubns)
            person = {**values["responsible"], "name": f"負責人{fresh}"}
            company = {**values, "name": f"{values['name']}{index}", "responsible": person}
            if "ubn" in values:
                company["ubn"] = fresh
            self.set(f"members.{identifier}-{index}", company)

    def file_of(self, path: str) -> tuple[Path, list[str]]:
        """Return the file that holds a field, and the keys inside it."""
        first, *keys = path.split(".")
        folder = self.folder
        if first == "private":
            folder, first, keys = folder / "private", keys[0], keys[1:]
        if first == "members":
            return folder / "members" / f"{keys[0]}.yml", keys[1:]
        return folder / f"{first}.yml", keys

    def read(self, file: Path) -> dict[str, Any]:
        """Return the values of a file as the checker reads them."""
        if not file.exists():
            return {}
        private = "private" in file.relative_to(self.folder).parts
        name = MEMBER if file.parent.name == "members" else file.stem
        return read(decode(file.read_bytes()), self.repository.library.form.schema(name, private=private).shape)[0]

    def write(self, file: Path, values: Any) -> None:
        """Write values as YAML."""
        file.parent.mkdir(parents=True, exist_ok=True)
        text = yaml.dump(values, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10_000)
        file.write_text(text, encoding="utf-8")

    def seal(self) -> None:
        """Record the digest of what is handed in, as the check says what it is."""
        told = re.search("[0-9a-f]{64}", self.examine()["SUB-07"].verdict.message)
        assert told
        self.set("progress.submission.snapshot_sha256", told[0])

    def examine(self, *, private: bool = False, stage: str | None = None) -> dict[str, Located]:
        """Judge this proposal alone and return its verdicts by rule; of a rule that repeats, the first."""
        year, slug = self.name.split("/")
        found: dict[str, Located] = {}
        report = (
            Examiner(self.repository.root, self.repository.library, stage, private, everywhere=True)
            .examine(year, slug)
            .report
        )
        for located in report.verdicts:
            found.setdefault(located.verdict.rule, located)
        return found

    def position(self, path: str) -> tuple[str, int, int]:
        """Return where a field stands: path from the repository, line and column."""
        file, keys = self.file_of(path)
        pointer = tuple(int(key) if key.isdigit() else key for key in keys)
        found = Positions(file.read_bytes()).of(pointer)
        return file.relative_to(self.repository.root).as_posix(), found.line, found.column


def _set_flags(programme: Path, flags: Mapping[str, str | bool]) -> None:
    text = programme.read_text(encoding="utf-8")
    for name, value in flags.items():
        text, found = re.subn(rf"(?m)^  {name}: \S+", f"  {name}: {str(value).lower()}", text)
        assert found == 1, name
    programme.write_text(text, encoding="utf-8")


def _add_fields(folder: Path, fields: Mapping[str, Mapping[str, Any]]) -> None:
    for name, field in fields.items():
        file, _, key = name.rpartition(".")
        path = folder / f"{file}.schema.json"
        schema = json.loads(path.read_text(encoding="utf-8"))
        schema["properties"][key] = field
        path.write_text(json.dumps(schema, ensure_ascii=False), encoding="utf-8")


class _Dumper(yaml.SafeDumper):
    """Writes texts in quotes, so that they stay texts, and decimals as people type them."""


_Dumper.add_representer(Decimal, lambda dumper, value: dumper.represent_scalar("tag:yaml.org,2002:float", str(value)))
_Dumper.add_representer(str, lambda dumper, value: dumper.represent_scalar("tag:yaml.org,2002:str", value, style='"'))
__all__ = ["DEMONSTRATIONS", "FILES", "MEMBER", "PRIVATE_FILES", "ROOT", "Proposal", "Repository", "library"]
