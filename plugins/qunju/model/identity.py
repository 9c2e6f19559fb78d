"""Whether two companies, or two people, are the same: by number, or by name where there is no number."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from qunju.model.member import REGISTERED, Member, Responsible
from qunju.model.record import Missing, Unsound

_SPACE = re.compile(r"\s+")
_NOT_A_DIGIT = re.compile(r"[^0-9]")
_INTERNATIONAL = re.compile(r"^886")


def _without_spaces(text: str) -> str:
    return _SPACE.sub("", unicodedata.normalize("NFKC", text))


@lru_cache(maxsize=1024)
def _name_key(text: str) -> str:
    return _without_spaces(text).replace("台", "臺").casefold()


def name_key(text: str) -> str:
    """Return a name as it is compared: full-width forms, spaces and 臺／台 make no difference."""
    return _name_key(text)


def number_key(text: str) -> str:
    """Return a 統一編號 as it is compared: full-width digits, spaces and hyphens make no difference."""
    return _number_key(text)


@lru_cache(maxsize=1024)
def _number_key(text: str) -> str:
    return _without_spaces(text).replace("-", "")


def mobile_key(text: str) -> str:
    """Return a mobile number as it is compared: its digits, as dialled in Taiwan."""
    return _INTERNATIONAL.sub("0", _NOT_A_DIGIT.sub("", unicodedata.normalize("NFKC", text)))


def mobile_of(person: Responsible) -> str:
    """Return a 負責人's mobile number as it is compared; raise `Missing` where what is written holds no number."""
    number = mobile_key(person.mobile)
    if not number:
        raise Missing(person.place(Responsible.mobile), Responsible.mobile.key, "missing")
    return number


def number_of(member: Member) -> str | None:
    """Return a member's 統一編號, or None where it may have none: it is not registered, and none is written.

    Raises `Missing` where it should have one.
    """
    number = member.maybe(Member.ubn)
    if number is None and member.registration_type in REGISTERED:
        number = member.ubn
    return None if number is None else number_key(number)


def called(member: Member) -> str:
    """Return what a message calls a member: its name, or its identifier where it has none yet."""
    return f"「{member.maybe(Member.name) or member.id}」"


@dataclass(frozen=True, slots=True)
class Roster:
    """The companies of a roster, each once (相異統編).

    `numbers` are theirs, and those in `unregistered` have none. `doubtful` holds those that may be one of the others,
    since their number is `lacking`.
    """

    companies: tuple[Member, ...]
    numbers: frozenset[str]
    unregistered: tuple[Member, ...]
    doubtful: tuple[Member, ...]
    lacking: tuple[Missing | Unsound, ...]

    @classmethod
    def of(cls, members: Iterable[Member]) -> Roster:
        """Count a 統一編號 that is listed twice as one company, the first."""
        companies: list[Member] = []
        unregistered: list[Member] = []
        doubtful: list[Member] = []
        lacking: list[Missing | Unsound] = []
        seen: set[str] = set()
        for member in members:
            try:
                number = number_of(member)
            except (Missing, Unsound) as cause:
                doubtful.append(member)
                lacking.append(cause.with_traceback(None))
                continue
            if number is None:
                unregistered.append(member)
            if number is None or number not in seen:
                companies.append(member)
            if number is not None:
                seen.add(number)
        return cls(tuple(companies), frozenset(seen), tuple(unregistered), tuple(doubtful), tuple(lacking))

    @property
    def everyone(self) -> tuple[Member, ...]:
        """The companies, those in doubt counted as companies of their own."""
        return (*self.companies, *self.doubtful)

    @property
    def unnumbered(self) -> tuple[Member, ...]:
        """Those of whom no number is known."""
        return (*self.unregistered, *self.doubtful)
