"""Clauses: one demand of the regulation each, and how a measurement becomes a verdict on it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from qunju.model.record import Missing, R, Unsound
from qunju.regulation.lacking import fill_in
from qunju.regulation.limit import Limit, MomentLimit, amount, share_text
from qunju.regulation.tally import Tally, heard
from qunju.regulation.verdict import Level, Note, Quantity, Reason, Status, Verdict
from qunju.source.place import Place

if TYPE_CHECKING:
    from qunju.regulation.programme import Programme

Severities: TypeAlias = Mapping[str, Level]

_OPEN_PRIVATE = "請在存有 private/ 的電腦上，以 qunju check --private 檢查。"

CHECKS: Final = {
    "automated": "自動判定",
    "computed": "自動計算",
    "declared": "聲明或紀錄",
    "manual": "須由人看",
    "out_of_scope": "不判定",
}


@dataclass(frozen=True)
class Clause:
    """One clause of a year's regulation, and what a formula needs to word its verdict.

    `severity` is by category and stage; a stage that is not listed inherits the nearest earlier one, and before the
    first one the clause is not yet due. `needs` names what it reads beyond the committed files.
    """

    id: str
    title: str
    section: str
    line: int
    quote: str
    categories: tuple[str, ...]
    check: str
    severity: Mapping[str, Severities]
    formula: str | None
    limit: Limit | MomentLimit | None
    remedy: str
    programme: Programme
    scope: str = "cluster"
    early_if: str | None = None
    derived: bool = False
    decision: str | None = None
    needs: tuple[str, ...] = ()
    uses: tuple[str, ...] = ()
    also: tuple[int, ...] = ()
    variants: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    method: str = ""
    """How it is judged, in the words of who reads the rule's page."""
    look_at: str = ""
    reason: str = ""

    def level(self, category: str, stage: str) -> Level | None:
        """Return how much a failure weighs, or None while the clause is not yet due."""
        return self._levels.get(category, {}).get(stage)

    @cached_property
    def _levels(self) -> Mapping[str, Mapping[str, Level | None]]:
        """The weight by category and stage, whatever a stage inherits spelt out."""
        return {
            category: dict(_inherited(by_stage, self.programme.stages)) for category, by_stage in self.severity.items()
        }

    def first_level(self, category: str) -> Level | None:
        """Return the weight at the first stage at which the clause is due."""
        by_stage = self.severity.get(category, {})
        return next((by_stage[stage] for stage in self.programme.stages if stage in by_stage), None)

    def weight(self, category: str) -> str:
        """Say how much a failure weighs from which stage on: 草稿起警告 → 送件起錯誤."""
        levels = self.severity.get(category, {})
        return " → ".join(f"{self.programme.stage_title(stage)}起{level.word}" for stage, level in levels.items())

    @property
    def check_title(self) -> str:
        """What the way of checking is called."""
        return CHECKS[self.check]

    def flag(self, name: str) -> str | bool:
        """Return how the year reads an ambiguous passage."""
        return self.programme.flags[name]

    def used(self, category: str) -> Clause:
        """Return the clause of a category whose limit this one reads: a number has one home."""
        return next(other for name in self.uses if category in (other := self.programme.clauses[name]).categories)

    def passes(
        self,
        message: str = "",
        *,
        measured: Quantity | None = None,
        margin: Quantity | None = None,
        notes: Iterable[Note] = (),
    ) -> Verdict:
        """The demand is met, by a margin where it is one of a number."""
        return Verdict(
            self.id,
            Status.PASS,
            message or f"{self.title}：符合。",
            measured=measured,
            limit=self._limit_quantity,
            notes=tuple(notes),
            margin=margin,
        )

    def fails(
        self,
        message: str,
        *places: Place,
        measured: Quantity | None = None,
        gap: Quantity | None = None,
        notes: Iterable[Note] = (),
        remedy: str = "",
        at_key: bool = False,
        sensitive: bool = False,
    ) -> Verdict:
        """The demand is not met. The first place is where to look; without a remedy the clause's own serves."""
        return Verdict(
            self.id,
            Status.FAIL,
            message,
            measured=measured,
            limit=self._limit_quantity,
            gap=gap,
            remedy=remedy or self.remedy,
            places=places,
            notes=tuple(notes),
            at_key=at_key,
            sensitive=sensitive,
        )

    def not_applicable(self, reason: Reason = Reason.CONDITION, message: str = "") -> Verdict:
        """The demand is not for this cluster, or not yet."""
        return Verdict(self.id, Status.NOT_APPLICABLE, message, reason)

    def undetermined(
        self, reason: Reason, message: str, *places: Place, notes: Iterable[Note] = (), remedy: str = ""
    ) -> Verdict:
        """The demand cannot be judged on what is known."""
        return Verdict(
            self.id,
            Status.UNDETERMINED,
            message,
            reason,
            limit=self._limit_quantity,
            remedy=remedy or self.remedy,
            places=places,
            notes=tuple(notes),
        )

    def ask_person(self, message: str = "", *places: Place) -> Verdict:
        """A person must look: a to-do."""
        return self.undetermined(Reason.PERSON, message or self.look_at or f"{self.title}：須由人判斷。", *places)

    def unknown(self, *causes: Missing | Unsound) -> Verdict:
        """Say what is lacking. The gravest reason counts: faults of form, then empty fields, then a closed private/."""
        unsound = [cause for cause in causes if isinstance(cause, Unsound)]
        lacking = [cause for cause in causes if isinstance(cause, Missing)]
        if unsound:
            files = "、".join(dict.fromkeys(cause.path.split("/", 3)[-1] for cause in unsound))
            message = f"{self.title}：{files} 有格式錯誤，改正後才能判定。"
            return self.undetermined(Reason.UNSOUND, message, remedy=f"請先改正 {files} 的格式錯誤，再檢查一次。")
        private = [cause for cause in lacking if cause.reason == "private"]
        missing = list({cause.place: cause for cause in lacking if cause.reason == "missing"}.values())
        if missing:
            labels = list(dict.fromkeys(self.programme.form.label(cause.place) for cause in missing))
            fields = "、".join(f"「{label}」" for label in labels[:6]) + ("等" if len(labels) > 6 else "")
            where = f"（{len(missing)} 處）" if len(missing) > 1 else ""
            places = [cause.place for cause in missing]
            message, remedy = f"{self.title}：尚未填寫{fields}{where}。", fill_in(self.programme.form, places)
            return self.undetermined(Reason.MISSING, message, *places, remedy=remedy)
        message = f"{self.title}：需要 private/ 中的資料，請在本機以 --private 檢查。"
        places = list(dict.fromkeys(Place(cause.place.path) for cause in private))
        return self.undetermined(Reason.PRIVATE, message, *places, remedy=_OPEN_PRIVATE)

    def compare(
        self, tally: Tally, *, unit: str = "家", notes: Iterable[Note] = (), places: Iterable[Place] = ()
    ) -> Verdict:
        """Compare a count, or its share of all, with the limit: the worst case must pass; a failing best case fails."""
        limit = self.number_limit
        total = tally.total if limit.is_share else None
        low, high = limit.holds(tally.low, total), limit.holds(tally.high, total)
        if low != high:
            return self.unknown(*tally.unknown)
        # What passes is told by its worst case, what fails by its best: either way the words say no more than is known.
        count = tally.low if limit.wants_more == low else tally.high
        measured = _measured(count, total, unit)
        if low:
            words = f"{self.title}：{measured.text}（規定{limit.quantity.text}）。"
            return self.passes(words, measured=measured, margin=limit.margin(count, unit, total), notes=notes)
        gap = self._gap(count, total, unit)
        offenders = tuple(places) or (tally.no if limit.wants_more else tally.yes)
        return self.fails(self._failure(measured, gap), *offenders, measured=measured, gap=gap, notes=notes)

    def compare_value(
        self,
        value: int | Decimal,
        *places: Place,
        unit: str | None = None,
        limit: Limit | None = None,
        notes: Iterable[Note] = (),
    ) -> Verdict:
        """Compare one number with the limit, or with a limit that the caller worked out."""
        bound = limit or self.number_limit
        name = bound.unit if unit is None else unit
        measured = Quantity(value, name, amount(value, name))
        if bound.holds(value):
            words = f"{self.title}：{measured.text}（規定{bound.quantity.text}）。"
            verdict = self.passes(words, measured=measured, margin=bound.margin(value, name), notes=notes)
        else:
            gap = self._gap(value, None, name, bound)
            verdict = self.fails(self._failure(measured, gap, bound), *places, measured=measured, gap=gap, notes=notes)
        return verdict if limit is None else replace(verdict, limit=limit.quantity)

    def for_all(
        self,
        things: Iterable[R],
        predicate: Callable[[R], bool],
        wrong: Callable[[R], str],
        *,
        place: Callable[[R], Place] | None = None,
        notes: Iterable[Note] = (),
    ) -> Verdict:
        """Demand something of each thing: one known exception fails the clause, an unknown one leaves it open.

        `wrong` words an exception, in a few words; `place` is where it stands.
        """
        failed: list[R] = []
        unknown: list[Missing | Unsound] = []
        count = 0
        predicate = heard(predicate)
        for thing in things:
            count += 1
            try:
                if not predicate(thing):
                    failed.append(thing)
            except (Missing, Unsound) as cause:
                unknown.append(cause.with_traceback(None))
        if failed:
            words = "；".join(wrong(thing) for thing in failed[:6]) + ("；…" if len(failed) > 6 else "")
            places = tuple(place(thing) if place else thing.place() for thing in failed)
            measured = Quantity(len(failed), "處", f"{count} 處中 {len(failed)} 處不符")
            return self.fails(f"{self.title}：{words}。", *places, measured=measured, notes=notes)
        return self.unknown(*unknown) if unknown else self.passes(notes=notes)

    @property
    def moment_limit(self) -> MomentLimit:
        """The limit of a clause on days or points in time."""
        if not isinstance(self.limit, MomentLimit):
            raise TypeError(f"{self.id} compares a day without a limit for one")
        return self.limit

    @property
    def number_limit(self) -> Limit:
        """The limit of a clause on a number."""
        if not isinstance(self.limit, Limit):
            raise TypeError(f"{self.id} compares a number without a limit for one")
        return self.limit

    @property
    def _limit_quantity(self) -> Quantity | None:
        return self.limit.quantity if self.limit else None

    def _gap(self, value: int | Decimal, total: int | None, unit: str, limit: Limit | None = None) -> Quantity:
        bound = limit or self.number_limit
        distance = bound.distance(value, total)
        word = "尚差" if bound.wants_more or (bound.relation == "equals" and value < bound.bound) else "超出"
        return Quantity(distance, unit, f"{word} {amount(distance, unit)}")

    def _failure(self, measured: Quantity, gap: Quantity, limit: Limit | None = None) -> str:
        bound = limit or self.number_limit
        return f"{self.title}：{measured.text}，規定{bound.quantity.text}，{gap.text}。"


def _inherited(by_stage: Severities, stages: Iterable[str]) -> Iterator[tuple[str, Level | None]]:
    level = None
    for stage in stages:
        level = by_stage.get(stage, level)
        yield stage, level


def _measured(count: int, total: int | None, unit: str) -> Quantity:
    if total is None:
        return Quantity(count, unit, amount(count, unit))
    share = Decimal(count * 1000 // total) / 10 if total else Decimal(0)
    return Quantity(share, "%", f"{total} {unit}中 {count} {unit}，{share_text(count, total)}")
