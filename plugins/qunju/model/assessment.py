"""The file assessment.yml: 群聚現況自我評估表."""

from __future__ import annotations

from qunju.model.record import Flag, Integer, Integers, Keyed, Part, Record, Text, Texts


class Condition(Record):
    """How the cluster stands with an item: 提案初始情況, or 輔導後預計達成情況."""

    has = Flag()
    detail = Text()
    count = Integer()
    """家數 for aspects S and I, a quantity for O."""
    list = Texts()
    """What is meant by 其他."""
    years = Integers()
    """ROC years of 媒體報導."""
    score = Integer()
    """指標積分, stated."""


class ClusterItem(Record):
    """One of the items."""

    initial = Part(Condition)
    target = Part(Condition)
    scenario = Text()
    """應用情境, one only."""


class AspectSubtotal(Record):
    """小計 of an aspect, stated."""

    initial = Integer()
    target = Integer()


class Assessment(Record):
    """assessment.yml."""

    signature = Text()
    """特色產品/服務."""
    items = Keyed(ClusterItem)
    subtotal = Keyed(AspectSubtotal)
    """By aspect: O, E, S, I."""
    wish = Text()
    """最想要透過本次提案解決或精進之面向."""
