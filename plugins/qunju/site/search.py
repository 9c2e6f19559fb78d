"""What the search finds: Material's index, completed for readers of Chinese.

jieba cuts the text into words, which is what results show and highlight. But it knows little of Taiwan's vocabulary and
nothing of names, so what is found does not depend on it: the field `tags`, which the theme does not show, holds every
pair of neighbouring characters of an entry, 臺_東, with 台 and 臺 as one. theme/assets/js/search.js asks for pairs in
the same form. A cluster is one entry, made of what visitors look for.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator
from html import escape
from itertools import pairwise
from typing import Any, TypeAlias

import jieba

from qunju.regulation.programme import Programme
from qunju.views.showcase import Showcase

SCRIPT = "assets/js/search.js"

Entry: TypeAlias = dict[str, Any]
"""One document of the index: location, title, text and tags; words are parted by `GAP`."""

GAP = "\u200b"
_HAN = re.compile(r"[\u3005\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")
_WORDS = re.compile(f"{_HAN.pattern}(?:{GAP}{_HAN.pattern})+")
_SENTENCE = re.compile(r"[^。！？]+[。！？]?[」』）]*")
_TAG = re.compile(r"<[^>]+>")

jieba.setLogLevel(logging.WARNING)


def teach(showcases: Iterable[Showcase], programme: Programme) -> None:
    """Make words of names that no dictionary has: of clusters, companies, counties and townships."""
    names = {name for showcase in showcases for name in _names(showcase)}
    for county, townships in programme.counties.items():
        names.update((county, *townships))
    for name in sorted(names):
        jieba.add_word(name)


def entry(location: str, title: str, paragraphs: Iterable[str], boost: float = 1) -> Entry:
    """Return an entry for a page, in the form that Material gives its own; the title is HTML, the paragraphs text."""
    text = "".join(f"<p>{_cut(escape(paragraph, quote=False))}</p>" for paragraph in paragraphs if paragraph)
    weight = {} if boost == 1 else {"boost": boost}
    return {"location": location, "title": _cut(title), "text": text, **weight}


def complete(entries: Iterable[Entry]) -> None:
    """Add to each entry the pairs by which it is found, and join characters that are no words by themselves."""
    for item in entries:
        for part in ("title", "text"):
            item[part] = _WORDS.sub(_join_single, item[part])
        item["tags"] = [" ".join(dict.fromkeys(_pairs(f"{item['title']} {item['text']}")))]


def words_of(showcase: Showcase) -> Iterator[str]:
    """Yield what a cluster is found by, sentence by sentence: a result shows the ones that match."""
    head, summary, story = showcase.head, showcase.summary, showcase.story
    yield head.theme
    for text in (story.origin, story.intro, story.naming, summary.highlights):
        yield from _SENTENCE.findall(text.striptags())
    yield "、".join(head.areas)
    for member in showcase.members:
        yield f"{member.name}：{member.main_product}"
    yield showcase.proposer.name


def _names(showcase: Showcase) -> Iterator[str]:
    yield showcase.head.name
    yield showcase.proposer.name
    yield from (member.name for member in showcase.members)


def _cut(text: str) -> str:
    """Part the words as Material does."""
    return _HAN.sub(lambda found: f"{GAP}{GAP.join(jieba.cut(found[0]))}{GAP}", text).strip(GAP)


def _join_single(found: re.Match[str]) -> str:
    """Put a single character to the word before it, or to the one after it where none is before.

    Material cuts a query by the words of the index, and a character that is a word would be all that is left of many.
    """
    words: list[str] = []
    for word in found[0].split(GAP):
        if words and (len(word) == 1 or len(words[-1]) == 1):
            words[-1] += word
        else:
            words.append(word)
    return GAP.join(words)


def _pairs(text: str) -> Iterator[str]:
    plain = _TAG.sub(" ", text).replace(GAP, "").replace("台", "臺")
    for run in _HAN.findall(plain):
        yield from (f"{first}_{second}" for first, second in pairwise(run))
