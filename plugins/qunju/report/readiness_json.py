"""The readiness list for a program: JSON, version 1."""

from __future__ import annotations

import json
from typing import Any, Final, TextIO

from qunju.check.location import Location
from qunju.report.digest import Issue
from qunju.report.json import location_objects, quantity_object
from qunju.report.readiness import Chapter, Gap, Met, Readiness, Task
from qunju.report.readiness_words import answer
from qunju.source.personal import redact

VERSION: Final = 1


def write_json(found: Readiness, out: TextIO) -> None:
    """Write the list."""
    json.dump(_object(found), out, ensure_ascii=False, indent=1)
    out.write("\n")


def _object(found: Readiness) -> dict[str, Any]:
    subject = found.subject
    return {
        "version": VERSION,
        "id": subject.id,
        "name": None if subject.name is None else redact(subject.name),
        "category": subject.category,
        "stage": {"claimed": subject.claimed, "judged": subject.aim},
        "as_of": found.today.isoformat(),
        "ready": found.is_ready,
        "answer": answer(found),
        "submitted_on": None if subject.handed_in is None else subject.handed_in.isoformat(),
        "deadlines": [
            {
                "title": deadline.title,
                "stage": deadline.stage,
                "at": deadline.moment.date().isoformat() if deadline.whole_day else deadline.moment.isoformat(),
                "days": deadline.days_left(found.today),
            }
            for deadline in found.deadlines
        ],
        "counts": dict(found.counts),
        "faults": [_issue(issue, found) for issue in found.faults],
        "tasks": [_task(task) for task in found.tasks],
        "chapters": [_chapter(chapter, found) for chapter in found.chapters],
    }


def _chapter(chapter: Chapter, found: Readiness) -> dict[str, Any]:
    return {
        "key": chapter.key,
        "title": chapter.title,
        "counts": dict(chapter.counts),
        "failures": [_issue(issue, found) for issue in chapter.failures],
        "missing": [_gap(gap) for gap in chapter.gaps],
        "waiting": list(chapter.waiting),
        "unsound": list(chapter.unsound),
        "passes": [_met(met) for met in chapter.met],
        "tasks": [_task(task) for task in chapter.tasks],
        "notes": [_issue(issue, found) for issue in chapter.notes],
        "not_applicable": [{"rule": rule, "reason": reason.value} for rule, reason in chapter.passed_over],
    }


def _issue(issue: Issue, found: Readiness) -> dict[str, Any]:
    verdict = issue.verdict
    own = issue.note is None
    return {
        "rule": issue.rule,
        "title": found.texts[issue.rule].title,
        "severity": issue.level.value,
        "message": issue.message,
        "remedy": issue.remedy,
        "measured": quantity_object(verdict.measured if own else None),
        "limit": quantity_object(verdict.limit if own else None),
        "gap": quantity_object(verdict.gap if own else None),
        "locations": location_objects(issue.locations),
    }


def _gap(gap: Gap) -> dict[str, Any]:
    return {
        "field": list(gap.place.pointer),
        "title": gap.title,
        "rules": list(gap.rules),
        "required": gap.required,
        "hint": gap.hint,
        "location": _location(gap.location),
    }


def _met(met: Met) -> dict[str, Any]:
    return {
        "rule": met.rule,
        "title": met.title,
        "message": met.message,
        "measured": quantity_object(met.verdict.measured),
        "limit": quantity_object(met.verdict.limit),
        "margin": quantity_object(met.margin),
    }


def _task(task: Task) -> dict[str, Any]:
    return {
        "rule": task.rule,
        "title": task.title,
        "reason": str(task.reason),
        "message": task.message,
        "locations": location_objects(task.located.locations),
    }


def _location(location: Location) -> dict[str, Any]:
    return location_objects([location])[0]
