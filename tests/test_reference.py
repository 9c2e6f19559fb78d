"""The reference pages: every field and every clause is on them, and every link leads somewhere."""

from __future__ import annotations

import posixpath
import re
from dataclasses import replace
from functools import cache
from html import escape, unescape
from textwrap import indent

import pytest
from tests.repository import ROOT, library

from qunju.regulation.clause import Clause
from qunju.regulation.programme import Programme
from qunju.report.digest import REASON_WORDS
from qunju.schema.annotation import EACH, FieldSchema
from qunju.schema.finding import TITLES as FORM_TITLES
from qunju.schema.form import ConfigurationError, FileSchema
from qunju.site.pages import list_reference_pages
from qunju.site.reference import reference
from qunju.site.render import Renderer
from qunju.source.fault import TITLES as SOURCE_TITLES
from qunju.views.builders.rules import chapter_page

TAG = re.compile(r"<[^>]+>")
SPACE = re.compile(r"\s+")

YEARS = sorted(library().rulebooks)
LATEST = YEARS[-1]


@cache
def pages() -> dict[str, str]:
    """The HTML of every reference page by its address in the site."""
    renderer = Renderer(ROOT / "theme" / "templates")
    listed = list_reference_pages(reference(library().rulebooks[LATEST]))
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
    page = pages()[f"handbook/rules/{clause.id.partition('-')[0].lower()}/"]
    shown = part(page, clause.id, "h2")
    for text in (clause.title, clause.quote, clause.section, clause.remedy, clause.look_at, clause.formula or ""):
        assert SPACE.sub(" ", text) in shown
    for category in clause.categories:
        assert f"{category} 類" in shown
        assert clause.weight(category) in shown
    assert clause.check_title in shown
    if clause.limit:
        assert clause.limit.quantity.text in shown
    if clause.decision:
        assert clause.programme.decisions[clause.decision]["reading"] in shown


def test_every_clause_is_in_the_index() -> None:
    index = pages()["handbook/rules/"]
    for clause in clauses():
        assert f'/#{clause.id}">{escape(f"{clause.id} {clause.title}")}</a>' in index


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


@pytest.mark.parametrize("lacking", ["quote", "remedy", "summary"])
def test_a_clause_that_cannot_be_explained_is_refused(lacking: str) -> None:
    programme = library().rulebooks[LATEST].programme
    clause = next(clause for clause in programme.clauses.values() if clause.formula)
    blanks = {"quote": replace(clause, quote=" "), "remedy": replace(clause, remedy=" "), "summary": clause}
    summaries = dict.fromkeys(programme.clauses, "What it computes.") | (
        {clause.id: ""} if lacking == "summary" else {}
    )
    with pytest.raises(ConfigurationError, match=clause.id):
        chapter_page(clause.id.partition("-")[0], with_clause(programme, blanks[lacking]), summaries)


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
