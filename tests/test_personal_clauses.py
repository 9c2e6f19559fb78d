"""What chapter PDP says where private/ is filled in, and of schemas that ask for too much or leave too much open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.private import add_private
from tests.repository import ROOT, Repository, library

from qunju.check.examination import Examiner
from qunju.check.rulebook import resolve
from qunju.regulation.verdict import Status, Verdict
from qunju.schema.form import FileSchema, Form

TEXT = {"type": "string", "title": "備註"}


@pytest.mark.parametrize("rule", ["PDP-01", "PDP-03"])
def test_filled_in_private_files_are_enough(rule: str, tmp_path: Path) -> None:
    proposal = Repository(tmp_path).add("A")
    add_private(proposal)
    verdict = proposal.examine(private=True)[rule].verdict
    assert verdict.status is Status.PASS, verdict


@pytest.mark.parametrize(
    ("rule", "private", "field", "status"),
    [
        ("PDP-05", False, {**TEXT, "x-visibility": "public"}, Status.PASS),
        ("PDP-05", False, {**TEXT, "x-visibility": "internal"}, Status.PASS),
        ("PDP-05", True, {**TEXT, "x-visibility": "personal"}, Status.PASS),
        ("PDP-05", True, TEXT, Status.PASS),
        ("PDP-05", False, TEXT, Status.FAIL),
        ("PDP-05", False, {**TEXT, "x-visibility": "personal"}, Status.FAIL),
        ("PDP-05", True, {**TEXT, "x-visibility": "public"}, Status.FAIL),
        ("PDP-07", True, {**TEXT, "x-visibility": "personal"}, Status.PASS),
        ("PDP-07", True, {**TEXT, "title": "身分證字號", "x-visibility": "personal"}, Status.FAIL),
        ("PDP-07", False, {**TEXT, "title": "出生年月日", "x-visibility": "internal"}, Status.FAIL),
    ],
)
def test_a_field_more(rule: str, *, private: bool, field: Mapping[str, Any], status: Status) -> None:
    verdict = _judge(rule, _with_field("remark", field, private=private))
    assert verdict.status is status, verdict
    assert (field["title"] in verdict.message) is (status is Status.FAIL)


def test_a_field_whose_name_alone_tells() -> None:
    form = _with_field("national_id", {**TEXT, "x-visibility": "personal"}, private=True)
    assert _judge("PDP-07", form).status is Status.FAIL


def _judge(rule: str, form: Form) -> Verdict:
    cluster = Examiner(ROOT, library()).open("111", "zonggu-slow-trip").cluster
    programme = library().rulebooks["111"].programme
    clause = replace(programme.clauses[rule], programme=replace(programme, form=form))
    return resolve(clause.formula or "")(cluster, clause)


def _with_field(name: str, field: Mapping[str, Any], *, private: bool) -> Form:
    """Return the form with one field more in the file of the proposer."""
    form = library().form
    held = form.schema("proposer", private=private)
    json = {**held.json, "properties": {**held.json["properties"], name: field}}
    more = {"proposer": FileSchema("proposer", private, json)}
    if private:
        return replace(form, private={**form.private, **more})
    return replace(form, committed={**form.committed, **more})
