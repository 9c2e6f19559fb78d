"""How long a text is, in 字."""

from __future__ import annotations

import time

import pytest

from qunju.regulation.length import length_of


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("", 0),
        ("群聚", 2),
        ("群聚，好！", 5),
        ("「慢旅」…——", 7),
        (" 群 聚\n\n　", 2),
        ("LINE 官方帳號", 5),
        ("QR-Code", 1),
        ("Google Analytics", 2),
        ("ＬＩＮＥ", 1),
        ("1,500 人次，4.5 分", 6),
        ("15%", 1),
        ("2022-03-15", 1),
        ("**共生**", 2),
        ("- 共生\n- 互補", 4),
        ("1. 共生\n2. 互補", 4),
        ("12 家", 2),
        ("[官網](https://slow-valley.example/a?b=c)", 2),
        ("店家,旅客(含親子)", 7),
        ("餐飲\u200b業", 3),
        ("𠮷", 1),
        ("ㄅ", 1),
        ("Café", 1),
        ("E\u0301", 1),
    ],
)
def test_length(text: str, length: int) -> None:
    assert length_of(text) == length


@pytest.mark.parametrize("text", ["](" * 10_000, "a-" * 10_000, "![" * 10_000, " " * 20_000, "1." * 10_000])
def test_no_text_takes_long(text: str) -> None:
    start = time.process_time()
    length_of(text)
    assert time.process_time() - start < 1
