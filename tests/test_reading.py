"""Reading: what is right and must stay so, how scalars get their types, and where things stand."""

from __future__ import annotations

import io
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from tests.repository import Repository

from qunju.regulation.verdict import Level
from qunju.report.json import write_json
from qunju.source.fault import Unreadable
from qunju.source.folder import Names, open_folder
from qunju.source.positions import Positions
from qunju.source.reader import MAX_ALIAS_EVENTS, MAX_ANCHORS, read
from qunju.source.shape import ANY, Kind, Shape
from qunju.source.text import MAX_BYTES, MAX_DEPTH, decode, load, position_of


def value_of(text: str, kind: Kind) -> Any:
    values, faults = read(f"a: {text}\n", Shape("object", {"a": Shape(kind)}))
    assert not faults
    return values.get("a")


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        # What YAML 1.1 makes numbers, times, dates and booleans of, is text where text is wanted.
        ("04541302", "string", "04541302"),
        ("17:00", "string", "17:00"),
        ("no", "string", "no"),
        ("yes", "string", "yes"),
        ("on", "string", "on"),
        ("y", "string", "y"),
        ("1e3", "string", "1e3"),
        ("0x1F", "string", "0x1F"),
        ("1_000", "string", "1_000"),
        ("12", "string", "12"),
        ("1.50", "string", "1.50"),
        (".5", "string", ".5"),
        ("2022-03-18", "string", "2022-03-18"),
        ("2022-03-15T16:20:00+08:00", "string", "2022-03-15T16:20:00+08:00"),
        ("true", "string", "true"),
        ("=", "string", "="),
        ("''", "string", ""),
        ("'null'", "string", "null"),
        ('"a\\nb"', "string", "a\nb"),
        # Numbers are numbers, quoted or not, and exact.
        ("12", "integer", 12),
        ("'12'", "integer", 12),
        ("-3", "integer", -3),
        ("0", "integer", 0),
        ("999999999999999999", "integer", 999999999999999999),
        ("4.2", "number", Decimal("4.2")),
        ("0.1", "number", Decimal("0.1")),
        ("7", "number", 7),
        ("true", "boolean", True),
        ("False", "boolean", False),
        # What is no number stays as it was typed, for the message.
        ("012", "integer", "012"),
        ("12人", "integer", "12人"),
        ("1,000", "integer", "1,000"),
        ("1e3", "integer", "1e3"),
        ("1.0", "integer", "1.0"),
        (".nan", "number", ".nan"),
        (".inf", "number", ".inf"),
        ("9999999999999999999", "integer", "9999999999999999999"),
        ("yes", "boolean", "yes"),
        # An empty field is not filled in.
        ("", "string", None),
        ("~", "string", None),
        ("null", "integer", None),
        ("# 還沒寫", "boolean", None),
        # Where the schema says nothing, only what everybody agrees on.
        ("true", "any", True),
        ("12", "any", 12),
        ("no", "any", "no"),
        ("'12'", "any", "12"),
    ],
)
def test_a_scalar_gets_its_type_from_the_schema(text: str, kind: Kind, value: Any) -> None:
    found = value_of(text, kind)
    assert found == value
    assert type(found) is type(value)


def test_blocks_are_text_whatever_they_look_like() -> None:
    shape = Shape("object", {"a": Shape("string"), "b": Shape("string"), "c": Shape("array", items=Shape("string"))})
    values, _ = read("a: |-\n  no\n  12\nb: >-\n  一\n  二\nc: [no, 12, 17:00]\n", shape)
    assert values == {"a": "no\n12", "b": "一 二", "c": ["no", "12", "17:00"]}


def test_an_alias_is_typed_where_it_stands() -> None:
    shape = Shape("object", {"a": Shape("string"), "b": Shape("integer"), "c": Shape("array", items=Shape("integer"))})
    values, faults = read("a: &x 12\nb: *x\nc: [*x, 3]\n", shape)
    assert (values, faults) == ({"a": "12", "b": 12, "c": [12, 3]}, [])


def test_an_empty_field_is_absent_only_where_the_schema_knows_it() -> None:
    values, _ = read("a:\nb:\nc: [1, ~]\n", Shape("object", {"a": Shape("string")}))
    assert values == {"b": None, "c": [1, None]}


def test_a_free_identifier_without_content_is_an_entry_in_which_nothing_is_filled_in() -> None:
    rows = Shape("object", others=Shape("object", {"kind": Shape("string")}))
    accounts = Shape("object", others=Shape("integer"))
    values, faults = read(
        "rows: {K1: , K2: ~}\naccounts:\n  郵資:\n", Shape("object", {"rows": rows, "accounts": accounts})
    )
    assert (values, faults) == ({"rows": {"K1": {}, "K2": {}}, "accounts": {"郵資": None}}, [])


@pytest.mark.parametrize(
    "dress", ["\ufeff{}", "{}", "---\n{}", "---\n{}\n...\n", "%YAML 1.1\n---\n{}", "# 註\n{}\n\n\n"]
)
@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"])
def test_dress_that_makes_no_difference(dress: str, line_break: str) -> None:
    text = dress.format("a: 一\nb:\n  - 二")
    values, faults = read(decode(text.replace("\n", line_break).encode()), ANY)
    assert (values, faults) == ({"a": "一", "b": ["二"]}, [])


def test_whole_proposals_with_byte_order_mark_and_windows_line_breaks_read_the_same(tmp_path: Path) -> None:
    reports = []
    for name in ("plain", "windows"):
        (tmp_path / name).mkdir()
        repository = Repository(tmp_path / name)
        for base in "AB":
            proposal = repository.add(base)
            (proposal.folder / "members" / "extra.yml").write_text("nmae: 某店\nrole: 1\n", encoding="utf-8")
            if name == "windows":
                for file in proposal.folder.rglob("*.yml"):
                    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
        out = io.StringIO()
        write_json(repository.check(everywhere=True), out)
        reports.append(out.getvalue())
    assert '"line": 2' in reports[0]
    assert reports[0] == reports[1]


def test_what_people_leave_unquoted_is_no_finding(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    proposal = repository.add("A")
    member = proposal.folder / "members" / "tiema-bike.yml"
    text = member.read_text(encoding="utf-8")
    for quoted, bare in (("'99902332'", "99902332"), ("'2015-03-18'", "2015-03-18"), ("'956'", "956")):
        assert quoted in text
        text = text.replace(quoted, bare)
    for line in ("township: ", "main_product: "):
        assert line in text
    text = text.replace("main_product: ", "main_product: 1e3 # ", 1)
    member.write_text(text, encoding="utf-8")
    found = [located.verdict for located in proposal.examine().values()]
    assert [verdict.message for verdict in found if verdict.severity is Level.ERROR] == []


MISTAKES = {
    "全形冒號": ("name: 一\nyear：111\ncategory: A\n", "SRC-SYNTAX", 2, 5, "全形冒號"),
    "檔案最後一行的全形冒號": ("name: 一\nyear：111\n", "SRC-SYNTAX", 2, 5, "全形冒號"),
    "檔案第一行的全形冒號": ("name：一\nyear: 111\n", "SRC-SYNTAX", 1, 5, "全形冒號"),
    "上一層的全形冒號": ("a:\n  plan：\n    goal: x\n", "SRC-SYNTAX", 2, 7, "全形冒號"),
    "清單裡的全形冒號": ("a:\n  - year：111\n    b: 1\n", "SRC-SYNTAX", 2, 9, "全形冒號"),
    "冒號後沒有空白": ("name:一\nyear: 111\n", "SRC-SYNTAX", 1, 5, "少了空白"),
    "網址不是欄位": ("a: 一\nhttps://x\n", "SRC-SYNTAX", 2, 1, "沒有欄位名稱"),
    "Tab": ("a:\n\tb: 1\n", "SRC-TAB", 2, 1, "Tab"),
    "空白之後的 Tab": ("a:\n  b: 1\n  \tc: 2\n", "SRC-TAB", 3, 3, "Tab"),
    "減號之後的 Tab": ("a:\n  -\tb\n", "SRC-TAB", 2, 4, "Tab"),
    "全形空白": ("a:\n  b: 1\n　c: 2\n  d: 3\n", "SRC-SYNTAX", 3, 1, "全形空白"),
    "內容裡的冒號": ("time: 上午: 九點\n", "SRC-SYNTAX", 1, 9, "冒號加空白"),
    "縮得太多": ("a: 1\n  b: 2\n", "SRC-SYNTAX", 2, 3, "縮排得比上一行多"),
    "縮得不一樣": ("a:\n    b: 1\n  c: 2\nd: 3\n", "SRC-SYNTAX", 3, 3, "沒有與同一層"),
    "引號沒有結尾": ("a: '一\nb: 2\n", "SRC-SYNTAX", 1, 4, "沒有結尾"),
    "引號到下一個引號才結尾": ("a: '一\nb: '2'\nc: 3\n", "SRC-SYNTAX", 1, 4, "沒有結尾"),
    "引號後還有內容": ("a: '一'二\nb: 2\n", "SRC-SYNTAX", 1, 7, "後面卻還有內容"),
    "括號沒有結尾": ("a: [一, 二\nb: 2\n", "SRC-SYNTAX", 1, 4, "括號沒有結尾"),
    "括號裡少了逗號": ("a: [一, {b: 1} c]\n", "SRC-SYNTAX", 1, 15, "少了逗號"),
    "到檔案結尾都沒有括號": ("a: {b: 1\n", "SRC-SYNTAX", 1, 4, "括號"),
    "以 @ 開頭": ("a: @shop\n", "SRC-SYNTAX", 1, 4, "「@」開頭"),
    "以反引號開頭": ("a: `x`\n", "SRC-SYNTAX", 1, 4, "「`」開頭"),
    "以星號開頭": ("a: **重點**\n", "SRC-SYNTAX", 1, 4, "「*」開頭"),
    "以驚嘆號開頭": ("a: !重點\n", "SRC-SYNTAX", 1, 4, "「!」開頭"),
    "大於之後接著寫": ("a: > 內容\n", "SRC-SYNTAX", 1, 4, "「>」之後"),
    "反斜線": ('a: "C:\\路徑"\n', "SRC-SYNTAX", 1, 7, "反斜線"),
    "長文沒有縮排": ("a: |\n內容\nb: 1\n", "SRC-SYNTAX", 2, 1, "沒有欄位名稱"),
    "清單裡混了欄位": ("a:\n  - b\n  c: 1\n", "SRC-SYNTAX", 3, 3, "「- 」開頭"),
    "欄位裡混了清單": ("a:\n  b: 1\n  - c\n", "SRC-SYNTAX", 3, 3, "混用"),
    "沒有名稱的欄位": (": a\n", "SRC-SYNTAX", 1, 1, "沒有欄位名稱"),
    "名稱是清單": ("[a]: b\n", "SRC-SYNTAX", 1, 1, "欄位名稱只能"),
    "只是一段文字": ("這是一份提案\n", "SRC-SYNTAX", 1, 1, "欄位: 內容"),
    "只是一張清單": ("# 註\n- a\n", "SRC-SYNTAX", 2, 1, "欄位: 內容"),
    "兩份文件": ("a: 1\n---\nb: 2\n", "SRC-DOCUMENTS", 2, 1, "第二份"),
    "結尾之後還有": ("a: 1\n...\nb: 2\n", "SRC-DOCUMENTS", 3, 1, "到此為止"),
    "沒有內容": ("---\n", "SRC-EMPTY", 1, 1, "空的"),
    "別名沒有錨點": ("a: *b\n", "SRC-ALIAS", 1, 4, "別名"),
    "自己包自己": ("a: &b [*b]\n", "SRC-DEPTH", 1, 4, "100"),
    "代理字元": ('a: "\\uD83D"\n', "SRC-CHARACTER", 1, 7, "半個字元"),
    "控制字元": ("a: 一\nb: x\x07\n", "SRC-CHARACTER", 2, 5, "U+0007"),
    "NUL": ("a: 一\nb: x\0\n", "SRC-CHARACTER", 2, 5, "NUL"),
    "行分隔字元": ("a: 一\u2028b: 2\n", "SRC-CHARACTER", 1, 5, "U+2028"),
    "Windows 換行之後的控制字元": ("a: 一\r\nb: x\x07\r\n", "SRC-CHARACTER", 2, 5, "U+0007"),
}


@pytest.mark.parametrize(("text", "rule", "line", "column", "words"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_told_where_it_was_made(text: str, rule: str, line: int, column: int, words: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read(decode(text.encode()), ANY)
    fault = refused.value.fault
    assert (fault.rule, fault.position) == (rule, (line, column)), fault.message
    assert words in fault.message
    assert fault.remedy.endswith("。")


@pytest.mark.parametrize(
    ("data", "kind", "position"),
    [
        ("名稱: 縱谷".encode("cp950"), "Big5", (1, 1)),
        ("name: 縱谷".encode("cp950"), "Big5", (1, 7)),
        ("a: 一".encode("utf-16"), "UTF-16", (1, 1)),
        ("a: one".encode("utf-16-le"), "UTF-16", (1, 1)),
        ("a: 一\nb: ".encode() + b"\xe4\xb8", "無法解讀", (2, 4)),
        ("a: 一\nb: ".encode() + b"\xed\xa0\xbd", "半個字元", (2, 4)),
    ],
)
def test_bytes_that_are_no_utf8(data: bytes, kind: str, position: tuple[int, int]) -> None:
    with pytest.raises(Unreadable) as refused:
        decode(data)
    assert kind in refused.value.fault.message
    assert refused.value.fault.position == position


def test_both_sides_of_every_bound() -> None:
    def deep(levels: int) -> str:
        return f"a: {'[' * (levels - 1)}{']' * (levels - 1)}\n"

    def aliases(times: int) -> str:
        return f"a: &x [{', '.join('一' * 98)}]\nb: [{', '.join(['*x'] * times)}]\n"

    def anchors(count: int) -> str:
        return "".join(f"a{n}: &x{n} 1\nb{n}: *x{n}\n" for n in range(count))

    assert MAX_ALIAS_EVENTS == 100 * 100
    for text in (deep(MAX_DEPTH), aliases(100), anchors(MAX_ANCHORS)):
        assert read(text, ANY)[1] == []
    for text in (deep(MAX_DEPTH + 1), aliases(101), anchors(MAX_ANCHORS + 1)):
        with pytest.raises(Unreadable):
            read(text, ANY)


def test_size(tmp_path: Path) -> None:
    file = tmp_path / "a.yml"
    file.write_bytes(b"a: 1\n".ljust(MAX_BYTES, b" "))
    assert load(file)
    file.write_bytes(b"a: 1\n".ljust(MAX_BYTES + 1, b" "))
    with pytest.raises(Unreadable, match="1,048,577"):
        load(file)
    with pytest.raises(Unreadable, match="打不開"):
        load(tmp_path / "gone.yml")


def test_what_does_not_become_content_is_told_and_the_rest_is_read() -> None:
    values, faults = read("a: &co 咖啡\nb: !hot 湯\nc: 1\nc: 2\nd: !!str 3\n", ANY)
    assert values == {"a": "咖啡", "b": "湯", "c": 1, "d": "3"}
    assert [(fault.rule, fault.position) for fault in faults] == [
        ("SRC-TAG", (2, 4)),
        ("SRC-DUPLICATE", (4, 1)),
        ("SRC-TAG", (5, 4)),
        ("SRC-ALIAS", (1, 4)),
    ]


def test_a_fault_of_a_private_file_says_nothing_of_it() -> None:
    _, faults = read("王小明: 1\n王小明: 2\n", ANY)
    assert "王小明" in faults[0].message
    concealed = faults[0].concealed()
    assert "王小明" not in concealed.message + concealed.remedy
    assert concealed.position == faults[0].position


def test_positions() -> None:
    text = "\ufeff# 註\n縱谷: {甲: 一, 乙: [二, {丙: 三}]}\nb:\nc: &x\n  d: 1\ne: *x\nc: 9\nf: ''\ng: |-\n  長文\n"
    found = Positions(text.encode())
    assert found.of(("縱谷", "甲")) == (2, 9)
    assert found.of(("縱谷", "乙")) == (2, 12), "a list is found at its key"
    assert found.of(("縱谷", "乙", 0)) == (2, 16)
    assert found.of(("縱谷", "乙", 1)) == (2, 19), "an element of a list where it begins"
    assert found.of(("縱谷", "乙", 1, "丙")) == (2, 23)
    assert found.of_key(("縱谷", "乙", 1, "丙")) == (2, 20)
    assert found.of(("b",)) == (3, 1), "an empty field is found at its key"
    assert found.of(("c", "d")) == (5, 6)
    assert found.of(("e", "d")) == (6, 4), "what an alias stands for is found at the alias"
    assert found.of(("f",)) == (8, 4)
    assert found.of(("g",)) == (9, 4)
    assert found.of(("縱谷", "丁")) == (2, 1), "what is not there, where it would be held"
    assert found.of(("x", "y")) == found.of(()) == (1, 1)


def test_positions_of_a_broken_file_end_at_the_break() -> None:
    found = Positions(b"a: 1\nb: [\n")
    assert found.of(("a",)) == (1, 4)
    assert found.of(("c",)) == (1, 1)
    assert Positions(b"\xff").of(("a",)) == (1, 1)
    assert Positions(b"a: " + b"[" * 500_000).of(("b",)) == (1, 1)


@pytest.mark.parametrize(("offset", "position"), [(0, (1, 1)), (3, (1, 4)), (5, (2, 1)), (7, (3, 1)), (8, (3, 2))])
def test_position_of_an_offset(offset: int, position: tuple[int, int]) -> None:
    assert position_of("abc\r\n1\r二三", offset) == position


def test_a_misnamed_file_is_taken_for_what_it_is_meant_to_be_unless_that_is_there(tmp_path: Path) -> None:
    names = Names(("cluster", "plan"), "member", ())
    folder = tmp_path / "proposals" / "111" / "one"
    (folder / "members").mkdir(parents=True)
    for name in ("cluster.yml", "paln.yml", "members/shop.yaml", ".DS_Store", "members/.gitkeep"):
        (folder / name).write_text("a: 1", encoding="utf-8")
    found = open_folder(tmp_path, "111", "one", names, private=False)
    assert not found.faults
    assert [(entry.name, entry.identifier, entry.fault is None) for entry in found.entries] == [
        ("cluster", None, True),
        ("member", "shop", False),
        ("plan", None, False),
    ]
    (folder / "plan.yml").write_text("a: 1", encoding="utf-8")
    found = open_folder(tmp_path, "111", "one", names, private=False)
    assert [path.rsplit("/")[-1] for path, _ in found.faults] == ["paln.yml"]
    assert [entry.name for entry in found.entries if entry.fault is None] == ["cluster", "plan"]
