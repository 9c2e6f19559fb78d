"""Wordings that mean the same: by what they are compared, never what is printed (FMT-06)."""

from __future__ import annotations

from functools import lru_cache

from qunju.model.identity import name_key
from qunju.regulation.programme import Programme


def wording_key(programme: Programme, text: str) -> str:
    """Return a wording as it is compared: width, spaces, 其它／其他 and the like make no difference."""
    return _wording_key(programme, text)


@lru_cache(maxsize=1024)
def _wording_key(programme: Programme, text: str) -> str:
    key = name_key(text)
    for variant, usual in programme.wordings:
        key = key.replace(variant, usual)
    return key


def alias_key(programme: Programme, vocabulary: str, word: str) -> str:
    """Return a word of a vocabulary as it is compared; another wording that the form has for it counts as the word."""
    return _alias_key(programme, vocabulary, word)


@lru_cache(maxsize=1024)
def _alias_key(programme: Programme, vocabulary: str, word: str) -> str:
    key = wording_key(programme, word)
    aliases = programme.facts["aliases"].get(vocabulary, {})
    meant = next((usual for alias, usual in aliases.items() if wording_key(programme, alias) == key), None)
    return key if meant is None else wording_key(programme, meant)
