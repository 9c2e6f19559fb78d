"""Fields whose silence the form itself explains: what an empty one means is known, so it is never missing."""

from __future__ import annotations

from qunju.model.record import Flag, Parts, R, Record, Text


class Tick(Flag):
    """A box to tick: not ticked is no."""

    def presumed(self, record: Record) -> bool:
        """Return no."""
        return False


class TextOr(Text):
    """A text that has a usual value, which need not be written."""

    def __init__(self, usual: str, key: str | None = None) -> None:
        super().__init__(key)
        self.usual = usual

    def presumed(self, record: Record) -> str:
        """Return the usual value."""
        return self.usual


class PersonalParts(Parts[R]):
    """A list that stands in private/ as a whole."""

    def __init__(self, kind: type[R], key: str | None = None) -> None:
        super().__init__(kind, key)
        self.personal = True
