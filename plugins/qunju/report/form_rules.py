"""The rules of form, SRC for reading a file and SHP for its shape: what causes them, and how to mend them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from qunju.schema.finding import TITLES as SHAPE_TITLES
from qunju.source.fault import TITLES as SOURCE_TITLES


@dataclass(frozen=True, slots=True)
class FormRule:
    """A rule of form: what it usually comes from, and what to do."""

    cause: str
    remedy: str


TITLES: Final = {**SOURCE_TITLES, **SHAPE_TITLES}
STAGES: Final = "不論階段都是錯誤：有格式錯誤的檔案不能拿來判定，用到它的條文都要等它改正。"

FORM_RULES: Final = {
    "SRC-SYNTAX": FormRule(
        "檔案的寫法讀不懂，通常是冒號打成全形、冒號後面沒有空格、縮排不齊，或引號沒有結尾。",
        "到訊息指出的那一行；冒號用半形並空一格，同一層的欄位對齊，含有冒號的句子前後加單引號。",
    ),
    "SRC-CONFLICT": FormRule(
        "兩個人改了同一段，git 把兩份都留在檔案裡。",
        "兩份擇一，並刪掉 <<<<<<<、=======、>>>>>>> 這三行。",
    ),
    "SRC-TAB": FormRule("用 Tab 鍵縮排，YAML 只認空白。", "把行首的 Tab 改成空白，一層兩個。"),
    "SRC-DUPLICATE": FormRule(
        "同一個欄位在同一層寫了兩次，程式不知道該信哪一個。",
        "留下一個；如果是兩筆資料，請寫成清單，各以「- 」開頭。",
    ),
    "SRC-ALIAS": FormRule(
        "內容以 & 或 * 開頭，YAML 會當成錨點或別名。", "是文字的話前後加單引號；要重複的內容請照寫一次。"
    ),
    "SRC-TAG": FormRule("內容以 ! 開頭，YAML 會當成標籤。", "前後加單引號。"),
    "SRC-DOCUMENTS": FormRule("檔案中間有一行 ---，後面成了另一份文件。", "刪掉那一行；一個檔案只寫一份。"),
    "SRC-ENCODING": FormRule("檔案不是 UTF-8，常見的是存成了 Big5。", "用編輯器另存新檔，編碼選 UTF-8。"),
    "SRC-CHARACTER": FormRule(
        "有看不見或不能用的字元，多半是從 Word、PDF 或網頁貼進來的。", "刪掉那一段，用鍵盤重新輸入。"
    ),
    "SRC-SIZE": FormRule("檔案太大。", "圖片與附件放在 media/，YAML 裡只寫路徑。"),
    "SRC-DEPTH": FormRule("欄位一層包一層，超過提案格式會用到的層數。", "檢查縮排，把不該縮進去的欄位拉回來。"),
    "SRC-EMPTY": FormRule("檔案裡沒有任何內容，或只有註解。", "填入內容；用不到就刪除檔案。"),
    "SRC-EXTENSION": FormRule("副檔名是 .yaml。", "改成 .yml。"),
    "SRC-FILE": FormRule(
        "資料夾裡有提案格式沒有的檔案，或檔名拼錯、放錯地方。",
        "照訊息改名或移動；圖片放 media/，成員檔放 members/，檔名用小寫英文、數字與連字號。",
    ),
    "SRC-FOLDER": FormRule(
        "年度或提案的資料夾名稱不合格式，或裡面沒有 cluster.yml。",
        "資料夾寫成 proposals/年度/代號，代號用小寫英文、數字與連字號。",
    ),
    "SRC-LINK": FormRule("放的是捷徑（連結），不是檔案本身。", "換成檔案本身。"),
    "SRC-PRIVATE": FormRule(
        "private/ 的檔案被存進了版本庫，所有協作者都看得到。",
        "執行 git rm --cached 停止追蹤並提交；歷史紀錄裡的內容仍在，請通報執行單位並從歷史移除。",
    ),
    "SHP-FIELD": FormRule(
        "寫了這個檔案沒有的欄位，多半是拼錯，或寫到了別的層、別的檔案。", "改成訊息建議的名稱，或移到訊息指出的地方。"
    ),
    "SHP-REQUIRED": FormRule("少了辨認這筆資料所必需的欄位。", "補上這一欄。"),
    "SHP-TYPE": FormRule(
        "內容的種類不對，例如數字寫成「12人」、「1,000,000」或全形，是非題寫成「是」。",
        "數字只寫半形數字，不加單位與逗號；是非題寫 true 或 false；文字裡有符號就加單引號。",
    ),
    "SHP-DATE": FormRule(
        "日期的寫法不對，或這一天不存在，例如 111/03/18、2022/3/18、2022-02-30。", "寫成西元年的 '2022-03-18'。"
    ),
    "SHP-FORMAT": FormRule("內容不合這一欄的寫法，例如統一編號少一碼、網址少了 https://。", "照訊息的樣子補齊。"),
    "SHP-CHOICE": FormRule("寫的不是這一欄可以選的項目。", "改成訊息列出的其中一個，照抄不加字。"),
    "SHP-RANGE": FormRule("數字超出合理的範圍，多半是多打或少打了位數。", "查明後改正；金額以元為單位。"),
    "SHP-LENGTH": FormRule("文字太長、太短，或清單的項數不對。", "刪減或補足到訊息說的範圍。"),
    "SHP-REFERENCE": FormRule(
        "寫了不存在的識別字：指向的那一家成員、那一位人員或那一列工作項目找不到。",
        "改成訊息建議的那一個，或補上所指的資料。",
    ),
    "SHP-PATH": FormRule(
        "檔案路徑的寫法不對，或檔案不在那裡，例如 media\\圖.png。",
        "用半形斜線，從提案資料夾寫起；檔名的大小寫要相同。",
    ),
}
"""In the order of their titles."""
