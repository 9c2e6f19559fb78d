"""Mangled proposals by the thousand, in bytes, structure and values: the check always comes to an end, and says so."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import jsonschema_rs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker
from tests.mangling import dumped, mangled_bytes, mangled_structure, mangled_values, places, value_at
from tests.private import add_private
from tests.repository import ROOT, Proposal, Repository, library

from qunju.check.examination import ClusterReport, Visitor
from qunju.check.pipeline import Check, Request
from qunju.check.repository import Survey
from qunju.report.json import write_json
from qunju.report.text import write_text
from qunju.schema.form import MEMBER, FileSchema

CONTRACT = jsonschema_rs.validator_for(json.loads((ROOT / "tests" / "report.schema.json").read_text(encoding="utf-8")))
STAGES = library().rulebooks["111"].programme.stages
KEPT = ("daolang-rice", "tiema-bike", "heshijian-stay", "chengfeng-tofu", "mujiang-living", "shanfeng-plumbing")
"""Members that stay, the leads among them: a smaller proposal can be mangled more often in the same time."""


def times(count: int) -> settings:
    health = [HealthCheck.too_slow, HealthCheck.data_too_large]
    # Derandomised: what `make test` says must not change from run to run.
    return settings(max_examples=count, deadline=None, derandomize=True, suppress_health_check=health)


class Bench:
    """A repository in which one file after another is mangled, checked and put back."""

    def __init__(self, root: Path) -> None:
        self.repository = Repository(root)
        self.proposals = [self.repository.add(base) for base in "AB"]
        for proposal in self.proposals:
            for file in (proposal.folder / "members").iterdir():
                if file.stem not in KEPT:
                    file.unlink()
            add_private(proposal)
        self.files = sorted(file for proposal in self.proposals for file in proposal.folder.rglob("*.yml"))
        self.contents = {file: file.read_bytes() for file in self.files}
        self.values = {file: self.owner(file).read(file) for file in self.files}

    def owner(self, file: Path) -> Proposal:
        return next(proposal for proposal in self.proposals if file.is_relative_to(proposal.folder))

    def is_private(self, file: Path) -> bool:
        return "private" in file.relative_to(self.owner(file).folder).parts

    def schema(self, file: Path) -> FileSchema:
        name = MEMBER if file.parent.name == "members" else file.stem
        return library().form.schema(name, private=self.is_private(file))

    def check(self, file: Path, data: bytes, stage: str | None) -> None:
        """Check the proposal with one file changed."""
        year, slug = self.owner(file).name.split("/")
        request = Request(self.repository.root, stage=stage, private=self.is_private(file))
        check = Check(request, library(), Survey(((year, slug),), (), {}))
        text, report = io.StringIO(), io.StringIO()
        file.write_bytes(data)
        try:
            told = Told(check)
            totals = write_text(told, text), write_json(told, report)
        finally:
            file.write_bytes(self.contents[file])
        assert totals[0] == totals[1]
        assert CONTRACT.is_valid(json.loads(report.getvalue()))


class Told(Check):
    """A check made once and reported as often as one likes."""

    def __init__(self, check: Check) -> None:
        super().__init__(check.request, check.library, check.survey)
        object.__setattr__(self, "reports", tuple(check.clusters()))

    reports: tuple[ClusterReport, ...]

    def clusters(self, visit: Visitor | None = None) -> Iterator[ClusterReport]:
        yield from self.reports


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    return Bench(tmp_path_factory.mktemp("mangled"))


def run(bench: Bench, data: st.DataObject, mangle: Callable[[Path], bytes]) -> None:
    file = data.draw(st.sampled_from(bench.files))
    bench.check(file, mangle(file), data.draw(st.sampled_from([None, *STAGES])))


def test_the_bench_is_sound(bench: Bench) -> None:
    for file in bench.files:
        assert bench.schema(file).validator.is_valid(bench.values[file]), file


@pytest.mark.slow
@times(500)
@given(data=st.data())
def test_mangled_bytes(bench: Bench, data: st.DataObject) -> None:
    run(bench, data, lambda file: data.draw(mangled_bytes(bench.contents[file])))


@pytest.mark.slow
@times(500)
@given(data=st.data())
def test_mangled_structure(bench: Bench, data: st.DataObject) -> None:
    run(bench, data, lambda file: dumped(data.draw(mangled_structure(bench.values[file]))))


@pytest.mark.slow
@times(1000)
@given(data=st.data())
def test_mangled_values(bench: Bench, data: st.DataObject) -> None:
    run(bench, data, lambda file: dumped(data.draw(mangled_values(bench.values[file]))))


@times(400)
@given(data=st.data())
def test_the_judge_and_the_one_who_explains_agree(bench: Bench, data: st.DataObject) -> None:
    """But for a line break at the end of a text, before which `$` matches in Python alone."""
    file = data.draw(st.sampled_from(bench.files))
    values = data.draw(mangled_structure(bench.values[file]) | mangled_values(bench.values[file]))
    schema = bench.schema(file)
    slow = Draft202012Validator(dict(schema.json), format_checker=FormatChecker(["date"]))
    refused = [error.message for error in slow.iter_errors(values)]
    accepted = schema.validator.is_valid(values)
    assert not (refused and accepted), refused
    if not any(str(value_at(values, pointer)).endswith("\n") for pointer in places(values)):
        assert refused or accepted
