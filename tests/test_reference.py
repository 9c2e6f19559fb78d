"""The reference pages: every field and every clause is on them, and every link leads somewhere."""

from __future__ import annotations

import posixpath
import re
from dataclasses import replace
from functools import cache
from html import escape, unescape
from itertools import pairwise
from pathlib import Path
from textwrap import indent
from typing import Any

import pytest
from tests.repository import ROOT, library

from qunju.regulation.clause import Clause
from qunju.regulation.limit import Limit
from qunju.regulation.programme import Programme
from qunju.regulation.situation import Situation, load_bases, load_situations
from qunju.regulation.verdict import Status
from qunju.report.digest import REASON_WORDS
from qunju.schema.annotation import EACH, FieldSchema
from qunju.schema.finding import TITLES as FORM_TITLES
from qunju.schema.form import ConfigurationError, FileSchema
from qunju.site.pages import list_reference_pages
from qunju.site.reference import proof_of, reference
from qunju.site.render import Renderer
from qunju.source.fault import TITLES as SOURCE_TITLES
from qunju.views.builders.articles import articles_page
from qunju.views.builders.rule import Proof, refuse_incomplete, rule_page
from qunju.views.builders.rules import chapter_page
from qunju.views.builders.situations import STATUS_WORDS

TAG = re.compile(r"<[^>]+>")
SPACE = re.compile(r"\s+")

YEARS = sorted(library().rulebooks)
LATEST = YEARS[-1]


@cache
def situations() -> dict[str, tuple[Situation, ...]]:
    """The situations of the clauses, read once."""
    return load_situations(ROOT)


@cache
def pages() -> dict[str, str]:
    """The HTML of every reference page by its address in the site."""
    renderer = Renderer(ROOT / "theme" / "templates")
    listed = list_reference_pages(reference(ROOT, library()))
    return {
        page.path.removesuffix("index.md").removesuffix(".md").rstrip("/") + "/": renderer.render(page)
        for page in listed
    }


def text_of(html: str) -> str:
    return SPACE.sub(" ", unescape(TAG.sub(" ", html)))


def schemas() -> list[FileSchema]:
    form = library().form
    return [*form.committed.values(), *form.private.values()]


def part(page: str, anchor: str, tag: str) -> str:
    """Return what stands from an anchor to the next heading of its kind."""
    start = page.index(f'<{tag} id="{escape(anchor)}"')
    end = page.find(f"<{tag} id=", start + 1)
    return text_of(page[start : end if end > 0 else None])


@pytest.mark.parametrize("schema", schemas(), ids=lambda schema: f"{'private-' if schema.private else ''}{schema.name}")
def test_every_field_is_described(schema: FileSchema) -> None:
    page = pages()[f"handbook/fields/{schema.name}/"]
    for field in schema.fields:
        heading = re.search(rf'<h([23]) id="{re.escape(anchor_of(field, schema))}".*?</h\1>', page, re.DOTALL)
        assert heading, field.path
        assert field.title in text_of(heading[0])
        shown = text_of(page[heading.start() : page.find("</footer>", heading.start())])
        assert SPACE.sub(" ", field.schema.get("description", "")) in shown
        for clause in field.clauses:
            assert clause in shown
        assert ("起必填" in shown) == (field.due is not None), field.path


def anchor_of(field: FieldSchema, schema: FileSchema) -> str:
    keys = [key for key in field.path if key != EACH] + (["each"] if field.path[-1] == EACH else [])
    return ".".join((["private"] if schema.private else []) + keys)


def clauses() -> list[Clause]:
    return list(library().rulebooks[LATEST].programme.clauses.values())


@pytest.mark.parametrize("clause", clauses(), ids=lambda clause: clause.id)
def test_every_clause_is_explained(clause: Clause) -> None:
    shown = text_of(pages()[f"handbook/rules/{clause.id.lower()}/"])
    for text in (clause.title, clause.quote, clause.section, clause.method, clause.remedy, clause.look_at):
        assert SPACE.sub(" ", text) in shown
    for text in (clause.reason, clause.formula or "", clause.check_title, f"{clause.programme.year} 年度"):
        assert text in shown
    for category in clause.categories if clause.check != "out_of_scope" else ():
        assert f"{category} 類" in shown
        for stage in clause.programme.stages:
            level = clause.level(category, stage)
            assert re.search(f"{clause.programme.stage_title(stage)} .*{level.word if level else '不檢查'}", shown)
    if clause.limit:
        assert clause.limit.quantity.text in shown
    if clause.decision:
        decision = clause.programme.decisions[clause.decision]
        for text in (decision["reading"], decision["why"], decision.get("otherwise", "")):
            assert text in shown


@pytest.mark.parametrize("clause", clauses(), ids=lambda clause: clause.id)
def test_every_situation_of_a_clause_is_on_its_page(clause: Clause) -> None:
    shown = text_of(pages()[f"handbook/rules/{clause.id.lower()}/"])
    for situation in situations().get(clause.id, ()):
        assert f"{SPACE.sub(' ', situation.text)} {STATUS_WORDS[situation.status]}" in shown


def test_the_words_of_the_checker_are_shown() -> None:
    page = text_of(pages()["handbook/rules/mem-09/"])
    assert "10 家中 3 家，30.0%，規定不得超過 20%，超出 1 家。" in page


def test_what_is_played_in_memory_is_what_the_tests_demand() -> None:
    """A verdict that differs is not shown; nearly all that one proposal can tell must be shown."""
    every = [situation for listed in situations().values() for situation in listed]
    silent = [situation for situation in every if proof().play(situation) is None]
    assert len(silent) < len(every) // 8, [f"{situation.rule} {situation.text}" for situation in silent]
    for situation in every:
        verdict = proof().play(situation)
        if verdict is not None:
            assert situation.severity in (None, verdict.severity), situation.text
            assert situation.reason in (None, verdict.reason), situation.text
            if situation.measured is not None:
                assert verdict.measured is not None
                assert float(verdict.measured.value) == float(situation.measured), situation.text


def test_a_changed_field_is_told_in_the_words_of_the_form() -> None:
    page = text_of(pages()["handbook/rules/mem-07/"])
    assert "登記型態 none（無）" in page


def test_every_clause_is_in_the_index_and_in_its_chapter() -> None:
    index = pages()["handbook/rules/"]
    for clause in clauses():
        assert f'{clause.id.lower()}/">{escape(f"{clause.id} {clause.title}")}</a>' in index
        chapter = pages()[f"handbook/rules/{clause.id.partition('-')[0].lower()}/"]
        listed = chapter[chapter.index(f'<li id="{clause.id}"') :].partition("</li>")[0]
        assert f'href="../{clause.id.lower()}/"' in listed
        assert SPACE.sub(" ", clause.quote) in text_of(listed)


def test_the_whole_regulation_is_shown() -> None:
    """Every character of it, but for the markup of its source."""
    programme = library().rulebooks[LATEST].programme
    shown = "".join(text_of(pages()["handbook/regulation/"]).split())
    for line in programme.text.splitlines():
        for cell in re.split(r"\t|</?(?:p|pre|ul|ol)[^>]*>", line):
            if "graph TD" not in cell:
                text = re.sub(r"<input[^>]*>", "□", cell).replace("**", "")
                assert "".join(re.sub(r"^\s*- ", "", text).split()) in shown, line


def test_every_step_of_the_flow_chart_is_shown() -> None:
    programme = library().rulebooks[LATEST].programme
    shown = "".join(text_of(pages()["handbook/regulation/"]).split())
    chart = re.search(r"<pre>(.*?)</pre>", programme.text, re.DOTALL)
    assert chart
    steps = re.findall(r"\[\"(.*?)\"\]|\{(.*?)\}", chart[1])
    assert len(steps) == 8
    for step in steps:
        assert "".join("".join(step).split()) in shown


def test_every_clause_stands_beside_its_passage() -> None:
    page = pages()["handbook/regulation/"]
    marked = "".join("".join(unescape(text).split()) for text in re.findall("<mark>(.*?)</mark>", page, re.DOTALL))
    for clause in clauses():
        assert page.count(f'id="{clause.id}"') == 1, clause.id
        assert f'href="../rules/{clause.id.lower()}/"' in page
        assert "".join(clause.quote.split()).replace('<inputtype="checkbox"/>', "□") in marked, clause.id


def test_the_counts_add_up() -> None:
    view = articles_page(library().rulebooks[LATEST].programme, proof().source, situations())
    assert view.sums.total == len(clauses())
    assert sum(len(block.rows) for block in view.blocks) > view.passages > view.bare > 0


def test_every_decision_has_its_place() -> None:
    page = pages()["handbook/decisions/"]
    for name, decision in library().rulebooks[LATEST].programme.decisions.items():
        shown = part(page, name, "h2")
        for key in ("conflict", "reading", "why", "otherwise", "flag"):
            assert decision.get(key, "") in shown
        for clause in clauses():
            assert (f"{clause.id} {clause.title}" in shown) == (clause.decision == name), clause.id


def test_headings_leave_out_no_level() -> None:
    for path, html in pages().items():
        levels = [int(level) for level in re.findall(r"<h([1-6])[ >]", html)]
        assert levels.count(1) == 1, path
        assert all(after <= before + 1 for before, after in pairwise(levels)), path


def test_without_tests_pages_have_no_examples(tmp_path: Path) -> None:
    assert load_situations(tmp_path) == {}
    assert load_bases(tmp_path) == {}
    listed = list_reference_pages(reference(tmp_path, library()))
    page = next(page for page in listed if page.path.endswith("/prp-01.md"))
    assert "目前沒有例子" in Renderer(ROOT / "theme" / "templates").render(page)


def test_situations_that_cannot_be_read_are_refused(tmp_path: Path) -> None:
    (tmp_path / "tests" / "cases").mkdir(parents=True)
    (tmp_path / "tests" / "cases" / "odd.yml").write_text("base: A\ncases:\n  - {rule: MEM-01}\n", encoding="utf-8")
    with pytest.raises(ConfigurationError, match=r"odd\.yml"):
        load_situations(tmp_path)


def test_years_stand_side_by_side() -> None:
    programme = library().rulebooks[LATEST].programme
    clause = programme.clauses["MEM-01"]
    later = replace(programme, year=programme.year + 1, clauses={})
    later.clauses["MEM-01"] = replace(clause, programme=later, limit=Limit("at_least", 15, "家"))
    view = rule_page(clause, replace(proof(), years=(programme, later)))
    assert [(year.year, year.limit) for year in view.rule.years] == [(111, "至少 10 家"), (112, "至少 15 家")]


def test_every_link_leads_somewhere() -> None:
    for path, html in pages().items():
        for link in re.findall(r'href="([^"]+)"', html):
            target, _, anchor = unescape(link).partition("#")
            address = posixpath.normpath(posixpath.join(path, target)) + "/" if target else path
            if address == "handbook/":
                continue
            assert address in pages(), f"{path}: {link}"
            assert not anchor or f'id="{anchor}"' in pages()[address], f"{path}: {link}"


def test_no_anchor_is_given_twice() -> None:
    for path, html in pages().items():
        anchors = re.findall(r'\sid="([^"]+)"', html)
        assert len(set(anchors)) == len(anchors), path


@cache
def proof() -> Proof:
    """What the pages of the clauses are made of."""
    return proof_of(ROOT, library())


@pytest.mark.parametrize(
    ("check", "blank"),
    [
        ("automated", {"quote": " "}),
        ("automated", {"quote": "規範裡沒有的一句話"}),
        ("automated", {"remedy": ""}),
        ("automated", {"section": ""}),
        ("automated", {"method": ""}),
        ("computed", {"method": " "}),
        ("declared", {"method": ""}),
        ("manual", {"look_at": ""}),
        ("out_of_scope", {"reason": ""}),
    ],
)
def test_a_clause_that_cannot_be_explained_is_refused(check: str, blank: dict[str, Any]) -> None:
    clause = replace(next(clause for clause in clauses() if clause.check == check), **blank)
    with pytest.raises(ConfigurationError, match=clause.id):
        refuse_incomplete(clause, proof())


@pytest.mark.parametrize(
    ("kept", "lacking"),
    [({Status.PASS}, "不符、缺漏或不適用的情境"), ({Status.FAIL}, "符合的情境"), (set(), "符合的情境")],
)
def test_a_clause_that_no_situation_proves_is_refused(kept: set[Status], lacking: str) -> None:
    clause = next(clause for clause in clauses() if clause.id == "MEM-16")
    left = tuple(situation for situation in situations()[clause.id] if situation.status in kept)
    refuse_incomplete(clause, proof())
    with pytest.raises(ConfigurationError, match=f"{clause.id} 缺 {lacking}"):
        refuse_incomplete(clause, replace(proof(), situations={**situations(), clause.id: left}))


def test_a_formula_without_a_docstring_is_refused() -> None:
    clause = next(clause for clause in clauses() if clause.formula)
    with pytest.raises(ConfigurationError, match="docstring"):
        refuse_incomplete(clause, replace(proof(), documented={}))


def test_a_chapter_without_a_name_is_refused() -> None:
    programme = library().rulebooks[LATEST].programme
    stray = replace(next(iter(programme.clauses.values())), id="ZZZ-01")
    with pytest.raises(ConfigurationError, match="ZZZ"):
        chapter_page("MEM", with_clause(programme, stray), {})


def with_clause(programme: Programme, clause: Clause) -> Programme:
    return replace(programme, clauses={**programme.clauses, clause.id: clause})


FINDINGS = (ROOT / "docs" / "handbook" / "findings.md").read_text(encoding="utf-8")


def test_the_handbook_knows_every_fault_of_form() -> None:
    for rule, title in {**SOURCE_TITLES, **FORM_TITLES}.items():
        assert rule in FINDINGS, f"{rule} {title}"


def test_the_handbook_knows_why_a_clause_is_open() -> None:
    for words in REASON_WORDS.values():
        assert words.partition("（")[0] in FINDINGS


def test_the_handbook_shows_a_finding_as_it_is_printed() -> None:
    report = (ROOT / "tests" / "invalid" / "mem-01-nine-members" / "expected.txt").read_text(encoding="utf-8")
    shown = FINDINGS.split("```text\n")[1].split("```")[0]
    assert indent(shown, "    ") in report
